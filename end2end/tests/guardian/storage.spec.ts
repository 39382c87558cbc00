// What browsers do to what is kept: full, forbidden, closed under us, cleared. It is noticed, said, and nothing typed is lost.
import { MARIA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { answerAll, answerAndSend } from "../../pages/guardian/visit.ts";
import { Waiting } from "../../pages/guardian/waiting.ts";
import { expect, test } from "../../test.ts";
import type { Page } from "@playwright/test";

test.use({ own: true });

const PHONE = label("contact-details/own/phone");
const SCHOOL = "**/api/guardian/draft";

async function begun(page: Page): Promise<Step> {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  return home.start();
}

/** What a browser throws away by itself, or somebody else with its settings. */
async function clear(page: Page, ...what: ("database" | "words")[]): Promise<void> {
  if (what.includes("words")) await page.evaluate(() => localStorage.clear());
  if (!what.includes("database")) return;
  await page.evaluate(() => new Promise<void>((done, failed) => {
    const gone = indexedDB.deleteDatabase("skolstart");
    gone.onsuccess = () => done();
    gone.onerror = () => failed(gone.error);
  }));
}

/** Has typed something that the school does not have. The page stands where nothing is being written. */
async function typed(page: Page, number: string): Promise<Step> {
  await page.route(SCHOOL, (route) => route.abort());
  const step = await begun(page);
  await step.change(PHONE);
  await step.input(PHONE).fill(number);
  await expect(step.kept).toHaveText(t("kept.device"));
  return leave(page, step);
}

async function leave(page: Page, step: Step): Promise<Step> {
  await page.goto("about:blank");
  await page.goto("/kvitton");
  await page.locator("main h1").waitFor();
  return step;
}

function records(page: Page): Promise<string[]> {
  return page.evaluate(() => new Promise<string[]>((done, failed) => {
    const open = indexedDB.open("skolstart");
    open.onerror = () => failed(open.error);
    open.onsuccess = () => {
      const keys = open.result.transaction("kept").objectStore("kept").getAllKeys();
      keys.onsuccess = () => { open.result.close(); done(keys.result.map(String)); };
    };
  }));
}

test("the device is full: it says so, the school keeps it, and it can be sent", async ({ page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
  });
  const step = await begun(page);
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 61");
  await expect(step.kept).toHaveText(t("kept.fleeting"));
  await expect(step.kept).toHaveText(t("kept.school"));
  await page.reload();
  await expect(step.input(PHONE)).toHaveValue("070-174 06 61");
  await page.goto("/");
  await answerAndSend(page);
});

test("the device is full, and it is found out only when everything is to be written: nothing says that it is saved", async ({ page, watch }) => {
  watch.expectNetworkFailures();
  await page.route(SCHOOL, (route) => route.abort());
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, key) {
      const request = put.call(this, value, key);
      if (key === "draft") request.addEventListener("success", () => this.transaction.abort());
      return request;
    };
  });
  const step = await begun(page);
  await step.change(PHONE);
  const said: string[] = [];
  await page.exposeFunction("said", (words: string) => { said.push(words); });
  await step.kept.evaluate((kept) => {
    new MutationObserver(() => { (window as unknown as { said: (words: string) => void }).said(kept.textContent ?? ""); })
      .observe(kept.parentElement ?? kept, { childList: true, subtree: true, characterData: true, attributes: true });
  });
  await step.input(PHONE).fill("070-174 06 66");
  await expect(step.kept).toHaveText(t("kept.fleeting"));
  expect(said).not.toContain(t("kept.device"));
});

test("a browser whose storage never answers: after a while online only, and it says so", async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  });
  const step = await begun(page);
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 67");
  await expect(step.kept).toHaveText(t("kept.fleeting"));
  await expect(step.kept).toHaveText(t("kept.school"));
  await page.goto("/");
  await answerAndSend(page);
});

test("a private window that has no storage: online only, and it says so", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { get: () => { throw new DOMException("private", "SecurityError"); } });
  });
  const step = await begun(page);
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 62");
  await expect(step.kept).toHaveText(t("kept.fleeting"));
  await page.goto("/");
  await answerAndSend(page);
});

test("the browser closes the database under the page, as phones do: the next save opens it anew", async ({ page, watch }) => {
  await page.addInitScript(() => {
    const { transaction } = IDBDatabase.prototype;
    let left = 0;
    Object.assign(window, { closeDatabases: (times: number) => { left = times; } });
    IDBDatabase.prototype.transaction = function (...args) {
      if (left > 0) {
        left -= 1;
        this.close();
        throw new DOMException("The database connection is closing.", "InvalidStateError");
      }
      return transaction.apply(this, args);
    };
  });
  const step = await begun(page);
  await step.change(PHONE);
  await page.evaluate(() => { (window as unknown as { closeDatabases: (times: number) => void }).closeDatabases(1); });
  await step.input(PHONE).fill("070-174 06 63");
  await expect(step.kept).toHaveText(t("kept.device"));
  watch.expectNetworkFailures();
  await page.route(SCHOOL, (route) => route.abort());
  await page.reload();
  await expect(step.input(PHONE)).toHaveValue("070-174 06 63");
});

test("the browser has cleared everything: the school still has what was begun", async ({ page }) => {
  const step = await begun(page);
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 64");
  await expect(step.kept).toHaveText(t("kept.school"));
  await clear(page, "database");
  await page.reload();
  await expect(step.input(PHONE)).toHaveValue("070-174 06 64");
  await expect(page.getByText(t("offline.lost"))).toBeHidden();
});

