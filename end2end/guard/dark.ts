// Dark mode is dark, light mode is light: a page that forgets a token is neither.
import { type Page, expect } from "@playwright/test";

async function brightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    return (red * 0.299 + green * 0.587 + blue * 0.114) / 255;
  });
}

/** The page's ground follows what the reader's system asks for. */
export async function expectDark(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await brightness(page)).toBeLessThan(0.2);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await brightness(page)).toBeGreaterThan(0.8);
  await page.emulateMedia({ colorScheme: null });
}
