// A list that leaves the house: asked for with a reason, over a size approved by another, fetched with who and when on each row; and the
// alarm that the principal sees.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { ANNA, LARS, MATS } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { Pictures } from "../../pages/staff/pictures.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const SHOTS = process.env.SKOLSTART_E2E_PICTURES;

// So that the list of one class is large.
test.use({ own: true, settings: "children_exported_alone = 1\n" });

async function looksRight(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectDark(page);
  await expectWords(page);
  for (const size of [{ width: 683, height: 450 }, { width: 320, height: 700 }, { width: 390, height: 844 }, LAPTOP.viewport]) {
    await page.setViewportSize(size);
    await expectNoSideways(page);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${size.width}.png`, fullPage: true });
  }
}

const nowWaits = (page: Page) => page.getByRole("status").filter({ hasText: t("bulk.now-waits") });
const part = (page: Page, heading: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: t(heading), exact: true }) });

test("a large list is asked for, approved by the principal and fetched, with who and when on each row", async ({ page, device }) => {
  test.setTimeout(150_000);
  await (await Desk.as(page, ANNA)).openGroup("2B");
  const pictures = await Pictures.open(page);
  const reason = "Fotografering 12 september";
  await pictures.save(reason);
  await expect(nowWaits(page)).toBeVisible();
  await looksRight(page, "asked");

  await page.locator("main").getByRole("link", { name: t("bulk.title") }).click();
  await expect(page.getByRole("heading", { level: 1, name: t("bulk.title") })).toBeVisible();
  const own = part(page, "bulk.own").getByRole("listitem").filter({ hasText: reason });
  await expect(own).toContainText(t("bulk.waits"));
  await expect(own.getByRole("button")).toHaveCount(0);
  // Alarms are not hers to look at.
  await expect(part(page, "bulk.alarms")).toHaveCount(0);
  await looksRight(page, "own");

  const principal = await device(LAPTOP);
  await Desk.as(principal, LARS, "/personal/lists");
  const waiting = part(principal, "bulk.waiting").getByRole("listitem").filter({ hasText: reason });
  await expect(waiting).toContainText(ANNA);
  const alarm = part(principal, "bulk.alarms").getByRole("listitem").filter({ hasText: ANNA });
  await expect(alarm).toHaveCount(1);
  await looksRight(principal, "principal");
  await alarm.getByRole("button", { name: t("bulk.seen", { name: ANNA }) }).click();
  await expect(alarm).toContainText(t("bulk.seen-by", { name: LARS }));
  // The button is gone; the focus stands where the reader can go on.
  await expect(principal.getByRole("heading", { level: 2, name: t("bulk.alarms"), exact: true })).toBeFocused();
  await waiting.getByRole("button", { name: t("bulk.approve", { name: ANNA }) }).click();
  await expect(part(principal, "bulk.waiting")).toContainText(t("bulk.none-waiting"));
  await expect(principal.getByRole("heading", { level: 2, name: t("bulk.waiting"), exact: true })).toBeFocused();

  await page.reload();
  const saved = page.waitForEvent("download");
  await own.getByRole("button", { name: t("staff.pictures.csv") }).click();
  const rows = (await readFile(await (await saved).path(), "utf8")).trim().split(/\r?\n/);
  expect(rows.length).toBeGreaterThan(2);
  for (const row of rows.slice(1)) expect(row).toMatch(new RegExp(`;\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d;${ANNA}$`));

  // What is printed of any page says who and when.
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".printfoot")).toHaveCount(1);
  await expect(page.locator(".printfoot")).toContainText(ANNA);
  await page.emulateMedia({ media: null });
});

test("the municipality sees alarms and no list of its own, and few are hidden in its figures", async ({ page }) => {
  await Desk.as(page, MATS);
  await expect(page.getByText(t("staff.municipality.few-note"))).toBeVisible();
  const units = page.getByRole("region", { name: t("staff.municipality.all-units") }).locator("tbody tr");
  const hidden = units.filter({ has: page.getByRole("cell", { name: t("staff.municipality.few"), exact: true }) });
  expect(await hidden.count()).not.toBe(1);
  await looksRight(page, "figures");
  await page.getByRole("link", { name: t("bulk.title") }).click();
  await expect(part(page, "bulk.alarms")).toContainText(t("bulk.no-alarms"));
  await expect(part(page, "bulk.own")).toContainText(t("bulk.none-own"));
  await looksRight(page, "empty");
});
