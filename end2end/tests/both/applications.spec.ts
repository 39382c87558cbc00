// An application from two signatures to the letter: asked about, decided by whoever may, read and printed at home.
import { ANNA, JOHAN, KARIN, LARS, SARA } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Application } from "../../pages/guardian/application.ts";
import { Child } from "../../pages/guardian/child.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const PHONE = { hasTouch: true };
const LEAVE = "Ledighet";

test.use({ own: true });

/** Days from Monday in two weeks, as a date field takes them. */
function monday(plus: number): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 14 + ((8 - day.getUTCDay()) % 7) + plus);
  return day.toISOString().slice(0, 10);
}

async function applyForLeave(page: import("@playwright/test").Page, days: number, child = "Ella"): Promise<void> {
  const home = new Home(page);
  await home.openChild(child);
  const begun = page.getByRole("link", { name: LEAVE }).first();
  await begun.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("ledighet");
  const dates = page.locator("input[type=date]");
  await dates.nth(0).fill(monday(0));
  await dates.nth(1).fill(monday(days - 1));
  await page.getByLabel("Hur många av dem är lov eller studiedagar?").fill("0");
  await page.getByLabel("Varför?").fill("Mormor fyller 80 år");
  await page.locator(".bottombar button").click();
  await expect(page).not.toHaveURL(/\/svara\/leave/);
  if (page.url().endsWith("/kontrollera")) {
    await new Review(page).sent();
  } else {
    // Whoever is asked for more by the school answers it in the same go.
    await page.goto("/");
    await answerAndSend(page);
  }
}

test("two signatures, a short leave, the mentor decides, and the letter is read at home", async ({ page, device }) => {
  test.setTimeout(180_000);
  await SignIn.as(page, SARA);
  await applyForLeave(page, 2);
  const waiting = await Application.open(page, LEAVE);
  await expect(waiting.state("application.waiting-for-other")).toBeVisible();
  await expectAccessible(page);

  const other = await device(PHONE);
  await SignIn.as(other, JOHAN);
  await applyForLeave(other, 2);

  const laptop = await device(LAPTOP);
  await Desk.as(laptop, ANNA, "/personal/applications");
  await expectAccessible(laptop);
  await laptop.getByRole("rowheader").getByRole("link", { name: "Ella Lindqvist" }).click();
  await expect(laptop.getByRole("heading", { level: 1, name: /Ella Lindqvist/ })).toBeVisible();
  await expect(laptop.getByText("Mormor fyller 80 år")).toBeVisible();
  await expect(laptop.getByLabel("Dagar som redan är beviljade i år")).toHaveValue("0");
  await expectWords(laptop);

  await laptop.getByRole("button", { name: t("staff.application.send") }).click();
  await expect(laptop.getByText(t("staff.application.missing"))).toBeVisible();
  await laptop.getByLabel(t("application.refused"), { exact: true }).check();
  await laptop.getByLabel(t("staff.application.reasons"), { exact: true }).fill("Eleven har redan varit borta mycket.");
  await expect(laptop.locator(".letter")).toContainText(t("letter.refused"));
  await expect(laptop.locator(".letter")).toContainText(t("letter.no-appeal"));
  await expectAccessible(laptop);
  for (const size of [{ width: 683, height: 450 }, { width: 320, height: 700 }, { width: 1366, height: 900 }]) {
    await laptop.setViewportSize(size);
    await expectNoSideways(laptop);
  }
  await laptop.getByRole("button", { name: t("staff.application.send") }).click();
  await expect(laptop.locator(".status").filter({ hasText: t("application.refused") }).first()).toBeVisible();

  await other.goto("/");
  const home = new Home(other);
  await home.ready();
  await other.getByRole("link", { name: t("application.decided", { what: LEAVE, name: "Ella" }) }).click();
  const letter = new Application(other);
  await expect(letter.letter).toContainText("Eleven har redan varit borta mycket.");
  await expect(letter.letter).toContainText(t("function.mentor"));
  await expect(letter.letter).not.toContainText("Holmgren");
  await expectAccessible(other);
  await expectWords(other);
  await expectNoSideways(other);
  await other.goto("/");
  await home.ready();
  await expect(other.getByRole("link", { name: t("application.decided", { what: LEAVE, name: "Ella" }) })).toHaveCount(0);
});

