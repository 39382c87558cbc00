// An answer on paper: staff take it down with where the paper is, the guardian is told at her next start until she has read it.
import { ANNA, SARA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { Child } from "../../pages/guardian/child.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { Pictures } from "../../pages/staff/pictures.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const WEB = label("pictures/publish/web");
const LIMIT = "Bara i grupp, inte i närbild";

test.use({ own: true });

test("a limit on paper is read where pictures are looked up, told to the guardian, and taken back with one tap", async ({ page, device }) => {
  const laptop = await device(LAPTOP);
  const group = await (await Desk.as(laptop, ANNA)).openGroup("2B");
  await group.openPanel("Ella Lindqvist");
  await group.panel.locator("a.button").click();
  await expect(laptop.getByRole("heading", { level: 1, name: "Ella Lindqvist" })).toBeVisible();
  const form = laptop.locator("details").filter({ hasText: t("staff.take-down.open") }).first();
  await form.getByText(t("staff.take-down.open")).click();
  await form.getByLabel(t("staff.take-down.by")).selectOption({ label: SARA });
  const today = await laptop.evaluate(() => new Date().toLocaleDateString("sv-SE"));
  await form.getByLabel(t("staff.take-down.day")).fill(today);
  await form.getByLabel(WEB).selectOption({ label: t("staff.take-down.limited") });
  await form.getByLabel(t("staff.take-down.limit")).fill(LIMIT);
  await form.getByLabel(t("staff.take-down.kept")).fill("Pärm 3 på expeditionen");
  await expectAccessible(laptop);
  await form.getByRole("button", { name: t("staff.take-down.send") }).click();
  await expect(laptop.locator(".facts").getByText(LIMIT)).toBeVisible();

  await laptop.goBack();
  const pictures = await Pictures.open(laptop);
  await expect(pictures.row("Ella Lindqvist")).toContainText(LIMIT);
  await pictures.choose("Ella Lindqvist");
  await expect(pictures.verdict(WEB)).toContainText("Ella Lindqvist");

  const home = await SignIn.as(page, SARA);
  await home.ready();
  const notice = page.locator(".notice").filter({ hasText: t("told.read") });
  await expect(notice).toContainText(WEB);
  await expectAccessible(page);
  await notice.getByRole("link", { name: t("consents.link") }).click();
  await expect(page.getByText(LIMIT)).toBeVisible();
  await page.goto("/");
  await page.getByRole("button", { name: t("told.read") }).click();
  await expect(notice).toBeHidden();
  await page.reload();
  await home.ready();
  await expect(notice).toBeHidden();

  await home.openChild("Ella");
  const consents = await new Child(page).openConsents();
  await consents.takeBack(WEB);
  await expect(consents.card(WEB)).toContainText(t("consent.stands.withdrawn"));
});
