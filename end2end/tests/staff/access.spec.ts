// Roles that no duty gives: support is let in and put out, the auditor reviews, the programme office has forms and no child.
import { ANNA, JONAS, MATS, RUT, SIV } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Desk, Group } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

const SMALL = { width: 683, height: 450 };

test("support is let in for one school, sees how far the children have come, and is put out", async ({ page, device }) => {
  const outside = await device();
  await outside.goto("/personal/");
  await outside.getByRole("button", { name: SIV }).click();
  await expect(new Desk(outside).notFound).toBeVisible();

  await Desk.as(page, MATS);
  await page.getByRole("link", { name: t("mandates.title") }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("mandates.title"));
  const holding = page.getByRole("region", { name: t("mandates.holding") });
  await expect(holding.getByRole("rowheader", { name: JONAS })).toBeVisible();
  await page.getByLabel(t("mandates.person"), { exact: true }).selectOption({ label: SIV });
  await page.getByLabel(t("mandates.where"), { exact: true }).selectOption({ label: "Strandskolan" });
  await page.getByLabel(t("mandates.hours"), { exact: true }).selectOption({ index: 1 });
  await page.getByLabel(t("mandates.reason"), { exact: true }).fill("Ärende 4711: listan visar fel");
  await expectAccessible(page);
  await expectDark(page);
  await expectWords(page);
  await page.getByRole("button", { name: t("mandates.give-now") }).click();
  const row = holding.getByRole("row").filter({ hasText: SIV });
  await expect(row).toContainText("Strandskolan");
  await expect(row).toContainText("4711");

  await outside.goto("/personal/");
  const desk = new Desk(outside);
  await desk.groupLink("2B").click();
  const group = new Group(outside);
  await expect(group.row("Ella Lindqvist")).toBeVisible();
  await expect(group.row("Ella Lindqvist").getByRole("link")).toHaveCount(0);
  await expect(outside.getByRole("link", { name: t("staff.pictures.open") })).toHaveCount(0);
  await expect(desk.rail.getByRole("link", { name: t("staff.rail.todos") })).toHaveCount(0);

  const end = t("mandates.end-whose").replace("{name}", SIV).replace("{role}", t("mandates.support"));
  await page.getByRole("button", { name: end }).click();
  await expect(page.getByRole("region", { name: t("mandates.ended") }).getByRole("rowheader", { name: SIV })).toBeVisible();
  await expect(holding.getByRole("rowheader", { name: SIV })).toHaveCount(0);
  await page.setViewportSize(SMALL);
  await expectNoSideways(page);
  await outside.reload();
  await expect(desk.notFound).toBeVisible();
  await expect(outside.locator("body")).not.toContainText("Ella");
});

test("the auditor starts at the review, and is told of sums and of no child", async ({ page, device }) => {
  const teacher = await device();
  const desk = await Desk.as(teacher, ANNA);
  await desk.openGroup("2B");
  await Desk.as(page, RUT);
  await expect(page).toHaveURL(/\/personal\/review$/);
  await page.getByRole("button", { name: t("review.ask") }).click();
  const answer = page.getByRole("region");
  await expect(answer.getByRole("rowheader", { name: ANNA }).first()).toBeVisible();
  await expect(page.locator("body")).not.toContainText("Ella");
  await expectAccessible(page);
  await expectDark(page);
  await expectWords(page);
  await page.setViewportSize(SMALL);
  await expectNoSideways(page);
  await page.getByLabel(t("review.about")).fill("Ella");
  await page.getByRole("button", { name: t("review.ask") }).click();
  await expect(page.getByRole("alert")).toHaveText(t("review.not-complete"));
});

test("the programme office starts at the figures and has forms and rounds", async ({ page }) => {
  const desk = await Desk.as(page, JONAS);
  await expect(page).toHaveURL(/\/personal\/municipality$/);
  await desk.rail.getByRole("link", { name: t("rounds.title") }).click();
  await expect(desk.heading).toHaveText(t("rounds.title"));
  await expect(desk.rail.getByRole("link", { name: t("retention.title") })).toHaveCount(0);
  await expect(desk.rail.getByRole("link", { name: t("staff.rail.todos") })).toHaveCount(0);
});
