// A pupil signs in on his own telephone: he sees himself and no more, answers what the form asks of him, and says himself what he
// thinks of an application that his guardian has made. In Swedish and in English.
import type { Page } from "@playwright/test";
import { GUNNAR, YONAS } from "../../municipality/cast.ts";
import { label, t, title } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectLargeTargets, expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";

const PHONE = { hasTouch: true };
const LEAVE = "Ledighet";
const REASON = "Vi ska träffa hans moster";

test.use({ own: true });

async function looksRight(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoSideways(page);
  await expectLargeTargets(page);
  await expectWords(page);
}

/** Monday in two weeks, as a date field takes it. */
function monday(): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 14 + ((8 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
}

/** His guardian applies for a day of leave for him. */
async function applyForLeave(page: Page): Promise<void> {
  const home = await SignIn.as(page, GUNNAR);
  await home.ready();
  await home.openChild("Yonas");
  await page.getByRole("link", { name: LEAVE }).first().click();
  const dates = page.locator("input[type=date]");
  await dates.nth(0).fill(monday());
  await dates.nth(1).fill(monday());
  await page.getByLabel(label("leave/apply/off")).fill("0");
  await page.getByLabel(label("leave/apply/reason")).fill(REASON);
  await page.locator(".bottombar button").click();
  await expect(page).not.toHaveURL(/\/svara\/leave/);
  if (page.url().endsWith("/kontrollera")) {
    await new Review(page).sent();
  } else {
    await page.goto("/");
    await answerAndSend(page);
  }
}

test("he sees himself, reads the rules, and says no to a leave in his own words", async ({ page, device }) => {
  test.setTimeout(180_000);
  await applyForLeave(await device(PHONE));
  const home = await SignIn.as(page, YONAS);
  await home.ready();
  await expect(page).toHaveTitle(new RegExp(t("pupil.home.title")));
  await expect(page.locator(".childcard")).toHaveCount(1);
  await expect(home.card("Yonas")).toContainText("Kyrkbyskolan");
  await expect(page.getByText(t("home.title"), { exact: true })).toHaveCount(0);
  await expect(page.locator("main")).not.toContainText("Ekholm");
  await looksRight(page);

  // What is there for him: his own part of it, and nothing of what his guardian has said.
  await page.getByRole("link", { name: t("pupil.home.see-all") }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Yonas" })).toBeVisible();
  await expect(page.getByRole("heading", { name: t("pupil.application.yours") })).toBeVisible();
  await expect(page.getByRole("heading", { name: t("child.history") })).toHaveCount(0);
  await expect(page.getByRole("link", { name: t("readers.title") })).toHaveCount(0);
  await looksRight(page);
  await page.getByRole("link", { name: "Regler för dator och nät" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title("it-rules/read") })).toBeVisible();
  await page.getByRole("checkbox").check();
  await looksRight(page);
  await page.locator(".bottombar button").click();
  const receipt = await new Review(page).sent();
  await looksRight(page);
  await receipt.ready();
  await page.getByRole("link", { name: t("pupil.receipt.home") }).click();

  // The leave: which day it is, and not his guardian's reason. A no says why.
  await page.getByRole("link", { name: t("pupil.application.decided", { what: LEAVE }) }).click();
  await expect(page.getByRole("heading", { level: 1, name: LEAVE })).toBeVisible();
  await expect(page.getByText(t("say.must"))).toBeVisible();
  await expect(page.locator("dl.facts")).toContainText("–");
  await expect(page.locator("main")).not.toContainText(REASON);
  await expect(page.getByRole("button", { name: t("application.withdraw") })).toHaveCount(0);
  const send = page.getByRole("button", { name: t("say.send") });
  await send.click();
  await expect(page.getByText(t("say.choose"))).toBeVisible();
  await page.getByLabel(t("say.against"), { exact: true }).check();
  await send.click();
  await expect(page.getByText(t("say.why"), { exact: true })).toBeVisible();
  await looksRight(page);
  await page.getByLabel(t("say.words"), { exact: true }).fill("Jag har match den dagen.");
  await send.click();
  await expect(page.locator(".status").filter({ hasText: t("say.against") })).toBeVisible();
  await expect(page.getByText("Jag har match den dagen.")).toBeVisible();
  await expect(page.locator("main .status").filter({ hasText: t("application.conflict") })).toBeVisible();
  await looksRight(page);
  // He thinks again.
  await page.getByText(t("say.again")).click();
  await page.getByLabel(t("say.for"), { exact: true }).check();
  await send.click();
  await expect(page.locator(".status").filter({ hasText: t("say.for") }).first()).toBeVisible();
  await expect(page.getByText("Jag har match den dagen.")).toHaveCount(0);
  await page.goto("/");
  await new Home(page).ready();
  await expect(page.getByRole("link", { name: t("pupil.application.decided", { what: LEAVE }) })).toHaveCount(0);
});

test("the same in English", async ({ page, device }) => {
  test.setTimeout(120_000);
  await applyForLeave(await device(PHONE));
  await page.goto("/");
  await page.getByLabel(t("common.language")).selectOption("en");
  await page.getByRole("button", { name: YONAS }).click();
  await page.getByRole("button", { name: t("device.shared", {}, "en") }).click();
  await new Home(page).ready();
  await expect(page).toHaveTitle(new RegExp(t("pupil.home.title", {}, "en")));
  await looksRight(page);
  await page.getByRole("link", { name: t("pupil.application.decided", { what: "Leave from school" }, "en") }).click();
  await expect(page.getByText(t("say.must", {}, "en"))).toBeVisible();
  await page.getByLabel(t("say.not-said", {}, "en"), { exact: true }).check();
  await page.getByRole("button", { name: t("say.send", {}, "en") }).click();
  await expect(page.locator(".status").filter({ hasText: t("say.not-said", {}, "en") })).toBeVisible();
  await looksRight(page);
  // Whoever signs in after him is spoken to as a guardian.
  await new Home(page).page.goto("/");
  await page.getByRole("button", { name: t("common.sign-out", {}, "en"), exact: true }).click();
  await page.getByRole("button", { name: GUNNAR }).click();
  const question = page.getByRole("button", { name: t("device.shared", {}, "en") });
  await expect(page.locator(".childcard").or(question).first()).toBeVisible();
  if (await question.isVisible()) await question.click();
  await expect(page).toHaveTitle(new RegExp(t("home.title", {}, "en")));
  await expect(page.getByRole("link", { name: t("home.see-all", { name: "Yonas" }, "en") })).toBeVisible();
});