test("the browser has cleared what only the device had: it says so once", async ({ page, watch }) => {
  await page.route(SCHOOL, (route) => route.abort());
  watch.expectNetworkFailures();
  const step = await begun(page);
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 65");
  await expect(step.kept).toHaveText(t("kept.device"));
  await page.goto("about:blank");
  await page.goto("/kvitton");
  await clear(page, "database");
  await page.reload();
  const said = page.locator(".banner").filter({ hasText: t("offline.lost") });
  await expect(said).toBeVisible();
  await expectAccessible(page);
  await said.getByRole("button").click();
  await expect(said).toBeHidden();
  await page.reload();
  await page.locator("main h1").waitFor();
  await expect(said).toBeHidden();
});

test("the browser has cleared the database, and the school has only what was written first: both are said", async ({ page, watch }) => {
  const step = await begun(page);
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 68");
  await expect(step.kept).toHaveText(t("kept.school"));
  watch.expectNetworkFailures();
  await page.route(SCHOOL, (route) => route.abort());
  await step.input(PHONE).fill("070-174 06 69");
  await expect(step.kept).toHaveText(t("kept.device"));
  const at = page.url();
  await leave(page, step);
  await clear(page, "database");
  await page.unroute(SCHOOL);
  await page.goto(at);
  await expect(step.input(PHONE)).toHaveValue("070-174 06 68");
  await expect(page.getByText(t("offline.lost"))).toBeVisible();
});

test("the browser has cleared only the words: she is asked whose device it is, and everything is there", async ({ page, watch }) => {
  watch.expectNetworkFailures();
  const step = await typed(page, "070-174 06 70");
  await clear(page, "words");
  await page.goto("/");
  await new SignIn(page).device("device.own");
  const home = new Home(page);
  await home.ready();
  await expect(page.getByText(t("offline.lost"))).toBeHidden();
  await home.start();
  await expect(step.input(PHONE)).toHaveValue("070-174 06 70");
  // The mark is there again: what is thrown away later is noticed.
  await leave(page, step);
  await clear(page, "database");
  await page.reload();
  await expect(page.getByText(t("offline.lost"))).toBeVisible();
});

test("the browser has cleared only the words, and she says that others use the device: what she typed stays in memory", async ({ page, watch }) => {
  watch.expectNetworkFailures();
  const step = await typed(page, "070-174 06 72");
  expect(await records(page)).toContain("draft");
  await clear(page, "words");
  await page.goto("/");
  await new SignIn(page).device("device.shared");
  const home = new Home(page);
  await home.ready();
  await home.start();
  await expect(step.input(PHONE)).toHaveValue("070-174 06 72");
  await expect(step.kept).toHaveText(t("kept.protected"));
  expect(await records(page)).not.toContain("draft");
});

test("the browser has cleared only the words, and there is no network: it goes on with what is on the device", async ({ page, watch }) => {
  watch.expectNetworkFailures();
  const step = await typed(page, "070-174 06 73");
  await clear(page, "words");
  await page.route("**/api/**", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByText(t("offline.remembered"))).toBeVisible();
  await new Home(page).start();
  await expect(step.input(PHONE)).toHaveValue("070-174 06 73");
});

test("the browser has cleared the database and the words, and left the cookies: it says that something is gone", async ({ page, context, watch }) => {
  watch.expectNetworkFailures();
  await typed(page, "070-174 06 74");
  const mark = async () => (await context.cookies()).find((cookie) => cookie.name === "skolstart-kept");
  expect(await mark()).toMatchObject({ sameSite: "Strict", value: expect.stringMatching(/^\d{1,10}$/) });
  await clear(page, "words", "database");
  await page.goto("/");
  await new SignIn(page).device("device.own");
  const said = page.locator(".banner").filter({ hasText: t("offline.lost") });
  await expect(said).toBeVisible();
  await said.getByRole("button").click();
  await expect(said).toBeHidden();
  expect(await mark()).toBeUndefined();
});

test("the browser has cleared everything, cookies too: what the school has is here when she has signed in", async ({ page, context }) => {
  const step = await begun(page);
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 75");
  await expect(step.kept).toHaveText(t("kept.school"));
  await leave(page, step);
  await clear(page, "words", "database");
  await context.clearCookies();
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  await home.start();
  await expect(step.input(PHONE)).toHaveValue("070-174 06 75");
  await expect(page.getByText(t("offline.lost"))).toBeHidden();
});

test("something waits: the browser is asked to keep it, and the home screen is suggested once", async ({ page, context, watch }) => {
  await page.addInitScript(() => {
    const asked: boolean[] = [];
    Object.assign(window, { asked });
    navigator.storage.persist = () => { asked.push(true); return Promise.resolve(true); };
  });
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  await answerAll(page);
  const asked = () => page.evaluate(() => (window as unknown as { asked: boolean[] }).asked.length);
  expect(await asked(), "nothing to protect yet").toBe(0);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await new Review(page).send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  await expect.poll(asked).toBe(1);
  const suggestion = page.getByText(t("waiting.home-screen"));
  await expect(suggestion).toBeVisible();
  await page.getByRole("button", { name: t("told.read") }).click();
  await expect(suggestion).toBeHidden();
  await page.getByRole("link", { name: t("home.title") }).click();
  await new Home(page).ready();
  await waiting.count.click();
  await waiting.ready();
  await expect(suggestion).toBeHidden();
});
