// Every page of the staff program: axe in light and dark, words only in both languages, a narrow window, visible focus.
import type { Page } from "@playwright/test";
import { ANNA, LARS, MATS } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectLargeTargets, expectNoSideways, expectVisibleFocus } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { width: 1366, height: 900 };
/** 1366 pixels at 200 % zoom, and the narrowest window of WCAG 1.4.10. */
const NARROW = [{ width: 683, height: 450 }, { width: 320, height: 700 }];

async function everyPage(page: Page, look: () => Promise<void>): Promise<void> {
  await page.goto("/personal/");
  await expect(page.getByRole("button", { name: ANNA })).toBeVisible();
  await look();
  await page.getByRole("button", { name: ANNA }).click();
  const desk = new Desk(page);
  await expect(desk.groupLink("2B")).toBeVisible();
  await look();
  const group = await desk.openGroup("2B");
  await look();
  await group.openPanel("Ella Lindqvist");
  await expect(group.panel.locator(".facts").first()).toBeVisible();
  await look();
  await group.panel.locator("a.button").click();
  await expect(page.getByRole("heading", { level: 1, name: "Ella Lindqvist" })).toBeVisible();
  await look();
  await page.goBack();
  // In whatever language the page is.
  await page.locator("a[href$='/consents']").click();
  await page.getByRole("checkbox", { name: "Ella Lindqvist" }).check();
  await look();
  await page.goBack();
  await page.locator("a[href$='/collecting']").click();
  await expect(page.locator("tr[data-child]").first()).toBeVisible();
  await look();
  await page.goto("/personal/inget-har");
  await expect(page.locator(".empty")).toBeVisible();
  await look();
}

test("axe finds nothing, in light and in dark", async ({ page }) => {
  test.setTimeout(120_000);
  await everyPage(page, async () => {
    await expectAccessible(page);
    await expectDark(page);
  });
});

test("200 % zoom and 320 pixels, visible focus, words only", async ({ page }) => {
  test.setTimeout(120_000);
  await everyPage(page, async () => {
    await expectWords(page);
    for (const size of NARROW) {
      await page.setViewportSize(size);
      await expectNoSideways(page);
    }
    await page.setViewportSize(LAPTOP);
    await expectVisibleFocus(page, 10);
  });
});

test.describe("on a screen that is touched", () => {
  test.use({ hasTouch: true });

  test("targets are as wide as a finger", async ({ page }) => {
    test.setTimeout(120_000);
    await everyPage(page, () => expectLargeTargets(page));
  });
});

test("the figures of the municipality: axe, narrow, words", async ({ page }) => {
  await Desk.as(page, MATS);
  await expect(page.locator(".chart__svg")).toBeVisible();
  await expectAccessible(page);
  await expectWords(page);
  for (const size of NARROW) {
    await page.setViewportSize(size);
    await expectNoSideways(page);
  }
});

test("English on every page, kept after a reload", async ({ page }) => {
  await page.goto("/personal/");
  await page.getByLabel(t("common.language")).selectOption("en");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await everyPage(page, async () => {
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expectWords(page);
    const shown = await page.locator("main").innerText();
    expect(shown.match(/(^|\s)(och|är|inte|för|på|som|att|med|eller|svar|barn|klara)(\s|$)/i)?.[0] ?? "").toBe("");
  });
});

test("a chosen colour scheme holds against the system's and after a reload", async ({ page }) => {
  await Desk.as(page, LARS);
  await page.emulateMedia({ colorScheme: "light" });
  const button = page.getByRole("button", { name: t("staff.theme.auto") });
  await button.click();
  await page.getByRole("button", { name: t("staff.theme.light") }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
