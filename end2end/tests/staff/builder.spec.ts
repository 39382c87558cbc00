// A new form from nothing to an answer, by people who are no programmers: built, tried, checked, published by four eyes,
// asked in a round, answered on a phone, seen by the teacher; then a new version, with the first answer where it was.
import type { Locator, Page } from "@playwright/test";
import { ANNA, INGRID, MATS, SARA } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { Bench } from "../../pages/staff/bench.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const FORM = "Cykla till skolan";
const RIDES = "Cyklar barnet till skolan?";
const HELMET = "Har barnet hjälm?";
const ELEMENT = "Cyklar till skolan";
const RIDES_NOW = "Cyklar barnet till skolan i år?";
const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

test.use({ own: true });

async function looksRight(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectDark(page);
  await expectWords(page);
  for (const size of [{ width: 683, height: 450 }, { width: 320, height: 700 }, { width: 1366, height: 900 }]) {
    await page.setViewportSize(size);
    await expectNoSideways(page);
  }
}

/** Builds a form with one part and two questions, of which the second is asked only after a yes. */
async function build(page: Page): Promise<Bench> {
  const bench = await Bench.begin(page, FORM);
  await bench.say(t("builder.form-title"), FORM, "Cycling to school");
  await bench.say(t("builder.form-intro"), "Berätta hur barnet tar sig till skolan.", "Tell us how the child gets to school.");
  await bench.addPart("Cykling");
  await bench.say(t("builder.act.title"), "Cykling", "Cycling");
  await bench.say(t("builder.act.purpose"), "Skolan vet vem som cyklar.", "The school knows who cycles.");
  await bench.say(t("builder.act.readers"), "Mentor ser svaret.", "The mentor sees the answer.");
  await bench.say(t("builder.act.law"), "Skollagen 1 kap. 4 §.", "The Education Act 1:4.");
  await bench.addQuestion(RIDES, "kind.yes-no", true);
  await bench.say(t("builder.field.label"), RIDES, "Does the child cycle to school?");
  // Nobody has asked this before: it becomes a new element, known to every form from now on.
  await bench.say(t("builder.own.name"), ELEMENT, "Cycles to school");
  await bench.element.getByLabel(t("staff.element.holds-days")).fill("200");
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/element.png`, fullPage: true });
  await bench.panel.getByLabel(t("builder.field.required")).check();
  await bench.addQuestion(HELMET, "kind.yes-no");
  await bench.say(t("builder.field.label"), HELMET, "Does the child have a helmet?");
  await bench.unfold(t("builder.field.visible-if"));
  await bench.panel.getByRole("button", { name: t("builder.when.add"), exact: true }).first().click();
  await expect(bench.panel.getByLabel(t("builder.when.about"), { exact: true })).toContainText(RIDES);
  await expect(bench.panel.getByLabel(t("builder.when.how"), { exact: true })).toContainText(t("builder.when.is"));
  await bench.saved();
  return bench;
}

/** Takes one up and carries it over another, as a hand does: some steps at a time. */
async function carry(page: Page, one: Locator, over: Locator): Promise<void> {
  await over.scrollIntoViewIfNeeded();
  const [from, to] = [await one.boundingBox(), await over.boundingBox()];
  if (!from || !to) throw new Error("not on the page");
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 25, from.y + 14, { steps: 3 });
  await page.mouse.move(to.x + 30, to.y + 12, { steps: 5 });
}

async function ask(bench: Bench): Promise<void> {
  await bench.saved();
  await bench.tab("builder.tab.publish");
  await bench.page.getByRole("button", { name: t("builder.publish.ask") }).click();
  await expect(bench.page.getByText(t("builder.publish.waits"))).toBeVisible();
}

async function approve(page: Page): Promise<void> {
  const bench = await Bench.open(page, FORM);
  await bench.tab("builder.tab.publish");
  await page.getByRole("button", { name: t("builder.publish.approve"), exact: true }).last().click();
  await expect(page.getByRole("status").filter({ hasText: t("builder.publish.done") }).first()).toBeVisible();
}

test("a new form built from nothing, published by two, asked, answered, seen, and changed without losing the answer", async ({ page, device }) => {
  test.setTimeout(240_000);
  await page.setViewportSize(LAPTOP.viewport);
  await Desk.as(page, MATS, "/personal/builder");
  const bench = await build(page);

  // Tried as a family meets it: the second question comes with a yes to the first.
  await bench.tab("builder.tab.try");
  await expect(bench.phone.getByText(RIDES).first()).toBeVisible();
  await expect(bench.phone.getByText(HELMET).first()).toBeHidden();
  await bench.phone.getByRole("radio", { name: t("value.yes") }).first().check();
  await expect(bench.phone.getByText(HELMET).first()).toBeVisible();
  await looksRight(page);
  await bench.tab("builder.tab.check");
  await expect(page.getByText(t("builder.checks.none"))).toBeVisible();
  await ask(bench);
  await expect(page.locator(".uses li").filter({ hasText: ELEMENT })).toContainText(t("staff.element.unit"));

  const second = await device(LAPTOP);
  await Desk.as(second, INGRID, "/personal/builder");
  await approve(second);
  await second.goto("/personal/elements");
  await expect(second.getByRole("rowheader", { name: ELEMENT })).toBeVisible();

  await page.goto("/personal/rounds");
  const name = (language: string) => t("builder.in-language", { label: t("rounds.name"), language });
  await page.getByLabel(name("Svenska"), { exact: true }).fill("Cykelvecka");
  await page.getByLabel(name("English"), { exact: true }).fill("Bicycle week");
  await page.getByLabel(FORM, { exact: true }).check();
  await page.locator("summary", { hasText: t("rounds.for-whom") }).click();
  await page.getByLabel("Strandskolan 2B", { exact: true }).check();
  await page.getByRole("button", { name: t("rounds.start-now") }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Cykelvecka" })).toBeVisible();
  await looksRight(page);

  const phone = await device(PHONE);
  const home = await SignIn.as(phone, SARA);
  await home.ready();
  const receipt = await answerAndSend(phone, { [RIDES]: t("value.yes"), [HELMET]: t("value.no") });
  await expect(receipt.rows).toHaveCount(1);

  const laptop = await device(LAPTOP);
  const group = await (await Desk.as(laptop, ANNA)).openGroup("2B");
  await expect(await group.cell("Ella Lindqvist", "Cykling")).toContainText(t("staff.status.complete"));

  // A new version with one more question that nobody has to answer, and other words in the first.
  await page.goto("/personal/builder");
  await page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: FORM, exact: true }) }).getByRole("button").click();
  await expect(bench.outline).toBeVisible();
  await bench.choose(RIDES);
  await expect(bench.panel.getByRole("link", { name: t("builder.own.change-there") })).toBeVisible();
  await bench.say(t("builder.field.label"), RIDES_NOW, "Does the child cycle to school this year?");
  await bench.addQuestion("Var står cykeln?", "kind.text");
  await bench.say(t("builder.field.label"), "Var står cykeln?", "Where is the bicycle kept?");
  await bench.saved();
  await bench.tab("builder.tab.publish");
  await expect(page.getByText(t("diff.field-added", { name: "Var står cykeln?" }))).toBeVisible();
  await expect(page.getByText(t("builder.effect.stands", { act: "Cykling" }))).toBeVisible();
  await expectAccessible(page);
  await ask(bench);
  await approve(second);

  await page.goto("/personal/rounds");
  await page.getByRole("button", { name: t("rounds.newer", { n: "2" }) }).click();
  await expect(page.getByText(t("builder.effect.stands", { act: "Cykling" }))).toBeVisible();
  await page.getByRole("button", { name: t("rounds.move") }).click();
  await expect(page.getByText(t("builder.version", { n: "2" })).first()).toBeVisible();
  await laptop.reload();
  await group.ready("2B");
  await expect(await group.cell("Ella Lindqvist", "Cykling")).toContainText(t("staff.status.complete"));
  // What is known stands under the new words, and the history opens the old answer as it was given, on its own version.
  const known = await group.openPanel("Ella Lindqvist");
  await expect(known.fact("Cykling", RIDES_NOW)).toContainText(t("value.yes"));
  await group.panel.getByRole("link", { name: t("staff.child.open") }).click();
  await laptop.getByRole("button", { name: t("staff.history.show") }).click();
  const old = laptop.locator(".timeline__item").filter({ hasText: RIDES });
  await expect(old).toContainText(t("staff.history.version", { form: FORM, n: "1" }));
  await expect(old).toContainText(t("value.yes"));
  if (PICTURES) await laptop.screenshot({ path: `${PICTURES}/old-answer.png`, fullPage: true });
});

test("by keyboard: a question is moved, the focus stays on it, what was removed comes back, and a known element is suggested", async ({ page }) => {
  await page.setViewportSize(LAPTOP.viewport);
  await Desk.as(page, MATS, "/personal/builder");
  const bench = await build(page);
  await looksRight(page);
  const up = (name: string) => bench.outline.getByRole("button", { name: t("builder.up", { name }), exact: true });
  await up(HELMET).focus();
  await page.keyboard.press("Enter");
  await expect(up(HELMET)).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: t("builder.moved", { place: "1", of: "2" }) })).toBeAttached();
  const names = () => bench.outline.locator(".outline__questions .outline__name span").allInnerTexts();
  expect(await names()).toEqual([HELMET, RIDES]);

  await bench.outline.getByRole("button", { name: t("builder.remove", { name: RIDES }), exact: true }).click();
  expect(await names()).toEqual([HELMET]);
  await bench.saved();
  // What hangs on the removed question is on the check list, and leads there.
  await bench.tab("builder.tab.check");
  await expect(page.getByText(t("builder.checks.must")).first()).toBeVisible();
  await expectAccessible(page);
  await page.locator(".finding").first().getByRole("button").click();
  await expect(bench.panel.getByRole("heading", { name: t("builder.question"), exact: true })).toBeVisible();
  await bench.outline.getByRole("button", { name: t("builder.put-back") }).click();
  expect(await names()).toEqual([HELMET, RIDES]);

  await bench.outline.getByRole("button", { name: t("builder.add-question") }).click();
  await bench.outline.getByLabel(t("builder.field.label"), { exact: true }).fill("Kan barnet simma?");
  await bench.outline.locator(".suggestions").getByRole("button").first().click();
  await expect(bench.panel.getByLabel(t("builder.field.element")).locator("option:checked")).toHaveText(/simma/);
  await bench.saved();
  await page.reload();
  await expect(bench.outline).toBeVisible();
  expect(await names()).toHaveLength(3);
});

test("by hand: a question is dragged, a line shows where it lands, and what is let go of elsewhere stays", async ({ device }) => {
  const page = await device(LAPTOP);
  await Desk.as(page, MATS, "/personal/builder");
  const bench = await build(page);
  const line = (name: string) => bench.outline.locator(".outline__row").filter({ hasText: name });
  const questions = bench.outline.locator(".outline__questions .outline__name span");
  await expect(questions).toHaveText([RIDES, HELMET]);
  await carry(page, line(HELMET), line(RIDES));
  await expect(line(RIDES)).toHaveAttribute("data-drop", "before");
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/builder-drag.png` });
  await page.mouse.up();
  await expect(questions).toHaveText([HELMET, RIDES]);
  await expect(bench.outline.locator("[data-drop]")).toHaveCount(0);

  await carry(page, line(HELMET), line(RIDES));
  await expect(line(RIDES)).toHaveAttribute("data-drop", "after");
  await page.mouse.move(900, 500, { steps: 4 });
  await page.mouse.up();
  await expect(bench.outline.locator("[data-drop]")).toHaveCount(0);
  await expect(questions).toHaveText([HELMET, RIDES]);
});

