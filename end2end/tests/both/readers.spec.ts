// A family is told that only school health sees the answer: the nurse reads it on the child's page, and the mentor and the principal
// are told that there is one and not what.
import { ANNA, LARS, MONA, SARA } from "../../municipality/cast.ts";
import { ON_DEMAND, label, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const VACCINATION = ON_DEMAND.find((form) => form.key === "vaccination")?.title ?? "";

const TITLE = "Får eleven vaccineras?";

test.use({ own: true });

test("what only school health is to see, only school health sees", async ({ page, device }) => {
  test.setTimeout(120_000);
  await SignIn.as(page, SARA);
  const home = new Home(page);
  await home.ready();
  const children = await page.locator(".childcard__more a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const child of children) {
    await page.goto(child ?? "/");
    await expect(page.locator(".offers")).toBeVisible();
    const link = page.locator(".offers").getByRole("link", { name: VACCINATION, exact: true });
    if (await link.count() === 0) continue;
    await link.click();
    break;
  }
  const step = new Step(page);
  await step.ready();
  await step.fill({ [label("vaccination/agree/mmr")]: t("value.yes") });
  await step.goOn();
  await new Review(page).sent();

  for (const who of [MONA, ANNA, LARS]) {
    const laptop = await device(LAPTOP);
    const group = await (await Desk.as(laptop, who)).openGroup("2B");
    await group.openPanel("Ella Lindqvist");
    await group.panel.locator("a.button").click();
    await expect(laptop.getByRole("heading", { level: 2, name: t("staff.child.beside") })).toBeVisible();
    const card = laptop.locator("section.card").filter({ has: laptop.getByRole("heading", { name: TITLE }) });
    await expect(card.locator("dl.facts > div"), who).toHaveCount(who === MONA ? 1 : 0);
    await expectAccessible(laptop);
    await expectNoSideways(laptop);
  }
});
