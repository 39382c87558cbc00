// Every form of the library that a family of the demo can use: opened from where it is offered, filled in by what stands on the
// page, sent alone, and looked at by axe. No form is named here; a new one is taken along.
import type { Locator, Page } from "@playwright/test";
import { AGNIESZKA, GUNNAR, HUDA, MARIA, SARA } from "../../municipality/cast.ts";
import { ON_DEMAND, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { Home } from "../../pages/guardian/home.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });
test.describe.configure({ timeout: 120_000 });

const FAMILIES = [SARA, AGNIESZKA, HUDA, MARIA, GUNNAR];
/** The demo has no upper secondary school. */
const NOBODY = ["absence-notices", "lodging-allowance"];
/** Wants more ranked wishes than the small demo has schools: said beside the field, and nothing is sent. */
const TOO_FEW = ["change-of-school"];
const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

/** The first link to a form, at home or at one of the children's pages. */
async function offered(page: Page, title: string): Promise<Locator | undefined> {
  const home = new Home(page);
  await home.ready();
  if (await home.offer(title).count() > 0) return home.offer(title);
  const children = await page.locator(".childcard__more a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const child of children) {
    await page.goto(child ?? "/");
    await expect(page.locator(".offers")).toBeVisible();
    const link = page.locator(".offers").getByRole("link", { name: title, exact: true });
    if (await link.count() > 0) return link;
  }
  return undefined;
}

for (const { key, title } of ON_DEMAND) {
  test(`${key} is opened, filled in and sent`, async ({ page }) => {
    let link: Locator | undefined;
    for (const family of FAMILIES) {
      const home = await SignIn.as(page, family);
      link = await offered(page, title);
      if (link) break;
      await page.goto("/");
      await home.signOut();
      // Whoever signs in meanwhile could be signed out by the answer.
      await expect(new SignIn(page).heading).toBeVisible();
    }
    if (NOBODY.includes(key)) return expect(link, "somebody is offered it: take it off the list").toBeUndefined();
    await link?.click();
    const step = new Step(page);
    await step.ready();
    await expectAccessible(page);
    await step.fill();
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${key}.png`, fullPage: true });
    if (TOO_FEW.includes(key)) {
      await step.next.click();
      return expect(step.summary).toContainText(t("violation.too-few", { least: "3" }));
    }
    await step.goOn();
    const review = new Review(page);
    await review.ready();
    const receipt = await review.sent();
    await expect(receipt.rows).toHaveCount(1);
  });
}
