// Every kind of field on a phone: typed, chosen, refused in plain words, and told back before it is sent. No municipality
// has a form with all of them, so the form of the native tests stands in for those of the round.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectLargeTargets, expectNoSideways } from "../../guard/layout.ts";
import { SARA } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { expect, test } from "../../test.ts";

const FORM = JSON.parse(readFileSync(new URL("../../../app/src/forms/all_kinds.json", import.meta.url), "utf8"));
const UNIT = "00000000-0000-7000-8000-0000000000aa";

/** Gives the program this form instead of those of the round, for each child. */
async function withEveryKind(page: Page): Promise<void> {
  await page.route("**/api/guardian/home", async (route) => {
    const response = await route.fetch();
    if (!response.ok()) return route.fulfill({ response });
    const home = await response.json();
    const of = (child: string) => ({
      ...home.tasks.find((task: { child?: string }) => task.child === child),
      form: { key: FORM.key, version: FORM.version }, act: "all", mine: "to-do", status: "not-started", answered: null,
      known: {}, purposes: {}, progress: { known: 0, new: 20 },
    });
    await route.fulfill({
      response,
      json: {
        ...home, forms: [FORM], tasks: home.children.map((child: { person: string }) => of(child.person)),
        units: [{ id: UNIT, name: "Björkskolan", school_forms: ["GR"] }],
      },
    });
  });
}

/** A Monday and its Sunday some weeks ahead: days that may be asked for whenever this runs. */
const FIRST = new Date();
FIRST.setUTCDate(FIRST.getUTCDate() + 28 + (8 - FIRST.getUTCDay()) % 7);
const LAST = new Date(FIRST);
LAST.setUTCDate(LAST.getUTCDate() + 6);
const inWords = (day: Date) => day.toLocaleDateString("sv-SE", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

test("every kind of field is answered, refused and told back", async ({ page }) => {
  await withEveryKind(page);
  const home = await SignIn.as(page, SARA);
  await home.ready();
  const step = await home.start();
  await expect(step.heading).toHaveText("Alla slags frågor");

  await test.step("looks right", async () => {
    await expectAccessible(page);
    await expectNoSideways(page);
    await expectLargeTargets(page);
  });

  await test.step("what is wrong is said, with a way there", async () => {
    await page.getByLabel(/^Inkomst per månad/).fill("mycket");
    await page.getByLabel(t("schedule.from")).fill("2026-09-01");
    await page.getByLabel(t("schedule.time-from", { day: "onsdag" })).first().fill("08:00");
    await step.next.click();
    await expect(step.summary).toBeFocused();
    await expect(step.summary).toContainText(`Försäkran: ${t("violation.tick")}`);
    await expect(step.summary).toContainText(t("violation.not-an-amount"));
    await step.summary.getByRole("link", { name: /onsdag/ }).click();
    await expect(page.getByLabel(t("schedule.time-from", { day: "onsdag" })).first()).toBeFocused();
  });

  await test.step("typed and chosen", async () => {
    await page.getByLabel("Smeknamn").fill("Kulan");
    await page.getByLabel(/^Inkomst per månad/).fill("25 000");
    await page.getByLabel(/^Annan inkomst/).fill("120,50");
    await expect(page.locator("output").first()).toHaveText("25\u00a0120,50 kr");
    await page.getByRole("group", { name: /^Ledig/ }).getByLabel(t("field.from-day")).fill(FIRST.toISOString().slice(0, 10));
    await page.getByRole("group", { name: /^Ledig/ }).getByLabel(t("field.to-day")).fill(LAST.toISOString().slice(0, 10));
    await expect(page.locator("output").nth(1)).toHaveText("5");
    await step.choose("Kan simma", t("value.no"));
    await page.getByLabel("Vilken hjälp behövs?").fill("Ropa");
    await page.getByLabel("Medborgarskap").selectOption({ label: "Somalia" });
    await page.getByLabel("Modersmål").selectOption({ label: "somaliska" });
    await page.getByLabel("Önskad skola").selectOption({ label: "Björkskolan" });
    await page.getByLabel("Personnummer").fill("201601022385");
  });

  await test.step("a schedule: Monday's times copied, two weeks, a day that differs", async () => {
    await page.getByLabel(t("schedule.from")).fill("2026-08-24");
    await expect(page.getByText(t("schedule.week-number", { number: "35" }))).toBeVisible();
    const first = page.getByRole("group", { name: t("schedule.week", { n: "1" }) });
    await first.getByLabel(t("schedule.home")).selectOption({ label: "Hos Anna" });
    await first.getByLabel(t("schedule.time-from", { day: "måndag" })).first().fill("07:30");
    await first.getByLabel(t("schedule.time-to", { day: "måndag" })).first().fill("16:00");
    await first.getByRole("button", { name: t("schedule.same") }).click();
    await expect(first.getByLabel(t("schedule.time-to", { day: "fredag" })).first()).toHaveValue("16:00");
    await expect(first).toContainText(t("schedule.sum", { hours: "42", minutes: "30" }));
    await page.getByLabel(t("schedule.weeks")).selectOption("2");
    const second = page.getByRole("group", { name: t("schedule.week", { n: "2" }) });
    await second.getByLabel(t("schedule.home")).selectOption({ label: "Hos Bo" });
    await expect(first.getByLabel(t("schedule.time-to", { day: "fredag" })).first()).toHaveValue("16:00");
    await page.getByRole("button", { name: t("schedule.add-exception") }).click();
    await page.getByLabel(t("schedule.exception-day"), { exact: true }).fill("2026-12-24");
  });

  await test.step("rows, rows within rows, a group and a table", async () => {
    await page.getByLabel("Gatuadress").fill("Storgatan 1");
    const people = page.getByRole("group", { name: /^Får hämta/ });
    await people.getByLabel("Namn").fill("Birgitta");
    await people.getByRole("radio", { name: t("value.yes") }).check();
    await expect(people.getByRole("group", { name: "Dagar" })).toBeHidden();
    await people.getByRole("radio", { name: t("value.no") }).check();
    await people.getByRole("group", { name: "Dagar" }).getByLabel("Dag", { exact: true }).fill("2026-09-01");
    const costs = page.getByRole("group", { name: /^Kostnader/ });
    await costs.getByLabel("Vad").fill("Buss");
    await costs.getByLabel("Belopp").fill("500");
    await expect(page.locator("output").last()).toHaveText("500 kr");
    await page.getByRole("checkbox", { name: "Uppgifterna stämmer" }).check();
    await expect(step.summary.locator("li")).toHaveText([]);
    await expectAccessible(page);
    await expectNoSideways(page);
  });

  await test.step("a sibling's answer is taken over with one tap", async () => {
    await step.goOn();
    await page.getByRole("button", { name: /Samma som för/ }).click();
    await expect(page.getByLabel("Smeknamn")).toHaveValue("Kulan");
  });

  await test.step("told back in words", async () => {
    await expect(step.kept).toHaveText(t("kept.device"));
    await page.goto("/kontrollera");
    const told = page.locator("main");
    for (const words of ["20160102-****", "somaliska", "Somalia", "Björkskolan", "Storgatan 1", `${inWords(FIRST)}–${inWords(LAST)}`]) {
      await expect(told).toContainText(words);
    }
    await expect(told).toContainText("måndag–fredag 07.30–16.00");
    await expect(told).toContainText("Birgitta");
  });
});
