// What can be measured of a layout: nothing runs out at the side, everything to tap is large enough, focus is seen.
import { type Page, expect } from "@playwright/test";

/** Nothing makes the page wider than the window (WCAG 1.4.10). Tables scroll inside their own frame. */
export async function expectNoSideways(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const inFrame = (element: Element) => element.closest(".tablewrap, .visually-hidden, svg") !== null;
    return [...document.querySelectorAll("body *")]
      .filter((element) => !inFrame(element) && element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} to ${Math.round(element.getBoundingClientRect().right)} of ${width}`);
  });
  expect.soft(wide.slice(0, 5), `wider than the window: ${new URL(page.url()).pathname}`).toEqual([]);
}

/** Everything to tap is at least 44 × 44 CSS pixels, except links in a sentence (WCAG 2.5.5). */
export async function expectLargeTargets(page: Page): Promise<void> {
  const small = await page.evaluate(() => {
    const LEAST = 44;
    const all = document.querySelectorAll<HTMLElement>("button, a[href], select, input, textarea, summary");
    const shown = [...all].filter((element) => element.checkVisibility({ opacityProperty: false }) && !element.closest(".visually-hidden, .skip"));
    return shown.flatMap((element) => {
      // The label around a radio button or a check box is tapped as well.
      const target = element.closest("label") ?? element;
      const { width, height } = target.getBoundingClientRect();
      const inSentence = element.tagName === "A" && getComputedStyle(element).display === "inline";
      if (inSentence || element.matches(".skip") || (width >= LEAST - 0.5 && height >= LEAST - 0.5)) return [];
      return [`${target.tagName.toLowerCase()}.${target.className} "${target.innerText.trim().slice(0, 30)}" ${Math.round(width)}×${Math.round(height)}`];
    });
  });
  expect.soft(small, `too small to tap: ${new URL(page.url()).pathname}`).toEqual([]);
}

/** Tab through the page: each stop has an outline, a shadow or a border that it has not without focus (WCAG 2.4.7). */
export async function expectVisibleFocus(page: Page, stops: number): Promise<void> {
  await page.evaluate(() => { (document.activeElement as HTMLElement | null)?.blur(); });
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const look = (element: Element) => {
        const style = getComputedStyle(element);
        return [style.outlineStyle !== "none" ? style.outline : "", style.boxShadow, style.borderColor, style.backgroundColor].join("|");
      };
      const active = document.activeElement;
      if (!active || active === document.body) return "";
      // A hidden radio button shows its focus on the face beside it.
      const faces = [active, active.nextElementSibling, active.parentElement].filter((one) => one !== null);
      const focused = faces.map(look);
      (active as HTMLElement).blur();
      const without = faces.map(look);
      (active as HTMLElement).focus();
      const differs = focused.some((one, at) => one !== without[at]);
      return differs ? "" : `${active.tagName.toLowerCase()}.${active.className}`;
    });
    expect.soft(seen, "takes the focus without showing it").toBe("");
  }
}
