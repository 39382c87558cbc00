// The kitchen's list: who eats something else today and tomorrow, with what is new, on the screen and on paper.
import { ANNA, EVA, SARA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Review } from "../../pages/guardian/review.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const SPECIAL = label("special-diet/diet/special");
const NEEDS = label("special-diet/diet/needs");
const EGG = "Ägg";

test.use({ own: true });

test("a new need stands on the list at once, and is pointed out", async ({ page, device }) => {
  const laptop = await device(LAPTOP);
  const desk = await Desk.as(laptop, EVA);
  await desk.rail.getByRole("link", { name: t("staff.rail.kitchen") }).click();
  await expect(desk.heading).toHaveText(t("staff.kitchen.title"));
  const row = laptop.locator("tr[data-child]").filter({ hasText: "Ella Lindqvist" });
  await expect(row).toHaveCount(0);

  await SignIn.as(page, SARA);
  // Last year's answer is known: it is changed where it stands.
  await answerAll(page, { [SPECIAL]: t("value.yes"), [NEEDS]: EGG }, async (step) => {
    if (!(await step.known(SPECIAL).count())) return;
    await step.change(SPECIAL);
    await step.choose(SPECIAL, t("value.yes"));
  });
  await new Review(page).sent();
  await laptop.reload();
  await expect(row).toContainText(EGG);
  await expect(row).toContainText(t("staff.kitchen.new-from", { day: "" }).trim());
  await expectAccessible(laptop);
  await expectDark(laptop);
  await laptop.getByRole("group", { name: t("staff.kitchen.day") }).getByRole("button", { name: t("staff.kitchen.tomorrow") }).click();
  await expect(row).toContainText(EGG);
  await expect(laptop.locator(".kitchen__sums")).toContainText(EGG);

  await laptop.emulateMedia({ media: "print" });
  await expect(laptop.locator(".printfoot")).toBeVisible();
  await expect(desk.rail).toBeHidden();
  await expect(row).toBeVisible();
  await laptop.emulateMedia({ media: null });
  await laptop.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(laptop);
  await expectAccessible(laptop);
});

test("a teacher has no kitchen", async ({ page }) => {
  const desk = await Desk.as(page, ANNA, "/personal/kitchen");
  await expect(page.getByRole("heading", { name: t("staff.kitchen.not-yours") })).toBeVisible();
  await expect(desk.rail.getByRole("link", { name: t("staff.rail.kitchen") })).toHaveCount(0);
});
