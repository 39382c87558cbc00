// An answer that calls for another form: chosen in the builder without code, asked of the family at once with why, seen by staff, and
// gone again when the answer is another, unless it has been filled in.
import type { Locator, Page } from "@playwright/test";
import { ANNA, INGRID, LARS, MATS, SARA } from "../../municipality/cast.ts";
import { t, title } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { answerAndSend, finish } from "../../pages/guardian/visit.ts";
import { Bench } from "../../pages/staff/bench.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const FORM = "Dag vid sjön";
const PART = "Sjön";
const QUESTION = "Är barnet ovant i vatten?";
const CALLED = "Simning och friluftsdagar";
const WHY = "Skolan behöver veta om barnet kan simma.";
const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

test.use({ own: true });

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}

/** A form of one question; a yes to it calls for another form. */
async function build(page: Page): Promise<Bench> {
  const bench = await Bench.begin(page, FORM);
  await bench.say(t("builder.form-title"), FORM, "A day at the lake");
  await bench.say(t("builder.form-intro"), "Klassen ska till sjön.", "The class goes to the lake.");
  await bench.addPart(PART);
  await bench.say(t("builder.act.title"), PART, "The lake");
  await bench.say(t("builder.act.purpose"), "Skolan planerar dagen.", "The school plans the day.");
  await bench.say(t("builder.act.readers"), "Mentor ser svaret.", "The mentor sees the answer.");
  await bench.say(t("builder.act.law"), "Skollagen 1 kap. 4 §.", "The Education Act 1:4.");
  await bench.addQuestion(QUESTION, "kind.yes-no");
  await bench.say(t("builder.field.label"), QUESTION, "Is the child unused to water?");
  await bench.panel.getByLabel(t("builder.field.required")).check();
  await bench.choose(PART);
  const calls = bench.panel.locator("details").filter({ has: page.locator("summary", { hasText: t("builder.act.calls") }) });
  await bench.unfold(t("builder.act.calls"));
  const asked = t("builder.call.asked", { form: CALLED });
  await calls.getByLabel(t("builder.call.form"), { exact: true }).selectOption({ label: asked });
  await calls.getByRole("button", { name: t("builder.call.add") }).click();
  await bench.unfold(t("builder.act.calls"));
  await expect(calls.getByText(asked, { exact: true }).first()).toBeVisible();
  await calls.getByRole("button", { name: t("builder.when.add"), exact: true }).click();
  await expect(calls.getByLabel(t("builder.when.about"), { exact: true })).toContainText(QUESTION);
  // Without a reason the list of what is wrong says so.
  await bench.saved();
  await bench.tab("builder.tab.check");
  await expect(page.getByText(t("builder.checks.must")).first()).toBeVisible();
  await bench.tab("builder.tab.build");
  await bench.choose(PART);
  await bench.unfold(t("builder.act.calls"));
  await bench.say(t("builder.call.why"), WHY, "The school needs to know whether the child can swim.");
  await expectAccessible(page);
  await expectNoSideways(page);
  await picture(page, "builder-calls");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(page);
  await picture(page, "builder-calls-narrow");
  await page.setViewportSize(LAPTOP.viewport);
  await bench.tab("builder.tab.check");
  await expect(page.getByText(t("builder.checks.none"))).toBeVisible();
  return bench;
}

/** Asks for it to be published, and lets the other administrator do it. */
async function publish(bench: Bench, second: Page): Promise<void> {
  await bench.saved();
  await bench.tab("builder.tab.publish");
  await bench.page.getByRole("button", { name: t("builder.publish.ask") }).click();
  await expect(bench.page.getByText(t("builder.publish.waits"))).toBeVisible();
  await Desk.as(second, INGRID, "/personal/builder");
  const hers = await Bench.open(second, FORM);
  await hers.tab("builder.tab.publish");
  await second.getByRole("button", { name: t("builder.publish.approve"), exact: true }).last().click();
  await expect(second.getByRole("status").filter({ hasText: t("builder.publish.done") }).first()).toBeVisible();
}

