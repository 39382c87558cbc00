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
  await page.evaluate(() => new Promise<void>((done, failed) => {
    const gone = indexedDB.deleteDatabase("skolstart");
    gone.onsuccess = () => done();
    gone.onerror = () => failed(gone.error);
  }));
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
  await page.evaluate(() => new Promise<void>((done, failed) => {
    const gone = indexedDB.deleteDatabase("skolstart");
    gone.onsuccess = () => done();
    gone.onerror = () => failed(gone.error);
  }));
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
