// The school refuses an answer: it opens at the field with the words beside it, also when the page has been loaded anew in between.
import { MARIA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { Waiting } from "../../pages/guardian/waiting.ts";
import { expect, test } from "../../test.ts";
import type { Page } from "@playwright/test";

test.use({ own: true });

const SUBMISSIONS = "**/api/submissions/*";
const PHONE = label("contact-details/own/phone");

interface Sent { content: { acts: { form: { key: string }; act: string }[] } }

/** From now on the school refuses the telephone number of whoever answers. */
async function refuse(page: Page): Promise<void> {
  await page.route(SUBMISSIONS, async (route) => {
    if (route.request().method() !== "PUT") return route.fallback();
    const { acts } = (route.request().postDataJSON() as Sent).content;
    const place = acts.findIndex((one) => one.form.key === "contact-details" && one.act === "own");
    const violations = [{ path: `acts.${place}.phone`, code: "not-a-phone" }];
    return route.fulfill({ status: 422, contentType: "application/json", body: JSON.stringify({ code: "invalid", violations }) });
  });
}

async function expectSaid(step: Step): Promise<void> {
  await expect(step.page).toHaveURL(/\/svara\/contact-details\/own/);
  const phone = step.input(PHONE);
  await expect(phone).toBeVisible();
  await expect(await step.fault(phone)).toHaveText(t("violation.not-a-phone"));
  await expect(step.summary.getByRole("link")).toHaveCount(1);
}

async function answeredAgain(page: Page): Promise<void> {
  const step = new Step(page);
  await step.input(PHONE).fill("070-174 06 71");
  await expect(step.summary).toBeHidden();
  await page.unroute(SUBMISSIONS);
  await step.goOn();
  const receipt = await new Review(page).sent();
  await receipt.ready();
}

test("from the queue: after a reload it still says why, and opens at the field with the words beside it", async ({ page, context, watch }) => {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  await answerAll(page);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await new Review(page).send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  await refuse(page);
  await context.setOffline(false);
  await expect(waiting.items).toContainText(t("waiting.invalid"));
  await page.reload();
  await expect(waiting.items).toContainText(t("waiting.invalid"));
  await waiting.items.getByRole("button", { name: t("known.change") }).click();
  const step = new Step(page);
  await expectSaid(step);
  await expectAccessible(page);
  // She is interrupted once more.
  await page.reload();
  await expectSaid(step);
  await answeredAgain(page);
});

test("sent by hand: it opens at the field, and a reload changes nothing", async ({ page }) => {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  await answerAll(page);
  await refuse(page);
  await new Review(page).send.click();
  const step = new Step(page);
  await expectSaid(step);
  await expect(step.kept).toHaveText(t("kept.school"));
  await page.reload();
  await expectSaid(step);
  await answeredAgain(page);
});
