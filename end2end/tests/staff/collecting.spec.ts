// The list at the door: who may collect each child, on paper without telephone numbers, and nobody who is not to be found.
import { ANNA, FATIMA, LARS } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

for (const [who, group, child] of [[ANNA, "2B", "Ella Lindqvist"], [FATIMA, "Blåsippan", "Nils Lindqvist"]]) {
  test(`${group}: opened from the class, read, printed`, async ({ page }) => {
    await page.setViewportSize({ width: 1366, height: 900 });
    await (await Desk.as(page, who)).openGroup(group);
    await page.getByRole("link", { name: t("staff.collecting.open") }).click();
    await expect(page.getByRole("heading", { level: 1, name: t("staff.collecting.title") })).toBeVisible();
    const row = page.locator("tr[data-child]").filter({ hasText: child });
    await expect(row).toContainText("Sara Lindqvist");
    await expect(row).toContainText("Johan Lindqvist");
    await expectAccessible(page);
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/collecting-${group}.png`, fullPage: true });
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".printfoot")).toContainText(group);
    await expect(page.getByRole("button", { name: t("staff.collecting.print") })).toBeHidden();
    expect(await page.locator(".collecting").innerText()).not.toMatch(/07\d/);
    if (PICTURES) await page.pdf({ path: `${PICTURES}/collecting-${group}.pdf`, format: "A4", preferCSSPageSize: true });
  });
}

test("a child that is not to be found hangs on no door, whoever prints", async ({ page }) => {
  await (await Desk.as(page, LARS)).openGroup("5A");
  await expect(page.locator("tr[data-child]").filter({ hasText: t("staff.protected") })).not.toHaveCount(0);
  await page.getByRole("link", { name: t("staff.collecting.open") }).click();
  await expect(page.locator("tr[data-child]").filter({ hasText: "Zofia" })).toBeVisible();
  await expect(page.locator("tr[data-child]").filter({ hasText: "Love Sandberg" })).toHaveCount(0);
  await expect(page.getByText(t("staff.protected"), { exact: true })).toHaveCount(0);
});
