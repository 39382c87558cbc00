// The session ends while she writes; and somebody else takes the same device.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Page, chromium } from "@playwright/test";
import { GUNNAR, JOHAN, SARA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { Waiting } from "../../pages/guardian/waiting.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

const EMAIL = label("contact-details/own/email");
const CANARY = "kanariefagel-zq7731";

async function typeCanary(page: Page, who: string): Promise<Step> {
  const home = await SignIn.as(page, who);
  await home.ready();
  const step = await home.start();
  if (await step.known(EMAIL).isVisible()) await step.change(EMAIL);
  await step.input(EMAIL).fill(CANARY);
  await expect(step.kept).toHaveText(t("kept.device"));
  return step;
}

/** Everything the page's origin keeps on the device, as text in which a UTF-8 or UTF-16 canary shows. */
function storedText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const said: string[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    const spell = (value: unknown): void => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
        const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer);
        said.push(new TextDecoder().decode(bytes), new TextDecoder("utf-16le").decode(bytes));
      } else if (value !== null && typeof value === "object") {
        for (const [key, inside] of Object.entries(value)) { said.push(key); spell(inside); }
      } else said.push(String(value));
    };
    const done = <T>(request: IDBRequest<T>) => new Promise<T>((yes, no) => {
      request.onsuccess = () => yes(request.result);
      request.onerror = () => no(request.error);
    });
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue;
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        spell(await done(objects.getAll()));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) said.push(request.url);
    }
    return said.join("\n");
  });
}

test("signed out in the middle: after signing in again the typed text is there", async ({ page, context }) => {
  const step = await typeCanary(page, SARA);
  await context.clearCookies();
  await page.reload();
  const signIn = new SignIn(page);
  await expect(signIn.heading).toBeVisible();
  await expect(page.locator("body")).not.toContainText(CANARY);
  await signIn.persona(SARA).click();
  await expect(step.input(EMAIL)).toHaveValue(CANARY);
});

test("signed out when sending: sign in again, send, and nothing is lost", async ({ page, context }) => {
  const home = await SignIn.as(page, GUNNAR);
  await home.ready();
  await answerAll(page);
  const review = new Review(page);
  await context.clearCookies();
  await review.send.click();
  await expect(page.getByText(t("common.ended.heading"))).toBeVisible();
  await page.getByRole("button", { name: t("common.ended.sign-in") }).click();
  await new SignIn(page).persona(GUNNAR).click();
  // What she pressed send on goes by itself.
  await home.ready();
  await expect(home.allDone).toBeVisible();
  await expect(new Waiting(page).count).toBeHidden();
});

test("somebody else on the same device sees nothing of it", async ({ page, context }) => {
  await typeCanary(page, SARA);
  expect(await storedText(page), "sealed also while it is hers").not.toContain(CANARY);
  await context.clearCookies();
  await page.goto("/");
  await new SignIn(page).persona(JOHAN).click();
  const step = new Step(page);
  await page.locator(".bottombar button").click();
  await step.ready();
  await expect(page.locator("body")).not.toContainText(CANARY);
  expect(await storedText(page)).not.toContain(CANARY);
});

test("signing out asks first, and then erases the draft", async ({ page }) => {
  await typeCanary(page, SARA);
  await page.getByRole("button", { name: t("common.sign-out"), exact: true }).click();
  const question = page.getByRole("dialog");
  await expect(question).toContainText(t("sign-out.text"));
  await question.getByRole("button", { name: t("sign-out.no") }).click();
  await expect(question).toBeHidden();
  await page.getByRole("button", { name: t("common.sign-out"), exact: true }).click();
  await question.getByRole("button", { name: t("sign-out.yes") }).click();
  await expect(new SignIn(page).heading).toBeVisible();
  await new SignIn(page).persona(SARA).click();
  await new SignIn(page).device("device.own");
  const step = new Step(page);
  await page.locator(".bottombar button").click();
  await step.ready();
  await expect(page.locator("body")).not.toContainText(CANARY);
});

test("after signing out the browser's own files on the disk hold nothing of what was typed", async ({ server }) => {
  const profile = await mkdtemp(join(tmpdir(), "skolstart-e2e-profile-"));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.SKOLSTART_CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"], locale: "sv-SE", baseURL: server.origin,
  });
  const page = browser.pages()[0] ?? await browser.newPage();
  await SignIn.as(page, GUNNAR);
  const step = await new Home(page).start();
  await step.fill();
  await step.goOn();
  // What is about others and about the child. One's own number and address the browser may remember (WCAG 1.3.5).
  await step.choose(label("contact-details/to-reach/has"), t("value.yes"));
  await step.input(label("contact-details/to-reach/persons/name"), 1).fill(CANARY);
  await expect(step.kept).toHaveText(t("kept.device"));
  await page.getByRole("button", { name: t("common.sign-out"), exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: t("sign-out.yes") }).click();
  await expect(new SignIn(page).heading).toBeVisible();
  await browser.close();
  for (const spelling of [Buffer.from(CANARY), Buffer.from(CANARY, "utf16le")]) {
    const pattern = [...spelling].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
    let found = "";
    try {
      found = execFileSync("grep", ["-rlaP", pattern, profile], { encoding: "utf8" });
    } catch { /* grep ends with 1 when it finds nothing. */ }
    expect(found.replaceAll(profile, ""), "files with the typed text").toBe("");
  }
  await rm(profile, { recursive: true, force: true });
});
