// Who teaches has her own classes; who stands in has one more for as long as she does.
import { ANNA, EVA } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

test("a teacher sees her own class, stands in for another one, and sees it until that is ended", async ({ page, device }) => {
  const office = await device({ viewport: { width: 1366, height: 900 } });
  await page.setViewportSize({ width: 1366, height: 900 });
  const desk = await Desk.as(page, ANNA);
  await expect(desk.groupLink("2B")).toBeVisible();
  await expect(desk.groupLink("3A")).toHaveCount(0);
  await expect(page.getByRole("link", { name: t("substitutes.open") })).toHaveCount(0);

  const administrator = await Desk.as(office, EVA);
  await expect(administrator.groupLink("3A")).toBeVisible();
  const other = new URL(await administrator.groupLink("3A").getAttribute("href") ?? "", office.url()).pathname;
  await page.goto(other);
  await expect(desk.notFound).toBeVisible();

  await office.getByRole("link", { name: t("substitutes.open") }).click();
  await expect(administrator.heading).toHaveText(t("substitutes.title"));
  await expect(office.getByText(t("substitutes.none"))).toBeVisible();
  await office.getByLabel(t("substitutes.person"), { exact: true }).selectOption({ label: ANNA });
  await office.getByLabel(t("substitutes.group"), { exact: true }).selectOption({ label: "3A" });
  await expectAccessible(office);
  await expectDark(office);
  await expectWords(office);
  await office.getByRole("button", { name: t("substitutes.give-now") }).click();
  const row = office.getByRole("region", { name: t("substitutes.holding") }).getByRole("row").filter({ hasText: ANNA });
  await expect(row).toContainText("3A");
  await expect(row).toContainText(EVA);
  await expectAccessible(office);
  if (PICTURES) await office.screenshot({ path: `${PICTURES}/substitutes.png`, fullPage: true });

  await page.goto(other);
  await expect(desk.heading).toHaveText("3A");
  await desk.rail.getByRole("link", { name: t("staff.rail.units"), exact: true }).click();
  await expect(desk.groupLink("3A")).toBeVisible();
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/substitutes-teacher.png`, fullPage: true });

  await row.getByRole("button", { name: t("substitutes.end-whose", { name: ANNA, group: "3A" }) }).click();
  await expect(office.getByRole("region", { name: t("substitutes.ended") }).getByRole("row").filter({ hasText: ANNA })).toContainText(EVA);
  await office.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(office);
  if (PICTURES) await office.screenshot({ path: `${PICTURES}/substitutes-small.png`, fullPage: true });
  await page.reload();
  await expect(desk.groupLink("2B")).toBeVisible();
  await expect(desk.groupLink("3A")).toHaveCount(0);
});
