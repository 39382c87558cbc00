// A form in two stages: the family asks for a computer, the school notes what it hands out, the family acknowledges that.
import { EVA, SARA } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const LOAN = "Låna dator eller lärplatta";

test.use({ own: true });

test("a computer is asked for, handed out at the school and shown at home", async ({ page, device }) => {
  test.setTimeout(180_000);
  await SignIn.as(page, SARA);
  const home = new Home(page);
  await home.openChild("Ella");
  await page.getByRole("link", { name: LOAN }).first().click();
  const step = new Step(page);
  await step.ready();
  await step.fill();
  await step.next.click();
  await expect(page).not.toHaveURL(/\/svara\/device-loan/);
  if (page.url().endsWith("/kontrollera")) {
    await new Review(page).sent();
  } else {
    // Whoever is asked for more by the school answers it in the same go.
    await page.goto("/");
    await answerAndSend(page);
  }

  const laptop = await device(LAPTOP);
  await Desk.as(laptop, EVA, "/personal/todos");
  const list = laptop.getByRole("region", { name: t("staff.school.list") });
  await expect(list.getByRole("row").filter({ hasText: "Utlämning" })).toContainText(t("function.devices"));
  await expectAccessible(laptop);
  await expectDark(laptop);
  await expectNoSideways(laptop);
  await list.getByRole("link", { name: "Ella Lindqvist" }).click();

  const card = laptop.locator("section.card").filter({ has: laptop.getByRole("heading", { name: /^Utlämning/ }) });
  await expect(card).toContainText(SARA);
  await card.getByRole("button", { name: t("staff.school.save") }).click();
  await expect(card.locator(".errorsummary")).toBeVisible();
  await card.getByLabel("Enhetens namn").fill("Platta 7");
  await card.getByLabel("Serienummer").fill("SN-1");
  await card.locator("input[type=date]").fill(await laptop.evaluate(() => new Date().toISOString().slice(0, 10)));
  await card.getByLabel("Laddare").check();
  await expectAccessible(laptop);
  await laptop.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(laptop);
  await laptop.setViewportSize(LAPTOP.viewport);
  await card.getByRole("button", { name: t("staff.school.save") }).click();
  await expect(card.locator("summary")).toHaveText(t("staff.school.change"));
  await expect(card).toContainText("Platta 7");
  await laptop.goto("/personal/todos");
  await expect(laptop.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(list).toHaveCount(0);

  await page.goto("/");
  await home.ready();
  await home.openChild("Ella");
  await expect(page.getByText("Platta 7")).toBeVisible();
  await expectAccessible(page);
  await expectNoSideways(page);
});
