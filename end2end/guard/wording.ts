// What no page may ever show: the key of a text instead of the text, or a value's placeholder.
import { type Page, expect } from "@playwright/test";
import { KEYS } from "../municipality/texts.ts";

const FAMILIES = [...new Set(KEYS.map((key) => key.split(".")[0]))].join("|");
const KEY = new RegExp(`(^|\\s)(${FAMILIES})\\.[a-z][a-z.-]+(?=\\s|$)`, "m");

/** The page shows sentences only. */
export async function expectWords(page: Page): Promise<void> {
  const shown = await page.evaluate(() => {
    const attributes = [...document.querySelectorAll("[aria-label], [placeholder], [title]")]
      .flatMap((element) => ["aria-label", "placeholder", "title"].map((name) => element.getAttribute(name) ?? ""));
    return [document.title, document.body.innerText, ...attributes].join("\n");
  });
  expect.soft(shown.match(KEY)?.[0]?.trim() ?? "", `a text key on ${new URL(page.url()).pathname}`).toBe("");
  expect.soft(shown.match(/\{[a-z]+\}/)?.[0] ?? "", `an unfilled place on ${new URL(page.url()).pathname}`).toBe("");
}
