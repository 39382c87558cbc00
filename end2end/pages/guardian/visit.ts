// A whole visit: from the start page through every act to the receipt.
import { type Page, expect } from "@playwright/test";
import { Home } from "./home.ts";
import type { Receipt } from "./receipt.ts";
import { Review } from "./review.ts";
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

/** As `answerAll`, and sends. */
export async function answerAndSend(page: Page, plan: Plan = {}): Promise<Receipt> {
  await answerAll(page, plan);
  return new Review(page).sent();
}
