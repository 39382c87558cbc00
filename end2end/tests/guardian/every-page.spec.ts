// Every page of the guardian program: axe in light and dark, words only, 320 px, doubled text, targets, focus.
import type { Page } from "@playwright/test";
import { SARA } from "../../municipality/cast.ts";
import { label, option, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectLargeTargets, expectNoSideways, expectVisibleFocus } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";

const PHONE = { width: 390, height: 844 };
const NARROW = { width: 320, height: 700 };
const STAY = ".childcard, .consent, .known__item, .review, .receipt, .tasklist, .persona, .empty";

test.use({ own: true });

/** Goes through the whole program and looks at each page once. The acts of the second child look like those of the first. */
async function everyPage(page: Page, look: (page: Page) => Promise<void>): Promise<void> {
  await page.goto("/");
  const signIn = new SignIn(page);
  await expect(signIn.persona(SARA)).toBeVisible();
  await look(page);
  await signIn.persona(SARA).click();
  await expect(signIn.question).toBeVisible();
  await look(page);
  await signIn.device("device.own");
  const home = new Home(page);
  await home.ready();
  await look(page);
  const seen = new Set<string>();
  const acts = new Set<string>();
  await answerAll(page, {}, async (step) => {
    const act = new URL(page.url()).pathname.split("/").slice(2, 4).join("/");
    if (acts.has(act)) return;
    acts.add(act);
    await look(page);
    if (seen.size === 0) await step.change(label("contact-details/own/phone"));
    seen.add(act);
    if (act === "pictures/publish") {
      await step.next.click();
      await expect(step.summary).toBeFocused();
      await look(page);
    }
    if (act === "special-diet/diet" && await step.group(label("special-diet/diet/special")).isVisible()) {
      await step.choose(label("special-diet/diet/special"), t("value.yes"));
      await step.choose(label("special-diet/diet/needs"), option("special-diet/diet/needs", "egg"));
      await look(page);
    }
  });
  await look(page);
  const receipt = await new Review(page).sent();
  await look(page);
  const after = await receipt.home();
  await look(page);
  const child = await after.openChild("Ella");
  await expect(child.history.first()).toBeVisible();
  await look(page);
  await page.getByRole("link", { name: t("consents.link") }).first().click();
  await expect(page.locator(".timeline__item").first()).toBeVisible();
  await look(page);
  await page.goto("/kvitton");
  await expect(page.locator(".task").first()).toBeVisible();
  await look(page);
  await page.goto("/finns-inte");
  await expect(page.getByRole("link", { name: t("common.not-found.home") })).toBeVisible();
  await look(page);
}

test("axe finds nothing, in light and in dark", async ({ page }) => {
  test.setTimeout(120_000);
  await everyPage(page, async () => {
    await expectAccessible(page);
    await expectDark(page);
  });
});

test("320 pixels, doubled text, large targets, visible focus, words only", async ({ page }) => {
  test.setTimeout(120_000);
  await everyPage(page, async () => {
    await page.locator(STAY).first().waitFor({ state: "attached", timeout: 2000 }).catch(() => undefined);
    await expectWords(page);
    await expectLargeTargets(page);
    await page.setViewportSize(NARROW);
    await expectNoSideways(page);
    await page.setViewportSize(PHONE);
    await page.evaluate(() => { document.documentElement.style.fontSize = "225%"; });
    await expectNoSideways(page);
    await page.evaluate(() => { document.documentElement.style.fontSize = ""; });
    await expectVisibleFocus(page, 6);
  });
});
