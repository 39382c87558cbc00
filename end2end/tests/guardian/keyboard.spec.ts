// The guardian's job with the keyboard alone, on a window as narrow as a phone: nothing is clicked or filled in by the test.
import { type Locator, type Page } from "@playwright/test";
import { MARIA } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Receipt } from "../../pages/guardian/receipt.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { nextOpen } from "../../pages/guardian/unanswered.ts";
import { expect, test } from "../../test.ts";

/** More than the stops of any page: past it, the target cannot be reached. */
const MOST_STOPS = 120;
const MOST_STEPS = 12;
const MOST_QUESTIONS = 30;

test.use({ own: true });

/** Presses Tab until the target has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const hasFocus = () => target.evaluate((element) => element === document.activeElement || element.contains(document.activeElement));
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await hasFocus()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${target}`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Answers the first open question: the first option, or words. */
async function answerOne(page: Page): Promise<boolean> {
  const open = await nextOpen(page);
  if (!open) return false;
  await tabTo(page, page.locator(`[id="${open.id}"]`));
  if (open.kind === "typed") await page.keyboard.type(open.input === "tel" ? "070-174 06 11" : "namn@example.se");
  else await page.keyboard.press("Space");
  return true;
}

test("from the start page to the receipt with Tab, Space and Enter", async ({ page }) => {
  test.slow();
  await page.goto("/");
  await press(page, new SignIn(page).persona(MARIA));
  await press(page, page.getByRole("button", { name: t("device.own") }));
  const home = new Home(page);
  await home.ready();
  await press(page, home.begin);
  const step = new Step(page);
  for (let at = 0; at < MOST_STEPS && /\/svara\//.test(page.url()); at++) {
    await step.ready();
    const here = page.url();
    for (let asked = 0; asked < MOST_QUESTIONS && await answerOne(page); asked++);
    await press(page, step.next);
    await expect.poll(() => page.url()).not.toBe(here);
  }
  const review = new Review(page);
  await review.ready();
  await press(page, review.send);
  const receipt = new Receipt(page);
  await receipt.ready();
  await press(page, page.getByRole("link", { name: t("receipt.home") }));
  await expect(home.allDone).toBeVisible();
});
