// A whole visit: from the start page through every act to the receipt.
import { type Page, expect } from "@playwright/test";
import { Home } from "./home.ts";
import type { Receipt } from "./receipt.ts";
import { Review } from "./review.ts";
import { SignIn } from "./sign-in.ts";
import { type Plan, Step } from "./step.ts";

const MOST_STEPS = 20;

/** Answers all acts that are asked, up to the page where they are checked. Returns the headings of the acts, in order. */
export async function answerAll(page: Page, plan: Plan = {}, each?: (step: Step) => Promise<void>): Promise<string[]> {
  const step = await new Home(page).start();
  const seen: string[] = [];
  while (!page.url().endsWith("/kontrollera")) {
    expect(seen.length, "the acts do not end").toBeLessThan(MOST_STEPS);
    await step.ready();
    seen.push((await step.heading.innerText()).trim());
    await each?.(step);
    await step.fill(plan);
    await step.goOn();
  }
  await new Review(page).ready();
  return seen;
}

/** Answers the act that is open and what else is asked after it, and sends. */
export async function finish(step: Step, plan: Plan = {}): Promise<Receipt> {
  while (!step.page.url().endsWith("/kontrollera")) {
    await step.ready();
    await step.fill(plan);
    await step.goOn();
  }
  const review = new Review(step.page);
  await review.ready();
  return review.sent();
}

/** As `answerAll`, and sends. */
export async function answerAndSend(page: Page, plan: Plan = {}): Promise<Receipt> {
  await answerAll(page, plan);
  return new Review(page).sent();
}

/** The program is on the device: the worker has all of it and answers for this page. */
export async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((taken) => navigator.serviceWorker.addEventListener("controllerchange", taken, { once: true }));
    }
  });
}

/** Signs in, and waits until the program is on the device. The test says `serviceWorkers: "allow"`. */
export async function visit(page: Page, who: string): Promise<Home> {
  const home = await SignIn.as(page, who);
  await home.ready();
  await kept(page);
  return home;
}
