// Two devices: what was begun at one goes on at the other. It lies with the school until it is sent or she throws it away.
import { KARIN, MARIA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { Home } from "../../pages/guardian/home.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";
import type { Page } from "@playwright/test";

test.use({ own: true });

const PHONE = label("contact-details/own/phone");
const EMAIL = label("contact-details/own/email");

async function begun(page: Page, who: string): Promise<Step> {
  const home = await SignIn.as(page, who);
  await home.ready();
  return home.start();
}

test("begun at the phone, gone on with and sent from the laptop; then nothing is left of it", async ({ page, device }) => {
  const phone = await begun(page, MARIA);
  await phone.change(PHONE);
  await phone.input(PHONE).fill("070-174 06 52");
  await expect(phone.kept).toHaveText(t("kept.device"));
  await expect(phone.kept).toHaveText(t("kept.school"));

  const other = await device({ viewport: { width: 1366, height: 900 } });
  const laptop = await begun(other, MARIA);
  await expect(laptop.input(PHONE)).toHaveValue("070-174 06 52");
  await laptop.change(EMAIL);
  await laptop.input(EMAIL).fill("maria.laptop@example.se");
  await expect(laptop.kept).toHaveText(t("kept.school"));

  // The phone has not seen it and types on: both are kept, field by field.
  await phone.input(PHONE).fill("070-174 06 53");
  await expect(phone.input(EMAIL)).toHaveValue("maria.laptop@example.se");
  await expect(phone.kept).toHaveText(t("kept.school"));
  await other.reload();
  await expect(laptop.input(PHONE)).toHaveValue("070-174 06 53");

  await other.goto("/");
  await answerAndSend(other);
  const kept = await other.evaluate(async () => (await fetch("/api/guardian/draft")).json());
  expect(kept.record).toBe("");
  await page.goto("/");
  await expect(new Home(page).allDone).toBeVisible();
});

test("a protected child: nothing on the device, and it goes on from the school", async ({ page, device }) => {
  const first = await begun(page, KARIN);
  await first.change(PHONE);
  await first.input(PHONE).fill("070-174 06 54");
  await expect(first.kept).toHaveText(t("kept.protected"));
  await expect(first.kept).toHaveText(t("kept.school"));
  const second = await begun(await device(), KARIN);
  await expect(second.input(PHONE)).toHaveValue("070-174 06 54");
});

test("a device whose clock is two days wrong loses nothing", async ({ page, device }) => {
  for (const days of [2, -2]) {
    const wrong = days > 0 ? page : await device();
    await wrong.clock.install({ time: Date.now() + days * 86_400_000 });
    const home = await SignIn.as(wrong, MARIA);
    await home.ready();
    const step = await home.start();
    if (await step.known(PHONE).getByRole("button", { name: t("known.change") }).isVisible()) await step.change(PHONE);
    await step.input(PHONE).fill(`070-174 06 5${days + 5}`);
    await expect(step.kept).toHaveText(t("kept.device"));
    await wrong.reload();
    await expect(step.input(PHONE)).toHaveValue(`070-174 06 5${days + 5}`);
    await wrong.goto("/");
    if (days < 0) {
      await answerAndSend(wrong);
      await wrong.goto("/");
      await expect(new Home(wrong).allDone).toBeVisible();
    }
  }
});

test("signing out: she keeps it with the school, and it is there at the next device", async ({ page, device }) => {
  const step = await begun(page, MARIA);
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 56");
  await new Home(page).signOut();
  await page.getByRole("dialog").getByRole("button", { name: t("sign-out.keep") }).click();
  await expect(new SignIn(page).heading).toBeVisible();
  const later = await begun(await device(), MARIA);
  await expect(later.input(PHONE)).toHaveValue("070-174 06 56");
});
