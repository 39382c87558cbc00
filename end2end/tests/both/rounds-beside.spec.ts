// Other rounds come, for another class and for everybody about something else: what a family has told the school stays where it
// can be changed, and the school sees the change.
import { type Page } from "@playwright/test";
import { ANNA, EVA, MATS, SARA } from "../../municipality/cast.ts";
import { label, t, title } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const PHONE = label("contact-details/own/phone");
const SPECIAL = label("special-diet/diet/special");
const NEEDS = label("special-diet/diet/needs");
const EGG = "Ägg";
const NUMBER = "070-174 06 47";
const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

test.use({ own: true });

/** Starts a round about one form, for one class or for everybody. */
async function start(page: Page, name: string, form: string, group?: string): Promise<void> {
  await page.goto("/personal/rounds");
  const named = (language: string) => t("builder.in-language", { label: t("rounds.name"), language });
  await page.getByLabel(named("Svenska"), { exact: true }).fill(name);
  await page.getByLabel(named("English"), { exact: true }).fill(name);
  await page.getByLabel(form, { exact: true }).check();
  if (group) {
    await page.locator("summary", { hasText: t("rounds.for-whom") }).click();
    await page.getByLabel(group, { exact: true }).check();
  }
  await page.getByRole("button", { name: t("rounds.start-now") }).click();
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
}

/** Opens one act from the list of what can be changed. */
async function open(page: Page, name: string): Promise<Step> {
  await new Home(page).offer(name).click();
  const step = new Step(page);
  await step.ready();
  return step;
}

async function looksRight(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectDark(page);
  await expectWords(page);
  await expectNoSideways(page);
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/rounds-beside-${name}.png`, fullPage: true });
}

test("a number and a diet are changed while a round for another class and one about something else are open", async ({ page, device }) => {
  test.setTimeout(180_000);
  const office = await device(LAPTOP);
  await Desk.as(office, MATS, "/personal/rounds");
  await start(office, "Mat i 4A", "Specialkost", "Strandskolan 4A");
  const home = await SignIn.as(page, SARA);
  await home.ready();
  // It is not about her children: she meets the school start, with all that it asks.
  await expect(home.own(title("contact-details/own"))).toBeVisible();
  await expect(page.getByText(t("answered.heading"))).toHaveCount(0);

  await start(office, "Bilder", "Bilder och film");
  await page.goto("/");
  await home.ready();
  await expect(page.getByRole("heading", { name: t("answered.heading") })).toBeVisible();
  const left = await home.card("Ella").innerText();
  await page.setViewportSize({ width: 390, height: 844 });
  await looksRight(page, "home");

  const own = await open(page, title("contact-details/own"));
  await own.change(PHONE);
  await own.input(PHONE).fill(NUMBER);
  await own.goOn();
  await new Review(page).sent();
  await page.goto("/");
  await home.ready();
  await expect(home.offer(title("contact-details/own"))).toHaveCount(0);
  await expect(home.own(title("contact-details/own"))).toBeVisible();
  expect(await home.card("Ella").innerText()).toBe(left);

  await home.openChild("Ella");
  await expect(page.getByRole("heading", { name: t("answered.heading") })).toBeVisible();
  await looksRight(page, "child");
  const diet = await open(page, title("special-diet/diet"));
  await diet.change(SPECIAL);
  await diet.choose(SPECIAL, t("value.yes"));
  await diet.fill({ [NEEDS]: EGG });
  await diet.goOn();
  await new Review(page).sent();
  await page.goto("/");
  await home.ready();
  expect(await home.card("Ella").innerText()).toBe(left);
  await looksRight(page, "home-after");
  const child = await home.openChild("Ella");
  await expect(child.card(title("special-diet/diet"))).toContainText(EGG);

  const laptop = await device(LAPTOP);
  const group = await (await Desk.as(laptop, ANNA)).openGroup("2B");
  await group.openPanel("Ella Lindqvist");
  await group.panel.locator("a.button").click();
  await expect(laptop.getByRole("heading", { level: 1, name: "Ella Lindqvist" })).toBeVisible();
  await expect(laptop.locator("main")).toContainText(NUMBER);
  await expect(laptop.locator("main")).toContainText(EGG);
  if (PICTURES) await laptop.screenshot({ path: `${PICTURES}/rounds-beside-staff.png`, fullPage: true });

  const kitchen = await device(LAPTOP);
  const desk = await Desk.as(kitchen, EVA);
  await desk.rail.getByRole("link", { name: t("staff.rail.kitchen") }).click();
  await expect(kitchen.locator("tr[data-child]").filter({ hasText: "Ella Lindqvist" })).toContainText(EGG);
});
