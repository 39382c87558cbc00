// Without a network: after one visit the program opens, shows what was known, takes answers, and sends them by itself later.
// The service worker is real here; `context.setOffline` takes the network from the page and from the worker.
import { type Page } from "@playwright/test";
import { GUNNAR, MARIA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { answerAll, kept, visit } from "../../pages/guardian/visit.ts";
import { Waiting } from "../../pages/guardian/waiting.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true, serviceWorkers: "allow" });

const PHONE = label("contact-details/own/phone");

/** The names of everything that the program keeps in its database. */
function rows(page: Page): Promise<string[]> {
  return page.evaluate(() => new Promise<string[]>((found, failed) => {
    const opening = indexedDB.open("skolstart");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const keys = opening.result.transaction("kept").objectStore("kept").getAllKeys();
      keys.onsuccess = () => { opening.result.close(); found(keys.result.map(String)); };
    };
  }));
}

test("after one visit everything can be answered and sent without a network, also after the tab was closed", async ({ page, context, watch }) => {
  await visit(page, MARIA);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await page.reload();
  const home = new Home(page);
  await home.ready();
  await expect(page.getByText(t("offline.remembered"))).toBeVisible();
  await expect(home.card("Wilma")).toBeVisible();
  await expectAccessible(page);
  await answerAll(page);
  await new Review(page).send.click();
  await new Waiting(page).ready();
  await expect(new Waiting(page).items).toHaveCount(1);
  await expect(new Waiting(page).names).toContainText([t("home.own"), "Wilma"]);
  await expectAccessible(page);
  await page.close();

  const again = await context.newPage();
  const waiting = new Waiting(again);
  await again.goto("/vantar");
  await expect(waiting.items).toHaveCount(1);
  // What waits is done for her: it is not asked once more.
  await again.goto("/");
  await expect(new Home(again).card("Wilma")).toBeVisible();
  await expect(new Home(again).begin).toBeHidden();
  await again.goto("/kvitton");
  await expect(again.getByText(t("offline.missing"))).toBeVisible();
  await context.setOffline(false);
  // A page that was opened without a network is not told by this browser that it is back: it asks by itself.
  await expect(waiting.count).toBeHidden();
  // The receipt of what has waited comes into the list that is open: this one, and last year's.
  await expect(again.locator(".tasklist .task")).toHaveCount(2);
  await again.goto("/");
  await expect(new Home(again).allDone).toBeVisible();
});

test("what the school must be asked for is missing without a network, and comes by itself when it is back", async ({ page, context, watch }) => {
  await visit(page, MARIA);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await page.getByRole("link", { name: t("receipts.heading") }).click();
  await expect(page.getByText(t("offline.missing"))).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  const strip = page.locator(".banner");
  await expect(strip).toHaveText(t("offline.remembered"));
  expect((await strip.boundingBox())?.height, "a strip, no page").toBeLessThan(80);
  await expectAccessible(page);
  await page.getByRole("button", { name: t("common.try-again") }).click();
  await expect(page.getByText(t("offline.missing"))).toBeVisible();
  await context.setOffline(false);
  await expect(page.locator(".tasklist .task")).toHaveCount(1); // Last year's.
  await expect(strip).toHaveCount(0);
});

test("typed without a network and the tab closed: it is there when she comes back", async ({ page, context, watch }) => {
  await visit(page, MARIA);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await page.reload();
  const step = await new Home(page).start();
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 46");
  // Whether the browser says that it has no network after a reload is up to it; kept it is in either case.
  await expect(step.kept).toHaveAttribute("data-state", /^(device|offline)$/);
  await page.close();
  const again = await context.newPage();
  await again.goto("/");
  const later = await new Home(again).start();
  await expect(later.input(PHONE)).toHaveValue("070-174 06 46");
});

test("what waits can be taken back and changed before it has left the device", async ({ page, context, watch }) => {
  await visit(page, MARIA);
  await answerAll(page);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await new Review(page).send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  const bar = await page.locator(".appbar").boundingBox();
  expect(bar?.height, "the head of the page is one row").toBeLessThan(70);
  await waiting.items.getByRole("button").click();
  const step = new Step(page);
  await step.ready();
  await expect(waiting.count).toBeHidden();
  await page.goto("/");
  await new Home(page).begin.click();
  await new Review(page).send.click();
  await waiting.ready();
  await context.setOffline(false);
  await expect(waiting.none).toBeVisible();
});