test("a longer leave: the mentor gives an opinion, the principal decides a part", async ({ page, device }) => {
  test.setTimeout(180_000);
  await SignIn.as(page, SARA);
  await applyForLeave(page, 5);
  const other = await device(PHONE);
  await SignIn.as(other, JOHAN);
  await applyForLeave(other, 5);

  const mentor = await device(LAPTOP);
  await Desk.as(mentor, ANNA, "/personal/applications");
  await mentor.getByRole("rowheader").getByRole("link", { name: "Ella Lindqvist" }).click();
  await expect(mentor.getByRole("heading", { name: t("staff.application.opinion"), exact: true })).toBeVisible();
  await expect(mentor.getByRole("button", { name: t("staff.application.send") })).toHaveCount(0);
  await mentor.getByLabel("Tillstyrks").check();
  await mentor.getByLabel(t("staff.application.opinion-words")).fill("Det går bra i skolan.");
  await expectAccessible(mentor);
  await mentor.getByRole("button", { name: t("staff.application.opinion-send") }).click();
  await expect(mentor.getByText(t("staff.application.turn", { who: t("function.principal") }))).toBeVisible();

  const principal = await device(LAPTOP);
  await Desk.as(principal, LARS, "/personal/applications");
  await principal.getByRole("rowheader").getByRole("link", { name: "Ella Lindqvist" }).click();
  await expect(principal.getByText("Det går bra i skolan.")).toBeVisible();
  // What the mentor filled in stands in the history by its question, not by a code.
  const opinion = principal.locator(".timeline__item").filter({ hasText: t("staff.application.event.opinion") });
  await expect(opinion.locator("dd").filter({ hasText: "Tillstyrks" })).toBeVisible();
  await expect(principal.getByLabel("Tillstyrks")).toBeChecked();
  await principal.getByLabel(t("application.partly"), { exact: true }).check();
  const part = principal.locator("form input[type=date]");
  await part.nth(0).fill(monday(0));
  await part.nth(1).fill(monday(1));
  await principal.getByLabel("Så många skoldagar beviljas").fill("2");
  await principal.getByLabel(t("staff.application.reasons"), { exact: true }).fill("Bara de två första dagarna.");
  await principal.getByRole("button", { name: t("staff.application.send") }).click();
  await expect(principal.locator(".status").filter({ hasText: t("application.partly") }).first()).toBeVisible();

  await page.goto("/");
  await new Home(page).openChild("Ella");
  await expect(new Child(page).history.filter({ hasText: t("history.resolved") }).first()).toBeVisible();
  const application = await Application.open(page, LEAVE);
  await expect(application.letter).toContainText("Bara de två första dagarna.");
  await expect(application.letter).toContainText(t("function.principal"));
});

test("an application about a hidden child opens when its reader has said why", async ({ page, device }) => {
  test.setTimeout(180_000);
  await SignIn.as(page, KARIN);
  await applyForLeave(page, 2, "Love");

  const laptop = await device(LAPTOP);
  const desk = await Desk.as(laptop, LARS);
  await desk.rail.getByRole("link", { name: t("staff.rail.applications") }).click();
  await expect(desk.heading).toHaveText(t("staff.applications.title"));
  await laptop.getByRole("row").filter({ hasText: "Love Sandberg" }).getByRole("link").first().click();
  await expect(desk.heading).toHaveText(t("staff.purpose.title"));
  await expect(laptop.locator("main")).not.toContainText("Mormor");
  await expectAccessible(laptop);
  await laptop.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(laptop);
  await laptop.setViewportSize(LAPTOP.viewport);
  await laptop.getByText(t("staff.purpose.answers")).click();
  await laptop.getByRole("button", { name: t("staff.purpose.open") }).click();
  await expect(desk.heading).toContainText("Love Sandberg");
  await expect(laptop.locator("main")).toContainText("Mormor fyller 80 år");
  await expectAccessible(laptop);
});
