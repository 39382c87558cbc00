// The figures of the whole municipality, about the round of today and about one before it.
import { MATS } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

test("figures of another round are chosen from a list that keeps the focus", async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 900 });
  await Desk.as(page, MATS, "/personal/municipality");
  const rounds = page.getByLabel(t("staff.municipality.round"), { exact: true });
  await expect(rounds).toBeVisible();
  const options = await rounds.locator("option").allInnerTexts();
  expect(options.length).toBeGreaterThan(1);
  const now = await rounds.locator("option:checked").innerText();
  const other = options.find((option) => option !== now) ?? "";
  const over = page.locator(".pagehead__over");
  const before = await over.innerText();
  await rounds.focus();
  await rounds.selectOption({ label: other });
  await expect(over).not.toHaveText(before);
  const title = other.slice(0, other.lastIndexOf(","));
  await expect(over).toContainText(title);
  await expect(rounds).toBeFocused();
  await expect(rounds.locator("option:checked")).toHaveText(other);
  await expectAccessible(page);
  await expectDark(page);
  await expectWords(page);
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/figures-round.png`, fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(page);
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/figures-round-narrow.png`, fullPage: true });
  await rounds.selectOption({ label: now });
  await expect(over).toHaveText(before);
});