test("somebody else signs in: what waits is neither shown nor sent, and waits for its owner", async ({ page, context, watch }) => {
  await visit(page, MARIA);
  await answerAll(page);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await new Review(page).send.click();
  await new Waiting(page).ready();
  await context.clearCookies();
  await page.close();

  await context.setOffline(false);
  const other = await context.newPage();
  const sent: string[] = [];
  other.on("request", (request) => { if (request.method() === "PUT" && request.url().includes("/api/submissions/")) sent.push(request.url()); });
  await other.goto("/");
  await new SignIn(other).persona(GUNNAR).click();
  await new Home(other).ready();
  await other.goto("/vantar");
  await expect(new Waiting(other).none).toBeVisible();
  expect(sent).toEqual([]);

  await context.clearCookies();
  await other.goto("/");
  await new SignIn(other).persona(MARIA).click();
  await new Home(other).ready();
  await expect(new Home(other).allDone).toBeVisible();
  expect(sent).toHaveLength(1);
});

test("she leaves the device without a network: nothing of hers opens, and the session is ended as soon as the school is there", async ({ page, context, watch }) => {
  await visit(page, MARIA);
  await answerAll(page);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await new Review(page).send.click();
  await new Waiting(page).ready();
  await new Home(page).signOutButton.click();
  // What waits is asked about first.
  const question = page.getByRole("dialog", { name: t("sign-out.heading") });
  await question.getByRole("button", { name: t("sign-out.no") }).click();
  await expect(new Waiting(page).items).toHaveCount(1);
  await new Home(page).signOutButton.click();
  await question.getByRole("button", { name: t("sign-out.yes") }).click();
  await expect(page.getByRole("heading", { level: 1, name: t("sign-in.title") })).toBeVisible();
  await expect.poll(() => rows(page)).toEqual([]);
  await page.reload();
  await expect(page.getByText(t("common.error.offline"))).toBeVisible();
  await expect(page.locator("body")).not.toContainText("Wilma");
  await context.setOffline(false);
  await page.goto("/");
  await expect(new SignIn(page).heading).toBeVisible();
  expect(await page.evaluate(async () => (await fetch("/api/session")).status)).toBe(401);
});

test("a shared device keeps nothing, and does not open without a network", async ({ page, context, watch }) => {
  await page.goto("/");
  const signIn = new SignIn(page);
  await signIn.persona(MARIA).click();
  await expect(signIn.question).toBeVisible();
  await expectAccessible(page);
  await signIn.device("device.shared");
  const home = new Home(page);
  await home.ready();
  await kept(page);
  const step = await home.start();
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 47");
  await expect(step.kept).toHaveText(t("kept.protected"));
  expect(await rows(page)).toEqual([]);
  await expect(step.kept).toHaveText(t("kept.school"));
  expect(await rows(page)).toEqual([]);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await page.goto("/");
  await expect(page.getByText(t("common.error.offline"))).toBeVisible();
});

test("a program that somebody has changed on the device is not run: it is fetched anew", async ({ page }) => {
  await visit(page, MARIA);
  const changed = await page.evaluate(async () => {
    const changed: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (!/\/(app|guardian|boot)-[^/]*\.js$/.test(new URL(request.url).pathname)) continue;
        changed.push(request.url);
        await cache.put(request, new Response("document.title = 'ändrad';", { headers: { "content-type": "text/javascript" } }));
      }
    }
    return changed;
  });
  expect(changed.length).toBeGreaterThan(0);
  await page.reload();
  await new Home(page).ready();
  await expect(page).not.toHaveTitle("ändrad");
  const mended = await page.evaluate(async (urls) => {
    const texts = await Promise.all(urls.map(async (url) => (await caches.match(url))?.text()));
    return texts.every((text) => text !== undefined && !text.includes("ändrad"));
  }, changed);
  expect(mended).toBe(true);
});
