// The main job: a guardian with two children finishes school start in one go, and the teacher sees it.
import { ANNA, SARA } from "../../municipality/cast.ts";
import { label, short, t, title } from "../../municipality/texts.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Review } from "../../pages/guardian/review.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const OWN = title("contact-details/own");
const PICTURES = title("pictures/publish");
const DIET = title("special-diet/diet");

test.use({ own: true });

test("both children in one go: own details once, check, send, receipt, and the teacher sees it", async ({ page, device }) => {
  const home = await SignIn.as(page, SARA);
  await home.ready();
  await expect(home.card("Ella")).toContainText("2B");
  await expect(home.card("Ella")).toHaveAttribute("data-state", "open");

  const acts = await answerAll(page);
  expect(acts.filter((act) => act === OWN), "her own details once, not once per child").toHaveLength(1);
  for (const act of [PICTURES, DIET, title("contact-details/to-reach"), title("contact-details/collect")]) {
    expect(acts.filter((one) => one === act), act).toHaveLength(2);
  }

  const review = new Review(page);
  await expect(review.section(`${PICTURES} · Ella`)).toContainText(label("pictures/publish/web"));
  await expect(review.section(OWN)).toContainText(label("contact-details/own/email"));
  const receipt = await review.sent();
  await expect(receipt.time).toBeVisible();
  await expect(receipt.rows).toHaveCount(acts.length);
  await expect(receipt.rows.filter({ hasText: `${PICTURES} · Nils` })).toContainText(t("task.waiting"));

  const after = await receipt.home();
  await expect(after.card("Ella")).toHaveAttribute("data-state", "done");
  await expect(after.card("Nils")).toHaveAttribute("data-state", "done");
  await expect(after.allDone).toBeVisible();

  const laptop = await device(LAPTOP);
  const desk = await Desk.as(laptop, ANNA);
  const group = await desk.openGroup("2B");
  await expect(await group.cell("Ella Lindqvist", short("special-diet/diet"))).toContainText(t("staff.status.complete"));
  await expect(await group.cell("Ella Lindqvist", short("pictures/publish"))).toContainText(t("staff.status.waiting-for-other"));
  const known = await group.openPanel("Ella Lindqvist");
  await expect(known.calls.filter({ hasText: SARA })).toContainText(t("staff.relation.guardian"));
});

test("the class page shows an answer while it is open, without a reload", async ({ page, device }) => {
  const laptop = await device(LAPTOP);
  const desk = await Desk.as(laptop, ANNA);
  const group = await desk.openGroup("2B");
  const cell = await group.cell("Ella Lindqvist", short("special-diet/diet"));
  await expect(cell).toContainText(t("staff.status.not-started"));
  await laptop.evaluate(() => { document.body.dataset.sameDocument = "yes"; });

  await SignIn.as(page, SARA);
  await answerAll(page);
  await new Review(page).sent();

  await expect(cell).toContainText(t("staff.status.complete"));
  await expect(laptop.locator("body")).toHaveAttribute("data-same-document", "yes");
});
