// Consents between two guardians and the school: one no wins, and a yes is taken back as easily as it was given.
import { ANNA, HUDA, KHALED, LARS, MARIA, SARA } from "../../municipality/cast.ts";
import { label, short, t } from "../../municipality/texts.ts";
import { Child } from "../../pages/guardian/child.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const PICTURES = short("pictures/publish");
const WEB = label("pictures/publish/web");
const SOCIAL = label("pictures/publish/social");

test.use({ own: true });

test("one guardian says yes, the other no: no holds, and until both have answered nothing is allowed", async ({ page, device }) => {
  const laptop = await device(LAPTOP);
  const group = await (await Desk.as(laptop, LARS)).openGroup("3A");

  // Huda has never answered about pictures, so that no yes of an earlier year stands.
  await SignIn.as(page, KHALED);
  await answerAndSend(page);
  await expect(await group.cell("Omar Al-Masri", PICTURES)).toContainText(t("staff.status.waiting-for-other"));
  const known = await group.openPanel("Omar Al-Masri");
  await expect(known.fact(PICTURES, WEB)).toContainText(t("staff.consent.waiting"));

  const other = await device({ hasTouch: true });
  await SignIn.as(other, HUDA);
  const receipt = await answerAndSend(other, { [WEB]: t("value.no") });
  await expect(known.fact(PICTURES, WEB)).toHaveText(new RegExp(`^${t("staff.consent.conflict")}\\s*\\d`));
  await expect(known.fact(PICTURES, SOCIAL)).toContainText(t("staff.consent.given"));

  const home = await receipt.home();
  await home.openChild("Omar");
  await expect(new Child(other).consent(WEB)).toContainText(t("consent.stands.conflict"));
});

test("a yes of both from last year holds until one of them takes it back", async ({ page, device }) => {
  const laptop = await device(LAPTOP);
  const group = await (await Desk.as(laptop, ANNA)).openGroup("2B");
  const known = await group.openPanel("Ella Lindqvist");
  await expect(known.fact(PICTURES, WEB)).toContainText(t("staff.consent.given"));
  await SignIn.as(page, SARA);
  await answerAndSend(page, { [WEB]: t("value.no") });
  await expect(known.fact(PICTURES, WEB)).toContainText(t("staff.consent.withdrawn"));
});

test("taking a yes back takes the same one tap as giving it, staff see it, and the history keeps both", async ({ page, device }) => {
  await SignIn.as(page, MARIA);
  const receipt = await answerAndSend(page);
  const home = await receipt.home();
  const child = await home.openChild("Wilma");
  await expect(child.consent(WEB)).toContainText(t("consent.stands.given"));

  await child.decide(WEB, false);
  await expect(child.consent(WEB)).toContainText(t("consent.stands.withdrawn"));
  const lines = child.history.filter({ hasText: WEB });
  await expect(lines.filter({ hasText: `: ${t("value.no")}` }).first()).toBeVisible();
  await expect(lines.filter({ hasText: `: ${t("value.yes")}` }).first()).toBeVisible();

  const laptop = await device(LAPTOP);
  const group = await (await Desk.as(laptop, LARS)).openGroup("4A");
  const known = await group.openPanel("Wilma Bergström");
  await expect(known.fact(PICTURES, WEB)).toContainText(t("staff.consent.withdrawn"));

  await child.decide(WEB, true);
  await expect(child.consent(WEB)).toContainText(t("consent.stands.given"));
  await expect(child.consent(SOCIAL)).toContainText(t("consent.stands.given"));
});
