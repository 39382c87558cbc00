// Where a child needs transport from: filled in from the register in the home where the child is registered, one tap in the other.
import type { Page } from "@playwright/test";
import { JOHAN, SARA } from "../../municipality/cast.ts";
import { label, like, t, title } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { finish } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const HOMES = label("school-transport/apply/homes");
const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

test.use({ own: true });

/** Opens the application for Ella, from where it is offered or where it waits. */
async function open(page: Page, who: string): Promise<Step> {
  const home = await SignIn.as(page, who);
  await home.ready();
  await home.openChild("Ella");
  const name = new RegExp(`^(${title("school-transport/apply")}|Skolskjuts)`);
  await page.locator(".tasklist").getByRole("link", { name }).first().click();
  const step = new Step(page);
  await step.ready();
  return step;
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}

async function send(step: Step, weeks: string): Promise<void> {
  await finish(step, { [label("school-transport/apply/two")]: t("value.yes"), [label("school-transport/apply/weeks")]: weeks });
}

test("the register's address is confirmed with one tap, and the other home fills in its own", async ({ page, device }) => {
  const step = await open(page, SARA);
  const known = step.known(HOMES);
  await expect(known).toContainText(t("from.register"));
  const registered = await known.locator(".known__value").innerText();
  await expectAccessible(page);
  await picture(page, "address-known");
  await known.getByRole("button", { name: t("known.right") }).click();
  await expect(known.locator(".known__done")).toBeVisible();
  await send(step, "Udda veckor");

  const other = await device(PHONE);
  const his = await open(other, JOHAN);
  await expect(his.known(HOMES)).toHaveCount(0);
  const take = other.getByRole("button", { name: like("field.my-address") });
  const words = await take.innerText();
  expect(words, "another home than Sara's").not.toContain(registered);
  await expect(other.locator("main")).not.toContainText(registered);
  await expectAccessible(other);
  await picture(other, "address-offered");
  await take.click();
  for (const column of ["street", "postal-code", "locality"]) {
    const typed = await his.input(label(`school-transport/apply/homes/${column}`)).inputValue();
    expect(typed).not.toBe("");
    expect(words).toContain(typed);
  }
  await picture(other, "address-taken");
  await other.setViewportSize(LAPTOP.viewport);
  await picture(other, "address-taken-wide");
  await send(his, "Jämna veckor");
});
