// A guardian who answered last year: what is known stands there, and one tap per act says that it is right.
import { MARIA } from "../../municipality/cast.ts";
import { t, title } from "../../municipality/texts.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { nextOpen } from "../../pages/guardian/unanswered.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

test("all is known: one tap per act", async ({ page }) => {
  await SignIn.as(page, MARIA);
  const oneTap: string[] = [];
  await answerAll(page, {}, async (step) => {
    if (await nextOpen(page)) return;
    // `goOn` presses once and fails when the page stays: an act without open questions takes one tap.
    await expect(step.next).toHaveText(t("step.confirm-next"));
    await expect(page.locator(".known__since").first()).toContainText(t("from.you"));
    oneTap.push((await step.heading.innerText()).trim());
  });
  expect(oneTap).toContain(title("contact-details/own"));
  expect(oneTap).toContain(title("contact-details/to-reach"));
  expect(oneTap).toContain(title("contact-details/collect"));
  expect(oneTap).toContain(title("special-diet/diet"));
  await new Review(page).sent();
});

test("a known value can be changed, and the old one comes back on request", async ({ page }) => {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  const step = await home.start();
  const question = "Mobilnummer";
  const before = await step.known(question).locator(".known__value").innerText();
  await step.change(question);
  const input = step.input(question);
  await expect(input).toBeFocused().catch(() => expect(input).toBeVisible());
  await input.fill("070-174 06 99");
  await step.known(question).getByRole("button", { name: t("known.keep", { name: question }) }).click();
  await expect(step.known(question).locator(".known__value")).toHaveText(before);
});
