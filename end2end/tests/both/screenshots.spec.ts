// The pictures of the README, made from the running program. Written only with UPDATE_SCREENSHOTS=1.
import { join, resolve } from "node:path";
import { LARS, MATS, SARA } from "../../municipality/cast.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const FOLDER = resolve(import.meta.dirname, "../../../docs/images");
const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const picture = (name: string) => ({ path: join(FOLDER, `${name}.png`), animations: "disabled" as const });

test.use({ own: true });
test.skip(!process.env.UPDATE_SCREENSHOTS, "pictures are written with UPDATE_SCREENSHOTS=1");

test("pictures for the README", { tag: "@screenshots" }, async ({ page, device }) => {
  const home = await SignIn.as(page, SARA);
  await home.ready();
  await page.screenshot(picture("guardian-home"));
  let taken = false;
  await answerAll(page, {}, async (step) => {
    if (taken) return;
    taken = true;
    await step.ready();
    await page.screenshot(picture("guardian-form"));
  });
  const receipt = await new Review(page).sent();
  await receipt.ready();
  await page.screenshot(picture("guardian-receipt"));

  const class_ = await device(LAPTOP);
  const group = await (await Desk.as(class_, LARS)).openGroup("2B");
  await group.openPanel("Ella Lindqvist");
  await expect(group.panel.locator(".facts").first()).toBeVisible();
  await class_.screenshot(picture("staff-class"));
  const municipality = await device(LAPTOP);
  await Desk.as(municipality, MATS);
  await expect(municipality.locator(".chart__svg")).toBeVisible();
  await municipality.screenshot(picture("staff-municipality"));
});
