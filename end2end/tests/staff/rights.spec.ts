// What is not yours does not exist: a teacher and another school's class, a guardian and the staff pages.
import { ANNA, FATIMA, MATS, SARA } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test("a teacher finds nothing at the address of a class or a child of another unit", async ({ page, device }) => {
  await Desk.as(page, FATIMA);
  const group = await new Desk(page).openGroup("Blåsippan");
  const address = new URL(page.url()).pathname;
  await group.openPanel("Nils Lindqvist");
  const child = page.url().split("/children/")[1] ?? "";
  expect(child).toMatch(/^[0-9a-f-]{36}/);

  const teacher = await device();
  const desk = await Desk.as(teacher, ANNA);
  await teacher.goto(address);
  await expect(desk.notFound).toBeVisible();
  await teacher.goto(`/personal/children/${child.slice(0, 36)}`);
  await expect(desk.notFound).toBeVisible();
  await expect(teacher.locator("body")).not.toContainText("Nils");
  await teacher.goto("/personal/municipality");
  await expect(desk.notFound).toBeVisible();
  await teacher.goto("/personal/inget-har");
  await expect(desk.notFound).toBeVisible();
  await desk.notFound.page().getByRole("link", { name: t("common.not-found.home") }).click();
  await expect(desk.groupLink("2B")).toBeVisible();
});

test("a guardian who opens the staff pages sees no class and no child", async ({ page }) => {
  await SignIn.as(page, SARA);
  await page.goto("/personal/");
  await expect(page.getByText(t("common.not-found.text"))).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("common.not-found.heading"));
  await expect(page.getByRole("rowheader")).toHaveCount(0);
});

test("a member of staff who opens the guardians' page has no children there", async ({ page }) => {
  await Desk.as(page, ANNA);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator(".childcard")).toHaveCount(0);
});

test("the municipality in figures: all units, known beforehand, day by day, and no child", async ({ page }) => {
  await Desk.as(page, MATS);
  await expect(page).toHaveURL(/\/personal\/municipality$/);
  await expect(page.getByRole("heading", { level: 1, name: t("staff.municipality.title") })).toBeVisible();
  await expect(page.locator(".statgrid").first().locator(".stat")).toHaveCount(4);
  await expect(page.locator(".statgrid").nth(1).locator(".stat")).toHaveCount(6);
  await expect(page.locator(".stat").filter({ hasText: t("staff.numbers.sheets") }).locator("dd").first()).toHaveText(/[1-9]/);
  await expect(page.locator(".stat").filter({ hasText: t("staff.municipality.known") }).locator("dd").first()).toHaveText(/[1-9]\d*\s*%/);
  await expect(page.getByRole("rowheader", { name: "Strandskolan" })).toBeVisible();
  await expect(page.getByRole("img", { name: /./ })).toBeVisible();
  const names = page.locator(".table__row > th");
  const head = page.getByRole("columnheader", { name: t("staff.municipality.children") });
  await head.getByRole("button").click();
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  const counts = await page.locator(".tablewrap .table__row > td:nth-child(2)").allInnerTexts();
  const numbers = counts.map((count) => Number(count.replace(/\s/g, "")));
  expect(numbers).toEqual([...numbers].sort((one, other) => other - one));
  await page.getByText(t("staff.municipality.trend-table")).click();
  await expect(names.first()).toBeVisible();
  await expect(page.locator("body")).not.toContainText("Ella");
});
