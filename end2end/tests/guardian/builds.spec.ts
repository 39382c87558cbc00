// A new version of the program comes out while somebody uses the former one. The service worker is real.
import type { Page } from "@playwright/test";
import { MARIA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { PHONE as NUMBER, Step } from "../../pages/guardian/step.ts";
import { answerAndSend, kept, visit } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";

test.use({ ownWeb: true, serviceWorkers: "allow" });

const PHONE = label("contact-details/own/phone");

function program(page: Page): Promise<string> {
  return page.locator("#app-js").evaluate((link: HTMLLinkElement) => new URL(link.href).pathname.slice(1));
}

/** As when she comes back to the page: the browser looks for a newer worker. */
async function comesBack(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}

function generations(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("skolstart-shell-guardian")));
}

/** True while a worker answers for the page, or is registered to. */
function hasWorker(page: Page): Promise<boolean> {
  return page.evaluate(async () =>
    navigator.serviceWorker.controller !== null || (await navigator.serviceWorker.getRegistrations()).length > 0);
}

test("a new version comes out while she writes: nothing changes until she says so, and nothing is lost", async ({ page, web }) => {
  const home = await visit(page, MARIA);
  const step = await home.start();
  await step.change(PHONE);
  await step.input(PHONE).fill(NUMBER);
  const former = await program(page);

  const next = await web.release();
  await comesBack(page);
  const update = page.getByRole("button", { name: t("common.newer.update"), exact: true });
  await expect(update).toBeVisible();
  await expect(step.input(PHONE)).toHaveValue(NUMBER);
  expect(await program(page)).toBe(former);
  await step.input(PHONE).press("End");
  await step.input(PHONE).press("Backspace");
  await step.input(PHONE).press("2");

  await update.click();
  await expect.poll(() => program(page).catch(() => "")).toBe(next.program);
  await new Step(page).ready();
  const written = NUMBER.slice(0, -1) + "2";
  await expect(step.input(PHONE)).toHaveValue(written);
  await expect(update).toBeHidden();
  // The former one is gone from the device, and the new one starts from it.
  await expect.poll(() => generations(page)).toEqual([next.generation]);
  await kept(page);
  await page.goto("/");
  const receipt = await answerAndSend(page);
  await receipt.ready();
});

test("nobody writes: the new version is there at the next visit, also without a network", async ({ page, context, web, watch }) => {
  await visit(page, MARIA);
  const next = await web.release();
  // The page comes from the network, and its worker with it.
  await page.reload();
  expect(await program(page)).toBe(next.program);
  await expect.poll(() => generations(page)).toEqual([next.generation]);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await page.reload();
  expect(await program(page)).toBe(next.program);
  await expect(page.locator("main")).toContainText("Wilma");
});

test("a version that does harm is taken off the device: the page loads once more, and what she wrote stays", async ({ page, web }) => {
  const home = await visit(page, MARIA);
  const step = await home.start();
  await step.change(PHONE);
  await step.input(PHONE).fill(NUMBER);
  await expect(step.kept).toContainText(t("kept.school"));
  const here = page.url();
  expect(new URL(here).pathname, "not where the page began").toMatch(/^\/svara\//);
  let loads = 0;
  page.on("load", () => { loads += 1; });

  await web.withdraw();
  await comesBack(page);
  await expect.poll(() => loads).toBe(1);
  // Where she was, with what she wrote.
  await step.ready();
  expect(page.url()).toBe(here);
  await expect(step.input(PHONE)).toHaveValue(NUMBER);
  await expect.poll(() => hasWorker(page)).toBe(false);
  expect(await generations(page)).toEqual([]);
  // Longer than a page has to answer: it is not loaded once more from the worker.
  await page.waitForTimeout(3_000);
  expect(loads).toBe(1);
  expect(page.url()).toBe(here);
  // The same once more, and no page that loads itself again and again.
  await page.reload();
  await expect(step.input(PHONE)).toHaveValue(NUMBER);
  await expect.poll(() => hasWorker(page)).toBe(false);
  expect(loads).toBe(2);
});

test("a page that does not answer, as one of an older program, is loaded from the worker: where it began, and once", async ({ page, web }) => {
  // As a program that knows nothing of it: the message does not come.
  await page.addInitScript(() => {
    navigator.serviceWorker.addEventListener("message", (event) => event.data === "reload" && event.stopImmediatePropagation());
  });
  const home = await visit(page, MARIA);
  const step = await home.start();
  await step.change(PHONE);
  await step.input(PHONE).fill(NUMBER);
  await expect(step.kept).toContainText(t("kept.school"));
  let loads = 0;
  page.on("load", () => { loads += 1; });
  await web.withdraw();
  await comesBack(page);
  await expect.poll(() => loads).toBe(1);
  await home.ready();
  await expect.poll(() => hasWorker(page)).toBe(false);
  await home.start();
  await expect(step.input(PHONE)).toHaveValue(NUMBER);
  expect(loads).toBe(1);
});
