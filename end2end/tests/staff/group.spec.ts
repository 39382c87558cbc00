// A class on the teacher's laptop: order, filters, search, addresses, keyboard and paper.
import { ANNA, LARS } from "../../municipality/cast.ts";
import { short, t } from "../../municipality/texts.ts";
import { Desk, Group } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const A4_PAGES = /\/Type\s*\/Page[^s]/g;
/** A4 in points, to the whole point as Chromium writes it. */
const A4 = /\/MediaBox\s*\[\s*0\s+0\s+59[45](\.\d+)?\s+84[12](\.\d+)?\s*\]/g;

async function open(page: import("@playwright/test").Page): Promise<Group> {
  return (await Desk.as(page, ANNA)).openGroup("2B");
}

/** å, ä and ö after z. */
function inSwedishOrder(names: string[]): string[] {
  return [...names].sort(new Intl.Collator("sv").compare);
}

test("what needs somebody comes first; a column sorts up, down and back", async ({ page }) => {
  const group = await open(page);
  const start = await group.names.allInnerTexts();
  const sections = page.locator("tr.table__group");
  await expect(sections.first()).toContainText(t("staff.show.action"));

  const head = group.head(t("staff.group.child"));
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  const up = await group.names.allInnerTexts();
  expect(up).toEqual(inSwedishOrder(up));
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  expect(await group.names.allInnerTexts()).toEqual([...up].reverse());
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "none");
  expect(await group.names.allInnerTexts()).toEqual(start);
});

test("filter and order stand in the address, so that it can be sent to a colleague; the search does not", async ({ page, device }) => {
  const group = await open(page);
  const all = await group.rows.count();
  await group.chip("staff.show.action").click();
  await expect(group.chip("staff.show.action")).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL(/show=action/);
  const some = await group.rows.count();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  await group.head(t("staff.group.child")).getByRole("button").click();
  const names = await group.names.allInnerTexts();

  const colleague = await device();
  await Desk.as(colleague, LARS, new URL(page.url()).pathname + new URL(page.url()).search);
  const same = new Group(colleague);
  await same.ready("2B");
  expect(await same.names.allInnerTexts()).toEqual(names);

  await group.chip("staff.show.all").click();
  await group.search.fill("ELLA lind");
  await expect(group.rows).toHaveCount(1);
  await expect(group.names).toHaveText("Ella Lindqvist");
  expect(decodeURIComponent(page.url())).not.toMatch(/ella|lind/i);
  await group.search.fill("finns inte här");
  await expect(page.getByText(t("staff.group.none-found"))).toBeVisible();
});

test("the keyboard is enough: search, rows, open, close, and focus stays where it was", async ({ page }) => {
  const group = await open(page);
  await page.keyboard.press("/");
  await expect(group.search).toBeFocused();
  await group.names.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(group.names.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(group.names.last()).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  const name = await group.names.nth(1).innerText();
  await page.keyboard.press("Enter");
  await expect(group.panel.getByRole("heading", { level: 2, name })).toBeFocused();
  await expect(page).toHaveURL(/\/children\/[0-9a-f-]{36}/);
  await page.keyboard.press("Escape");
  await expect(group.panel).toBeHidden();
  await expect(group.names.nth(1)).toBeFocused();
});

test("a child has an address of its own, with calling order, answers and where they come from", async ({ page }) => {
  const group = await open(page);
  const known = await group.openPanel("Ella Lindqvist");
  await expect(known.calls.first()).toBeVisible();
  await expect(known.section(short("pictures/publish"))).toBeVisible();
  await group.panel.getByRole("link", { name: t("staff.child.open") }).click();
  await expect(page).toHaveURL(/\/personal\/children\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name: "Ella Lindqvist" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Ella Lindqvist" })).toBeVisible();
  await expect(page.locator(".calls > li").first()).toContainText("Lindqvist");
  await page.goBack();
  await group.ready("2B");
});

test("the class page prints on A4 with who and when, and nothing is cut off", async ({ page }) => {
  const group = await open(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".printfoot")).toBeVisible();
  await expect(page.locator(".printfoot")).toContainText(ANNA);
  await expect(page.locator(".rail, .toolbar").first()).toBeHidden();
  // The width of A4 between the margins of `print.css`, at 96 pixels an inch.
  await page.setViewportSize({ width: Math.round((210 - 24) / 25.4 * 96), height: 1000 });
  const over = await page.locator(".tablewrap").evaluate((frame) => frame.scrollWidth - frame.clientWidth);
  expect(over, "pixels of the table beyond the paper").toBeLessThanOrEqual(1);
  const children = await group.rows.count();
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: false })).toString("latin1");
  const pages = pdf.match(A4_PAGES)?.length ?? 0;
  expect(pages).toBeGreaterThan(0);
  expect(pdf.match(A4)?.length ?? 0, "every page is A4").toBeGreaterThanOrEqual(pages);
  expect(pages, `${children} children`).toBeLessThanOrEqual(Math.ceil(children / 20) + 1);
});
