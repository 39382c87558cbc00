// Erasure: what the administrator sees of it, and a hold that is set and lifted.
import { MATS } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

test("what goes and why, and a round that is held", async ({ page }) => {
  await Desk.as(page, MATS);
  await page.getByRole("link", { name: t("retention.title") }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("retention.title"));
  await expect(page.getByText(t("retention.by-hand"))).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Dataskyddsförordningen artikel 7.1" }).first()).toBeVisible();
  await page.locator("summary", { hasText: t("retention.set") }).click();
  await expectAccessible(page);
  await expectDark(page);
  await expectWords(page);
  await page.getByLabel(t("retention.number")).fill("19121212-1212");
  await page.getByLabel(t("retention.why")).fill("Dnr 2026-7");
  await page.getByRole("button", { name: t("retention.set-now") }).click();
  await expect(page.getByRole("alert")).toHaveText(t("retention.nobody"));
  await page.getByLabel(t("retention.on")).selectOption({ index: 1 });
  await page.getByRole("button", { name: t("retention.set-now") }).click();
  await expect(page.getByText("Dnr 2026-7").first()).toBeVisible();
  await page.locator("summary", { hasText: t("retention.lift") }).click();
  await page.locator("form").filter({ hasText: t("retention.lift-now") }).getByRole("textbox").fill("Avslutat");
  await expectAccessible(page);
  await page.getByRole("button", { name: t("retention.lift-now") }).click();
  await expect(page.getByText("Avslutat")).toBeVisible();
  await page.setViewportSize({ width: 683, height: 450 });
  await expectNoSideways(page);
});
