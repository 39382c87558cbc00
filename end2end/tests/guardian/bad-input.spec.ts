// Wrong input of every kind the forms have: said beside the field in plain words, summed up with focus, and nothing that
// was typed is lost.
import type { Locator } from "@playwright/test";
import { GUNNAR } from "../../municipality/cast.ts";
import { label, option, t, title } from "../../municipality/texts.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { PHONE, Step } from "../../pages/guardian/step.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

const OWN = "contact-details/own";
const REACH = "contact-details/to-reach";
const DIET = "special-diet/diet";
const YES = t("value.yes");

/** Opens the field, also when its value is known already. */
async function opened(step: Step, path: string): Promise<Locator> {
  const question = label(path);
  if (await step.known(question).isVisible()) await step.change(question);
  return step.input(question);
}

async function expectRefused(step: Step, faults: number): Promise<void> {
  const here = step.page.url();
  await step.next.click();
  await expect(step.summary).toBeFocused();
  await expect(step.summary.getByRole("link")).toHaveCount(faults);
  expect(step.page.url()).toBe(here);
}

test("every kind of wrong input is said beside the field and keeps what was typed", async ({ page }) => {
  const home = await SignIn.as(page, GUNNAR);
  await home.ready();
  const step = await home.start();
  await expect(step.heading).toHaveText(title(OWN));

  await test.step("telephone, e-mail, one of several", async () => {
    const phone = await opened(step, `${OWN}/phone`);
    const email = await opened(step, `${OWN}/email`);
    await phone.fill("12");
    await phone.blur();
    await expect(await step.fault(phone)).toHaveText(t("violation.not-a-phone"));
    await expect(phone).toHaveAttribute("aria-invalid", "true");
    await email.fill("namn(a)exempel");
    await expectRefused(step, 3);
    await expect(await step.fault(email)).toHaveText(t("violation.not-an-email"));
    await expect(step.group(label(`${OWN}/language`))).toContainText(t("violation.required"));
    await expect(phone).toHaveValue("12");
    await expect(email).toHaveValue("namn(a)exempel");

    await step.summary.getByRole("link").nth(1).click();
    await expect(email).toBeFocused();
    await phone.fill("");
    await email.fill("");
    await step.choose(label(`${OWN}/language`), option(`${OWN}/language`, "sv"));
    await step.next.click();
    await expect(step.summary).toBeVisible();
    await phone.fill(PHONE);
    await expect(step.summary).toBeHidden();
    await step.goOn();
  });

  await test.step("rows: too long a text, a missing cell, a wrong number", async () => {
    await expect(step.heading).toHaveText(title(REACH));
    await expectRefused(step, 1);
    await step.choose(label(`${REACH}/has`), YES);
    const long = "Mormor ".repeat(12).trim();
    await step.input(label(`${REACH}/persons/name`), 1).fill(long);
    await step.input(label(`${REACH}/persons/phone`), 1).fill("sju");
    await expectRefused(step, 3);
    const relation = step.input(label(`${REACH}/persons/relation`), 1);
    await expect(await step.fault(step.input(label(`${REACH}/persons/name`), 1))).toHaveText(t("violation.too-long", { max: "80" }));
    await expect(await step.fault(relation)).toHaveText(t("violation.required"));
    await expect(await step.fault(step.input(label(`${REACH}/persons/phone`), 1))).toHaveText(t("violation.not-a-phone"));
    await expect(step.input(label(`${REACH}/persons/name`), 1)).toHaveValue(long);
    await step.input(label(`${REACH}/persons/name`), 1).fill("Birgitta");
    await relation.fill("mormor");
    await step.input(label(`${REACH}/persons/phone`), 1).fill(PHONE);
    await step.add.click();
    await expect(step.input(label(`${REACH}/persons/name`), 2)).toBeFocused();
    await step.input(label(`${REACH}/persons/name`), 2).fill("Leif");
    await step.remove(2);
    await step.page.getByRole("button", { name: t("rows.undo") }).click();
    await expect(step.input(label(`${REACH}/persons/name`), 2)).toHaveValue("Leif");
    await step.remove(2);
    await expect(step.input(label(`${REACH}/persons/name`), 1)).toHaveValue("Birgitta");
    await step.goOn();
  });

  await test.step("several options, a long text, what a condition opens", async () => {
    await expect(step.heading).toHaveText(title(DIET));
    await step.choose(label(`${DIET}/special`), YES);
    await step.next.click();
    await expect(step.group(label(`${DIET}/needs`))).toContainText(t("violation.required"));
    await step.choose(label(`${DIET}/needs`), option(`${DIET}/needs`, "other"));
    const other = step.input(label(`${DIET}/other`));
    await other.fill("x".repeat(201));
    await expect(await step.fault(other)).toHaveText(t("violation.too-long", { max: "200" }));
    const cooked = step.input(label(`${DIET}/cooked`));
    await cooked.fill("å".repeat(301));
    await expect(await step.fault(cooked)).toHaveText(t("violation.too-long", { max: "300" }));
    await expect(step.page.getByText(t("field.count", { used: "301", max: "300" }))).toBeVisible();
    await expect(other).toHaveValue("x".repeat(201));
    await other.fill("Kiwi");
    await cooked.fill("");
    await step.fill();
    await step.goOn();
  });

  await test.step("a consent without an answer", async () => {
    await expect(step.heading).toHaveText(title("pictures/publish"));
    await step.choose(label("pictures/publish/web"), YES);
    await expectRefused(step, 3);
    await expect(step.group(label("pictures/publish/social"))).toContainText(t("violation.choose"));
    await expect(step.group(label("pictures/publish/web"))).not.toContainText(t("violation.choose"));
    await step.fill();
    await step.goOn();
  });
});
