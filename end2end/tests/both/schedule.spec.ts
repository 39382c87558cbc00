// A schedule that a family gives, and the days of it that staff plan by: public holidays are marked, and what the schedule says of them.
import { FATIMA, SARA } from "../../municipality/cast.ts";
import { label, like, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const PICTURES = process.env.SKOLSTART_E2E_PICTURES;
const FORM = "Schema för förskola och fritidshem";

test.use({ own: true });

/** The Monday of this week. */
function monday(): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() - (day.getUTCDay() + 6) % 7);
  return day.toISOString().slice(0, 10);
}

test("staff see the next days of a schedule, with Christmas among them", async ({ page, device }) => {
  const home = await SignIn.as(page, SARA);
  await home.ready();
  const child = await home.openChild("Nils");
  await child.offer(FORM).click();
  const step = new Step(page);
  await step.ready();
  await step.choose(label("care-schedule/schedule/how"), "Ja, eller ett schema som går runt");
  await page.getByLabel(t("schedule.from")).fill(monday());
  for (const day of ["måndag", "tisdag", "onsdag", "torsdag", "fredag"]) {
    await page.getByLabel(t("schedule.time-from", { day })).first().fill("07:30");
    await page.getByLabel(t("schedule.time-to", { day })).first().fill("16:00");
  }
  await step.fill();
  await step.goOn();
  const review = new Review(page);
  await review.ready();
  await review.sent();

  const laptop = await device(LAPTOP);
  // Four days before the next Christmas Eve, whenever the journey is made.
  const now = new Date();
  const year = now.getMonth() === 11 && now.getDate() > 20 ? now.getFullYear() + 1 : now.getFullYear();
  await laptop.clock.setFixedTime(new Date(Date.UTC(year, 11, 20, 10)));
  const group = await (await Desk.as(laptop, FATIMA)).openGroup("Blåsippan");
  await group.openPanel("Nils Lindqvist");
  await group.panel.getByRole("link", { name: t("staff.child.open") }).click();
  const days = laptop.locator("details").filter({ has: laptop.locator("summary", { hasText: t("staff.schedule.days") }) });
  await days.locator("summary").click();
  await expect(days.getByText(/07\.30–16\.00$/).first()).toBeVisible();
  for (const name of ["julafton", "juldagen", "annandag jul", "nyårsafton", "nyårsdagen"]) {
    await expect(days.locator("li").filter({ hasText: name })).toHaveCount(1);
  }
  await expect(days.locator("li").filter({ hasText: like("staff.schedule.holiday-but") }).first()).toBeVisible();
  await expectAccessible(laptop);
  if (PICTURES) await laptop.screenshot({ path: `${PICTURES}/schedule-days.png`, fullPage: true });
  await laptop.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(laptop);
  if (PICTURES) await laptop.screenshot({ path: `${PICTURES}/schedule-days-narrow.png`, fullPage: true });
});