test("rules, follow-ups and who decides are built by choosing, beside the form as a family meets it", async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize(LAPTOP.viewport);
  await Desk.as(page, MATS, "/personal/builder");
  const bench = await Bench.begin(page, "Resa med klassen");
  await bench.addPart("Anmälan");
  for (const [question, kind] of [["Från", "kind.date"], ["Till", "kind.date"], ["Andel A", "kind.number"], ["Andel B", "kind.number"]]) {
    await bench.addQuestion(question, kind);
  }
  // Each key stands in both frames, in the language that is chosen there.
  await expect(bench.phone.getByLabel("Andel B")).toBeVisible();
  await expect(bench.desktop.getByLabel("Andel B")).toBeVisible();
  await bench.say(t("builder.field.label"), "Andel för hem B", "Share of home B");
  await expect(bench.phone.getByLabel("Andel för hem B")).toBeVisible();
  await page.locator(".beside").getByLabel(t("common.language")).selectOption({ label: "English" });
  await expect(bench.desktop.getByLabel("Share of home B")).toBeVisible();
  await expect(bench.phone.getByLabel("Share of home B")).toBeVisible();

  await bench.choose("Anmälan");
  await bench.unfold(t("builder.act.rules"));
  const add = async (rule: string) => {
    await bench.panel.getByLabel(t("builder.rule.sort")).selectOption({ label: t(rule) });
    await bench.panel.getByRole("button", { name: t("builder.rule.add") }).click();
    await bench.unfold(t("builder.act.rules"));
  };
  await add("builder.rule.sort-order");
  await expect(bench.panel.getByText(t("builder.rule.order", { first: "Från", then: "Till" }), { exact: true })).toBeVisible();
  await add("builder.rule.sort-total");
  await expect(bench.panel.getByText(t("builder.rule.total", { names: "Andel A, Andel för hem B", total: "100" }), { exact: true })).toBeVisible();
  await add("builder.rule.sort-must");
  await bench.say(t("builder.rule.says"), "Välj minst 10.", "Choose at least 10.");
  await bench.panel.locator(".uses").getByRole("button", { name: t("builder.when.add"), exact: true }).click();
  await bench.panel.getByLabel(t("builder.when.about"), { exact: true }).selectOption({ label: "Andel A" });
  await bench.panel.getByLabel(t("builder.when.number"), { exact: true }).fill("10");

  await bench.unfold(t("builder.act.follow-ups"));
  await bench.panel.getByLabel(t("builder.follow-up.when")).selectOption({ label: t("builder.follow-up.changed") });
  await bench.panel.getByRole("button", { name: t("builder.follow-up.add") }).click();
  await bench.say(t("builder.follow-up.todo"), "Ändra listan för resan", "Change the list of the trip");
  await bench.panel.getByLabel(t("builder.follow-up.who")).selectOption({ label: t("function.administrator") });
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/beside.png` });
  await expect(bench.panel.getByText(t("builder.rule.follow-up", { who: t("function.administrator"), days: "7", todo: "Ändra listan för resan" }), { exact: true })).toBeVisible();
  await looksRight(page);

  await bench.panel.getByLabel(t("builder.act.kind"), { exact: true }).selectOption({ label: t("builder.act.application") });
  await bench.unfold(t("builder.act.decision"));
  await bench.panel.getByRole("button", { name: t("builder.decider.add") }).click();
  const decider = bench.panel.locator(".uses li").filter({ hasText: t("builder.decider.when") });
  await decider.getByRole("button", { name: t("builder.when.add"), exact: true }).click();
  await expect(decider.getByLabel(t("builder.when.about"), { exact: true })).toBeVisible();
  await bench.panel.getByLabel(t("builder.decider.days")).fill("14");
  await looksRight(page);
  await bench.saved();
});

test("two who write at once: the second is told, and nothing of either is lost", async ({ page, device }) => {
  await page.setViewportSize(LAPTOP.viewport);
  await Desk.as(page, MATS, "/personal/builder");
  const bench = await Bench.begin(page, FORM);
  await bench.saved();
  const second = await device(LAPTOP);
  await Desk.as(second, INGRID, "/personal/builder");
  const hers = await Bench.open(second, FORM);
  await hers.say(t("builder.form-intro"), "Hennes", "Hers");
  await hers.saved();
  await bench.say(t("builder.form-intro"), "Hans", "His");
  await expect(page.getByText(t("builder.conflict.heading"))).toBeVisible();
  const saving = page.waitForEvent("download");
  await page.getByRole("alert").getByRole("button", { name: t("builder.export") }).click();
  expect((await saving).suggestedFilename()).toBe("cykla-till-skolan.json");
  await expectAccessible(page);
  await page.getByRole("button", { name: t("builder.conflict.theirs") }).click();
  await expect(bench.panel.getByRole("textbox", { name: t("builder.in-language", { label: t("builder.form-intro"), language: "Svenska" }) })).toHaveValue("Hennes");
});

test("the lists: axe, narrow, words; a file that is no form; a teacher finds none of it", async ({ page }) => {
  test.setTimeout(120_000);
  await Desk.as(page, MATS, "/personal/builder");
  await expect(page.getByRole("rowheader", { name: "Ledighet", exact: true })).toBeVisible();
  await looksRight(page);
  await page.getByLabel(t("builder.file.label")).setInputFiles({ name: "fel.json", mimeType: "application/json", buffer: Buffer.from('{\n"key": 7\n}') });
  await expect(page.getByRole("alert")).toContainText("2");
  await page.goto("/personal/rounds");
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await looksRight(page);
});

test("a teacher finds no builder", async ({ page }) => {
  const desk = await Desk.as(page, ANNA);
  for (const path of ["/personal/builder", "/personal/rounds"]) {
    await page.goto(path);
    await expect(desk.notFound).toBeVisible();
  }
});
