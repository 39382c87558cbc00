// A device that others use too: nobody touches it for a while. She is asked first, can stay, and loses nothing.
import { GUNNAR, MARIA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { Home } from "../../pages/guardian/home.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { expect, test } from "../../test.ts";
import type { Page } from "@playwright/test";

test.use({ own: true });

const PHONE = label("contact-details/own/phone");
const TYPED = "070-174 06 51";

async function typed(page: Page, device: "device.own" | "device.shared"): Promise<Step> {
  await page.clock.install();
  await page.goto("/");
  const signIn = new SignIn(page);
  await signIn.persona(MARIA).click();
  await signIn.device(device);
  const home = new Home(page);
  await home.ready();
  const step = await home.start();
  await step.change(PHONE);
  await step.input(PHONE).fill(TYPED);
  return step;
}

const question = (page: Page) => page.getByRole("dialog", { name: t("idle.heading") });

test("she is asked after eight minutes, and stays as long as she says so", async ({ page }) => {
  const step = await typed(page, "device.shared");
  for (let round = 0; round < 3; round++) {
    await page.clock.fastForward("07:50");
    await expect(question(page)).toBeHidden();
    await page.clock.fastForward("00:20");
    await expect(question(page)).toBeVisible();
    if (round === 0) await expectAccessible(page);
    await page.clock.fastForward("01:00");
    await question(page).getByRole("button", { name: t("idle.stay") }).click();
    await expect(question(page)).toBeHidden();
  }
  await expect(step.input(PHONE)).toHaveValue(TYPED);
});

test("nobody answers: nothing of hers is on the screen, the session is over, and what she wrote is there when she is back", async ({ page }) => {
  const step = await typed(page, "device.shared");
  await page.clock.fastForward("08:10");
  await expect(question(page)).toBeVisible();
  await page.clock.fastForward("02:10");
  const signIn = new SignIn(page);
  await expect(signIn.heading).toBeVisible();
  await expect(question(page)).toBeHidden();
  await expect(page.locator("body")).not.toContainText(TYPED);
  await expect(page.getByText("Strandskolan, 4 A")).toBeHidden();
  expect(await page.evaluate(async () => (await fetch("/api/session")).status)).toBe(401);
  await signIn.persona(MARIA).click();
  await expect(step.input(PHONE)).toHaveValue(TYPED);
});

test("locked, and somebody else signs in: she sees nothing of it; at another device it goes on", async ({ page, device }) => {
  await typed(page, "device.shared");
  await page.clock.fastForward("08:10");
  await expect(question(page)).toBeVisible();
  await page.clock.fastForward("02:10");
  const signIn = new SignIn(page);
  await expect(signIn.heading).toBeVisible();
  await signIn.persona(GUNNAR).click();
  await page.locator("main h1").waitFor();
  await page.goto("/");
  // Signing out has cleared what the browser remembered of this page.
  await signIn.device("device.shared");
  await new Home(page).ready();
  await expect(page.locator("body")).not.toContainText(TYPED);
  const other = await device();
  await other.goto("/");
  const there = new SignIn(other);
  await there.persona(MARIA).click();
  await there.device("device.own");
  const home = new Home(other);
  await home.ready();
  await expect(home.begin).toHaveText(t("home.continue"));
  await expect((await home.start()).input(PHONE)).toHaveValue(TYPED);
});

test("locked without a network: a reload shows nothing of hers, and the session is ended first", async ({ page, context, watch }) => {
  await typed(page, "device.shared");
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await page.clock.fastForward("08:10");
  await page.clock.fastForward("02:10");
  await expect(page.getByRole("heading", { level: 1, name: t("sign-in.title") })).toBeVisible();
  await context.setOffline(false);
  await page.goto("/");
  await expect(new SignIn(page).heading).toBeVisible();
  await expect(page.locator("body")).not.toContainText(TYPED);
  await expect(page.getByText("Strandskolan, 4 A")).toBeHidden();
  expect(await page.evaluate(async () => (await fetch("/api/session")).status)).toBe(401);
});

test("on her own device nobody asks", async ({ page }) => {
  const step = await typed(page, "device.own");
  await page.clock.fastForward("20:00");
  await page.clock.fastForward("20:00");
  await expect(question(page)).toBeHidden();
  await expect(step.input(PHONE)).toHaveValue(TYPED);
});
