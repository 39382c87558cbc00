// Programs, forms and schools of different ages, and a tab that ends at the worst moment: what waits is never dropped and sent once.
import { MARIA } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { Waiting } from "../../pages/guardian/waiting.ts";
import { expect, test } from "../../test.ts";
import type { Page } from "@playwright/test";

test.use({ own: true });

const SUBMISSIONS = "**/api/submissions/*";
const RECEIPTS_AFTER = 2; // This one, and last year's.

async function answered(page: Page): Promise<Review> {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  await answerAll(page);
  return new Review(page);
}

async function expectSentOnce(page: Page): Promise<void> {
  await page.goto("/");
  await expect(new Home(page).allDone).toBeVisible();
  await expect(new Waiting(page).count).toBeHidden();
  await page.goto("/kvitton");
  await expect(page.locator(".tasklist .task")).toHaveCount(RECEIPTS_AFTER);
}

test("a program that is too old for the school: it waits, says so, and goes when the page is loaded anew", async ({ page }) => {
  const review = await answered(page);
  await page.route(SUBMISSIONS, (route) => route.fulfill({ status: 426, contentType: "application/json", body: JSON.stringify({ code: "outdated" }) }));
  await review.send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  await expect(waiting.items).toContainText(t("waiting.update"));
  await page.unroute(SUBMISSIONS);
  await page.reload();
  await expectSentOnce(page);
});

test("the form has a new version while an answer to the old one waits: it is shown, and taken", async ({ page, context, watch }) => {
  const review = await answered(page);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await review.send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  await page.route("**/api/guardian/home", async (route) => {
    const answer = await route.fetch();
    const home = await answer.json();
    for (const form of home.forms) form.version += 1;
    for (const task of home.tasks) task.form.version += 1;
    await route.fulfill({ response: answer, json: home });
  });
  let held: (() => void) | undefined;
  const asked = new Promise<void>((first) => {
    void page.route(SUBMISSIONS, async (route) => {
      first();
      await new Promise<void>((go) => { held = go; });
      await route.fallback();
    });
  });
  await context.setOffline(false);
  await asked;
  await expect(waiting.names).toContainText([t("home.own"), "Wilma"]);
  await page.unroute("**/api/guardian/home");
  held?.();
  await expect(waiting.none).toBeVisible();
  await expectSentOnce(page);
});

test("the tab ends while it is being sent: the next one sends it, once", async ({ page, context, watch }) => {
  const review = await answered(page);
  watch.expectNetworkFailures();
  const ids: string[] = [];
  const left = new Promise<void>((first) => {
    void context.route(SUBMISSIONS, async (route) => {
      if (route.request().method() !== "PUT") return route.fallback();
      ids.push(new URL(route.request().url()).pathname);
      if (ids.length > 1) return route.fallback();
      // The school has it; the tab does not live to hear of it.
      await route.fetch();
      first();
    });
  });
  await review.send.click();
  await left;
  await page.close();
  const again = await context.newPage();
  await again.goto("/");
  await expectSentOnce(again);
  expect(new Set(ids).size, "the same submission").toBe(1);
});

test("the tab ends when an answer waits for her: it still does in the next one", async ({ page, context }) => {
  const review = await answered(page);
  await context.route(SUBMISSIONS, (route) => route.fulfill({ status: 426, contentType: "application/json", body: JSON.stringify({ code: "outdated" }) }));
  await review.send.click();
  await new Waiting(page).ready();
  await expect(new Waiting(page).items).toContainText(t("waiting.update"));
  await page.close();
  const again = await context.newPage();
  await again.goto("/vantar");
  await expect(new Waiting(again).items).toContainText(t("waiting.update"));
  await context.unroute(SUBMISSIONS);
  await new Waiting(again).sendNow.click();
  await again.reload();
  await expectSentOnce(again);
});
