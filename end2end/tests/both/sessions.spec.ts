// Where one is signed in: one device ends another's session, which is told at its next step and has lost nothing.
import { ANNA, SARA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectLargeTargets, expectNoSideways } from "../../guard/layout.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

const EMAIL = label("contact-details/own/email");
const TYPED = "sara.ny@example.se";

test("the phone ends the laptop's session: the laptop asks to sign in, and what was typed is there", async ({ page, device }) => {
  const laptop = await device({ viewport: { width: 1366, height: 900 }, hasTouch: false });
  const onLaptop = await SignIn.as(laptop, SARA);
  await onLaptop.ready();
  const step = await onLaptop.start();
  if (await step.known(EMAIL).isVisible()) await step.change(EMAIL);
  await step.input(EMAIL).fill(TYPED);
  await expect(step.kept).toHaveText(t("kept.device"));

  const home = await SignIn.as(page, SARA);
  await home.ready();
  await page.getByRole("link", { name: t("sessions.title") }).click();
  await expect(page.getByRole("heading", { level: 1, name: t("sessions.title") })).toBeVisible();
  const lines = page.locator(".task");
  await expect(lines).toHaveCount(2);
  await expect(lines.filter({ hasText: t("sessions.here") })).toHaveCount(1);
  await expectAccessible(page);
  await expectNoSideways(page);
  await expectLargeTargets(page);
  await lines.getByRole("button", { name: t("common.sign-out") }).click();
  await expect(lines).toHaveCount(1);
  await expect(page.getByRole("button", { name: t("sessions.others") })).toBeHidden();

  // The laptop learns of it when it asks the school for something.
  await laptop.reload();
  const signIn = new SignIn(laptop);
  await expect(signIn.heading).toBeVisible();
  await expect(laptop.locator("body")).not.toContainText(TYPED);
  await signIn.persona(SARA).click();
  await expect(step.input(EMAIL)).toHaveValue(TYPED);
});

test("staff end everything but where they are", async ({ page, device }) => {
  const other = await device({ viewport: { width: 1366, height: 900 }, hasTouch: false });
  const elsewhere = await Desk.as(other, ANNA);
  await page.setViewportSize({ width: 1366, height: 900 });
  const desk = await Desk.as(page, ANNA);
  await desk.rail.getByRole("link", { name: t("sessions.title") }).click();
  await expect(page.locator(".task")).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole("button", { name: t("sessions.others") }).click();
  await expect(page.locator(".task")).toHaveCount(1);
  await elsewhere.groupLink("2B").click();
  await expect(other.getByText(t("common.ended.heading"))).toBeVisible();
});
