// Sending: a double tap sends once, a lost answer gives the same receipt again, and without a network nothing is lost.
import { MARIA } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { Receipt } from "../../pages/guardian/receipt.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Waiting } from "../../pages/guardian/waiting.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

const SUBMISSIONS = "**/api/submissions/*";

async function ready(page: import("@playwright/test").Page): Promise<Review> {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  await answerAll(page);
  return new Review(page);
}

test("a double tap sends once", async ({ page }) => {
  const review = await ready(page);
  const sent: string[] = [];
  page.on("request", (request) => { if (request.method() === "PUT" && request.url().includes("/api/submissions/")) sent.push(request.url()); });
  await review.send.dblclick();
  await new Receipt(page).ready();
  expect(sent).toHaveLength(1);
  await page.goto("/kvitton");
  await expect(page.locator(".tasklist .task")).toHaveCount(2); // This one, and last year's.
});

test("a lost answer: it goes again by itself, and the receipt is that of the first time", async ({ page, watch }) => {
  const review = await ready(page);
  watch.expectNetworkFailures();
  const ids: string[] = [];
  let first = "";
  await page.route(SUBMISSIONS, async (route) => {
    if (route.request().method() !== "PUT") return route.fallback();
    ids.push(new URL(route.request().url()).pathname);
    if (first) return route.fallback();
    const answer = await route.fetch();
    first = (await answer.json()).number;
    return route.abort("connectionreset");
  });
  await review.send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  await expect(waiting.none).toBeVisible();
  await page.getByRole("button", { name: t("receipt.title") }).click();
  const receipt = new Receipt(page);
  await receipt.ready();
  await expect(receipt.number).toHaveText(first);
  expect(new Set(ids).size, "the same submission").toBe(1);
  await page.goto("/kvitton");
  await expect(page.locator(".tasklist .task")).toHaveCount(2);
});

test("a lost answer and a reload: the page finds out that the school has it", async ({ page, watch }) => {
  const review = await ready(page);
  watch.expectNetworkFailures();
  await page.route(SUBMISSIONS, async (route) => {
    if (route.request().method() !== "PUT") return route.fallback();
    await route.fetch();
    return route.abort("connectionreset");
  });
  await review.send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  await expect(waiting.items).toContainText(t("waiting.tried"));
  await page.unroute(SUBMISSIONS);
  await page.goto("/");
  await expect(page.getByText(t("home.all-done"))).toBeVisible();
});

test("without a network: it waits, says so, and goes by itself when the network is back", async ({ page, context, watch }) => {
  const review = await ready(page);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await review.send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  await expect(waiting.items).toHaveCount(1);
  await expect(waiting.count).toContainText(t("waiting.count.one", { n: "1" }));
  await expectAccessible(page);
  await context.setOffline(false);
  await expect(waiting.none).toBeVisible();
  await expect(waiting.count).toBeHidden();
});

test("where a browser has no locks, a tab waits while another has the lease", async ({ page, context, watch }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
  const review = await ready(page);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await review.send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  let puts = 0;
  page.on("request", (request) => { if (request.method() === "PUT" && request.url().includes("/api/submissions/")) puts += 1; });
  await page.evaluate(() => localStorage.setItem("skolstart-send", `${Date.now() + 25_000} another-tab`));
  const asked = page.waitForResponse("**/api/guardian/home");
  await context.setOffline(false);
  await asked;
  await expect(waiting.items).toHaveCount(1);
  expect(puts, "the other tab is believed").toBe(0);
  await page.evaluate(() => localStorage.removeItem("skolstart-send"));
  await expect(waiting.none).toBeVisible();
  expect(puts).toBe(1);
});

const FOREIGN = "<!doctype html><title>Gratis wifi</title><p>Logga in här</p>";

for (const [status, what] of [[403, "refuses"], [200, "shows its own sign-in page"]] as const) {
  test(`a network that ${what} is no answer of the school: it goes again by itself`, async ({ page, watch }) => {
    const review = await ready(page);
    watch.expectNetworkFailures();
    let foreign = 0;
    const answer = { status, contentType: "text/html", body: FOREIGN };
    await page.route(SUBMISSIONS, (route) => { foreign += 1; return route.fulfill(answer); });
    await review.send.click();
    const waiting = new Waiting(page);
    await waiting.ready();
    await expect(waiting.items).toContainText(t("waiting.tried"));
    await page.unroute(SUBMISSIONS);
    await expect(waiting.none).toBeVisible();
    expect(foreign).toBeGreaterThan(0);
  });
}

test("the school stumbles: the same goes again some times, then waits for her, and her button sends it", async ({ page, watch }) => {
  await page.clock.install();
  const review = await ready(page);
  watch.expectNetworkFailures();
  watch.expectServerFaults();
  const ids: string[] = [];
  await page.route(SUBMISSIONS, (route) => {
    ids.push(new URL(route.request().url()).pathname);
    return route.fulfill({ status: 500, body: "" });
  });
  await review.send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  await expect(waiting.items).toContainText(t("waiting.tried"));
  for (let tries = 2; tries <= 5; tries++) {
    await page.clock.fastForward("00:30");
    await expect.poll(() => ids.length).toBe(tries);
  }
  await expect(waiting.items).toContainText(t("waiting.fault"));
  await page.clock.fastForward("10:00");
  expect(ids).toHaveLength(5);
  await page.unroute(SUBMISSIONS);
  await waiting.sendNow.click();
  await expect(waiting.none).toBeVisible();
  expect(new Set(ids).size, "the same submission").toBe(1);
});

test("a pause is not waited out when the page is shown again", async ({ page, watch }) => {
  await page.clock.install();
  const review = await ready(page);
  watch.expectNetworkFailures();
  let tries = 0;
  await page.route(SUBMISSIONS, (route) => { tries += 1; return route.abort(); });
  await review.send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  for (let expected = 2; expected <= 6; expected++) {
    await page.clock.fastForward("02:00");
    await expect.poll(() => tries).toBe(expected);
  }
  await page.unroute(SUBMISSIONS);
  // About a minute is left of the pause.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await expect(waiting.none).toBeVisible();
});

test("a browser that is wrong about having no network: the button sends", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "onLine", { get: () => false }));
  const review = await ready(page);
  await review.sent();
});

test("what waits says what for: that it is on its way, and that she must sign in", async ({ page, context, watch }) => {
  const review = await ready(page);
  watch.expectNetworkFailures();
  let let_go = () => {};
  const held = new Promise<void>((go) => { let_go = go; });
  await page.route(SUBMISSIONS, async (route) => { await held; return route.abort(); });
  await review.send.click();
  await page.evaluate(() => history.pushState(null, "", "/vantar"));
  await page.evaluate(() => dispatchEvent(new PopStateEvent("popstate")));
  const waiting = new Waiting(page);
  await waiting.ready();
  await expect(waiting.items).toContainText(t("waiting.sending"));
  await context.clearCookies();
  let_go();
  await expect(waiting.items).toContainText(t("waiting.tried"));
  await page.unroute(SUBMISSIONS);
  await waiting.sendNow.click();
  await expect(waiting.items).toContainText(t("waiting.sign-in"));
  await expectAccessible(page);
  // Whoever opens the program on this device is told that something waits, and not whose.
  await page.goto("/");
  await expect(page.locator(".notice").filter({ hasText: t("waiting.unsent") })).toHaveText(t("waiting.unsent"));
  await expectAccessible(page);
  await new SignIn(page).persona(MARIA).click();
  await expect(page.getByText(t("home.all-done"))).toBeVisible();
});
