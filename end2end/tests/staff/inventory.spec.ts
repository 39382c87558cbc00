// The municipal administrator: the element catalogue, the inventory of forms, a spreadsheet, and the picture of overlap.
import { ANNA, MATS } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

const FILE = [
  "Beteckning;Blankett;Blad;Uppgifter",
  "provblankett;Anmälan till simskola;2;child.name, guardian.phone",
  "trasig;Trasig rad;två;child.name",
  "special-diet;Specialkost;2;",
].join("\r\n");

test("an element is changed with its consequences said beforehand, and an unsafe change is refused", async ({ page }) => {
  await Desk.as(page, MATS, "/personal/elements");
  const panel = page.getByRole("complementary");
  await page.getByRole("searchbox").fill("telefon");
  await page.getByRole("rowheader").getByRole("link", { name: "Telefon", exact: true }).click();
  await expect(panel.getByText(t("staff.element.calling"))).toBeVisible();
  await panel.getByRole("button", { name: t("staff.element.edit") }).click();
  await panel.getByLabel(t("staff.element.holds-days")).fill("180");
  await expect(panel.getByText(t("staff.element.then-holds", { n: "180" }))).toBeVisible();
  await expectAccessible(page);
  await panel.getByRole("button", { name: t("staff.save") }).click();
  await expect(panel.getByText(t("staff.element.days.other", { n: "180" })).first()).toBeVisible();
  await expect(panel.getByText(t("staff.element.by-you"))).toBeVisible();
  await page.reload();
  await expect(panel.getByText(t("staff.element.days.other", { n: "180" })).first()).toBeVisible();

  await page.goto("/personal/elements/child.diet-needs");
  await panel.getByRole("button", { name: t("staff.element.edit") }).click();
  await panel.getByLabel(t("staff.element.sensitivity")).selectOption({ label: t("staff.element.personal") });
  await panel.getByRole("button", { name: t("staff.save") }).click();
  await expect(panel.getByRole("alert")).toContainText(t("unfit.kept-as-health"));
});

test("a spreadsheet with a broken row: seen beforehand, the rest is taken in, and the same again changes nothing", async ({ page }) => {
  await Desk.as(page, MATS, "/personal/forms");
  const panel = page.getByRole("complementary");
  const choose = () => panel.getByLabel(t("staff.import.file")).setInputFiles({ name: "blanketter.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) });
  await page.getByRole("button", { name: t("staff.import.open") }).click();
  await choose();
  await expect(panel.getByText(t("staff.import.changes.other", { n: "2" }))).toBeVisible();
  await expect(panel.getByRole("row", { name: t("staff.import.row", { n: "3" }) })).toContainText(t("staff.import.not-a-number"));
  await expect(page.getByRole("rowheader", { name: "Anmälan till simskola" })).toHaveCount(0);
  await expectAccessible(page);
  await panel.getByRole("button", { name: t("staff.import.take.other", { n: "2" }) }).click();
  await expect(page.getByRole("rowheader", { name: "Anmälan till simskola" })).toBeVisible();
  await page.getByRole("button", { name: t("staff.import.open") }).click();
  await choose();
  await expect(panel.getByText(t("staff.import.nothing"))).toBeVisible();
  await panel.getByRole("button", { name: t("common.close") }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: t("staff.forms.export-xlsx") }).click();
  expect((await saving).suggestedFilename()).toBe("blanketter.xlsx");
});

test("a form of the inventory is changed", async ({ page }) => {
  await Desk.as(page, MATS, "/personal/forms/inventory/leave-of-absence");
  const panel = page.getByRole("complementary");
  await panel.getByRole("button", { name: t("staff.element.edit") }).click();
  await panel.getByLabel(t("staff.form.sheets")).fill("två");
  await panel.getByRole("button", { name: t("staff.save") }).click();
  await expect(panel.getByRole("alert")).toContainText(t("staff.form.wrong-number"));
  await panel.getByLabel(t("staff.form.sheets")).fill("4");
  await panel.getByRole("button", { name: t("staff.save") }).click();
  await expect(panel.locator(".facts > div").filter({ hasText: t("staff.form.sheets") })).toContainText("4");
});

test("the picture of overlap is a table: sorted by how often, by name and by form", async ({ page }) => {
  await Desk.as(page, MATS, "/personal/forms/overlap");
  const table = page.locator(".overlap__table");
  const times = async () => (await table.locator("tbody td.table__num").allInnerTexts()).map(Number);
  await expect.poll(async () => (await times()).length).toBeGreaterThan(20);
  const first = await times();
  expect(first).toEqual([...first].sort((one, other) => other - one));
  await expect(table.getByRole("columnheader")).toHaveCount(2 + 18 + 3 - (await missing(page)));
  const head = table.getByRole("columnheader", { name: "Specialkost", exact: true });
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  // With more forms than columns find room, the table scrolls inside its frame and the page does not.
  await expectNoSideways(page);
  const frame = await page.locator(".overlap").boundingBox();
  expect(frame && frame.x + frame.width).toBeLessThanOrEqual(1366);
});

/** Digital forms without a single element are no column. */
async function missing(page: import("@playwright/test").Page): Promise<number> {
  const digital = await page.locator(".overlap__form").filter({ hasText: t("staff.overlap.digital") }).count();
  return 3 - digital;
}

test("every page of the inventory: axe in light and dark, narrow windows, words", async ({ page }) => {
  test.setTimeout(120_000);
  await Desk.as(page, MATS, "/personal/elements");
  for (const path of ["/personal/elements/guardian.phone", "/personal/forms", "/personal/forms/inventory/special-diet", "/personal/forms/overlap", "/personal/municipality"]) {
    await page.goto(path);
    await expect(page.locator(".table__row:visible").first()).toBeVisible();
    await expectAccessible(page);
    await expectDark(page);
    await expectWords(page);
    for (const size of [{ width: 683, height: 450 }, { width: 320, height: 700 }, { width: 1366, height: 900 }]) {
      await page.setViewportSize(size);
      await expectNoSideways(page);
    }
  }
});

test("a teacher finds none of it", async ({ page }) => {
  const desk = await Desk.as(page, ANNA);
  for (const path of ["/personal/elements", "/personal/forms", "/personal/forms/overlap"]) {
    await page.goto(path);
    await expect(desk.notFound).toBeVisible();
  }
});