async function round(page: Page): Promise<void> {
  await page.goto("/personal/rounds");
  const name = (language: string) => t("builder.in-language", { label: t("rounds.name"), language });
  await page.getByLabel(name("Svenska"), { exact: true }).fill("Sjödagen");
  await page.getByLabel(name("English"), { exact: true }).fill("Lake day");
  await page.getByLabel(FORM, { exact: true }).check();
  await page.locator("summary", { hasText: t("rounds.for-whom") }).click();
  await page.getByLabel("Strandskolan 2B", { exact: true }).check();
  await page.getByRole("button", { name: t("rounds.start-now") }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Sjödagen" })).toBeVisible();
}

/** Answers the question once more, from the child's page. */
async function answer(page: Page, words: string): Promise<void> {
  await page.goto("/");
  const home = new Home(page);
  await home.ready();
  await home.openChild("Ella");
  await page.locator(".tasklist").getByRole("link", { name: PART }).click();
  const step = new Step(page);
  await step.ready();
  if (await step.known(QUESTION).count() > 0) await step.change(QUESTION);
  await step.choose(QUESTION, words);
  await step.goOn();
  const review = new Review(page);
  await review.ready();
  await review.sent();
}

/** The line of the called form among what Ella's page says is asked or answered. */
async function asked(page: Page): Promise<Locator> {
  await page.goto("/");
  const home = new Home(page);
  await home.ready();
  await home.openChild("Ella");
  return page.locator("ol.tasklist .task").filter({ hasText: title("swimming/swims") });
}

test("a form that an answer calls for comes at once with why, is seen by staff, and goes unless it is filled in", async ({ page, device }) => {
  test.setTimeout(240_000);
  await page.setViewportSize(LAPTOP.viewport);
  await Desk.as(page, MATS, "/personal/builder");
  const bench = await build(page);
  await publish(bench, await device(LAPTOP));
  await round(page);

  const phone = await device(PHONE);
  const home = await SignIn.as(phone, SARA);
  await home.ready();
  const receipt = await answerAndSend(phone, { [QUESTION]: t("value.yes") });
  await receipt.ready();
  await expect(phone.getByText(WHY)).toBeVisible();
  await expect(phone.getByRole("link", { name: title("swimming/swims"), exact: true })).toBeVisible();
  await expectAccessible(phone);
  await picture(phone, "called-receipt");
  await phone.getByRole("link", { name: title("swimming/swims"), exact: true }).click();
  const step = new Step(phone);
  await step.ready();
  await expect(phone.getByText(t("step.called"))).toBeVisible();
  await expect(phone.getByText(WHY)).toBeVisible();
  await expectAccessible(phone);
  await picture(phone, "called-step");

  const laptop = await device(LAPTOP);
  const group = await (await Desk.as(laptop, ANNA)).openGroup("2B");
  await group.openPanel("Ella Lindqvist");
  await group.panel.getByRole("link", { name: t("staff.child.open") }).click();
  const waits = laptop.locator("section.card").filter({ has: laptop.getByRole("heading", { name: t("staff.child.called") }) });
  await expect(waits).toContainText(WHY);
  await expectAccessible(laptop);
  await picture(laptop, "called-staff");

  // The answer belongs to this form only: it stands in the history of whoever it goes to.
  const principal = await device(LAPTOP);
  const school = await (await Desk.as(principal, LARS)).openGroup("2B");
  await school.openPanel("Ella Lindqvist");
  await school.panel.getByRole("link", { name: t("staff.child.open") }).click();
  await principal.getByRole("button", { name: t("staff.history.show") }).click();
  const told = principal.locator(".timeline__item").filter({ hasText: QUESTION });
  await expect(told).toContainText(t("value.yes"));
  await expect(told).toContainText(SARA);
  await expectAccessible(principal);
  await picture(principal, "history-only-here");

  // Another answer takes it away; the first one again brings it back, and what is filled in stays.
  await answer(phone, t("value.no"));
  await expect(await asked(phone)).toHaveCount(0);
  await laptop.reload();
  await expect(laptop.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(waits).toHaveCount(0);
  await answer(phone, t("value.yes"));
  await phone.getByRole("link", { name: title("swimming/swims"), exact: true }).click();
  await finish(step);
  await answer(phone, t("value.no"));
  await expect(await asked(phone)).toHaveCount(1);
});
