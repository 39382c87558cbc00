// Axe on a page as it stands, in light and in dark. Every page of both programs passes here.
import { AxeBuilder } from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

/** Everything in light. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** In dark what colours decide: nothing else differs. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** Fails with the rule, the element and the reason of everything that axe finds. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page });
    const { violations } = await (colorScheme === "light" ? axe.withTags(TAGS) : axe.withRules(COLOURS)).analyze();
    const said = violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${colorScheme} ${id}: ${node.target.join(" ")} – ${node.failureSummary?.split("\n").at(1)?.trim()}`));
    expect.soft(said, `axe on ${new URL(page.url()).pathname.replace(/[0-9a-f-]{36}/g, "…")}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}
