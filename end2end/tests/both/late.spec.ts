// The last day of a round: moved while it is open, and what follows when it has passed: who is let in answers, who is not is told.
import { type Page } from "@playwright/test";
import { ANNA, INGRID, MARIA, MATS, SARA } from "../../municipality/cast.ts";
import { like, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

async function looksRight(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectDark(page);
  await expectWords(page);
  await expectNoSideways(page);
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/late-${name}.png`, fullPage: true });
}

/** So many days from now, as a field takes it, and as it is read. */
function day(ahead: number): { typed: string; read: string } {
  const date = new Date(Date.now() + ahead * 86_400_000);
  const typed = date.toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" });
  const read = date.toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm", day: "numeric", month: "long", year: "numeric" });
  return { typed, read };
}

/** This year's round on the page of rounds, with its last day opened. */
async function schoolStart(page: Page, summary: string) {
  const card = page.locator("ul.rounds > li").first();
  const details = card.locator("details").filter({ has: page.locator("summary", { hasText: t(summary) }) });
  if (!await details.evaluate((one: HTMLDetailsElement) => one.open)) await details.locator("summary").click();
  return card;
}

test.describe("while it is open", () => {
  test.use({ own: true });

  test("the last day is moved, families see it, and of two who move it the second is told", async ({ page, device }) => {
    const home = await SignIn.as(page, SARA);
    await home.ready();
    const until = home.main.getByText(like("home.until"));
    await expect(until).toBeVisible();

    const office = await device(LAPTOP);
    await Desk.as(office, MATS, "/personal/rounds");
    const other = await device(LAPTOP);
    await Desk.as(other, INGRID, "/personal/rounds");
    const hers = await schoolStart(other, "rounds.day.change");

    let card = await schoolStart(office, "rounds.day.change");
    await card.getByLabel(t("rounds.day.new")).fill(day(-1).typed);
    await card.getByRole("button", { name: t("rounds.day.save") }).click();
    await expect(card.getByText(t("violation.too-early", { earliest: day(0).read }))).toBeVisible();
    await card.getByLabel(t("rounds.day.new")).fill(day(30).typed);
    await card.getByRole("button", { name: t("rounds.day.save") }).click();
    await expect(card.getByText(like("rounds.day.moved-by"))).toContainText(MATS);
    await expect(card).toContainText(day(30).read);
    await page.reload();
    await expect(until).toHaveText(t("home.until", { day: day(30).read }));
    await page.setViewportSize({ width: 390, height: 844 });
    await looksRight(page, "home-open");

    await hers.getByLabel(t("rounds.day.new")).fill(day(14).typed);
    await hers.getByRole("button", { name: t("rounds.day.save") }).click();
    await expect(other.getByText(t("rounds.day.overtaken", { day: day(30).read }))).toContainText(MATS);
    await looksRight(other, "overtaken");

    card = await schoolStart(office, "rounds.day.change");
    await looksRight(office, "rounds");
    await card.getByRole("button", { name: t("rounds.day.today") }).click();
    await expect(card.getByText(like("rounds.day.moved-by"))).toContainText(day(30).read);
    await page.reload();
    await expect(until).toHaveText(t("home.until", { day: day(0).read }));
    await expect(home.begin).toBeVisible();
  });
});

test.describe("after the last day", () => {
  test.use({ age: 22 });

  test("who is let in answers, who is not is told, and a round is opened again", async ({ page, device }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width: 390, height: 844 });
    const home = await SignIn.as(page, SARA);
    await home.ready();
    await expect(home.main.getByText(like("home.closed"))).toBeVisible();
    await expect(home.card("Ella")).toContainText(t("home.closed-child"));
    await expect(home.begin).toHaveCount(0);
    await looksRight(page, "home-closed");

    const school = await device(LAPTOP);
    const group = await (await Desk.as(school, ANNA)).openGroup("2B");
    await group.openPanel("Ella Lindqvist");
    await expect(group.panel).toContainText(t("staff.late.in-panel"));
    await group.panel.getByRole("link", { name: t("staff.child.open") }).click();
    const late = school.locator("section.card").filter({ has: school.getByRole("heading", { name: t("staff.late.heading") }) });
    await late.locator("summary", { hasText: t("staff.late.open") }).click();
    await late.getByLabel(t("staff.late.day")).fill(day(3).typed);
    await looksRight(school, "child");
    await late.getByRole("button", { name: t("staff.late.save"), exact: true }).click();
    await expect(late).toContainText(t("staff.late.until", { day: day(3).read }));
    await expect(late).toContainText(ANNA);
    await looksRight(school, "child-let-in");

    await page.reload();
    await home.ready();
    await expect(home.main.getByText(t("home.until", { day: day(3).read }))).toBeVisible();
    // Ella's brother goes to another unit, where nobody has let him in.
    await expect(home.card("Nils")).toContainText(t("home.closed-child"));
    await looksRight(page, "home-let-in");
    await answerAndSend(page);
    await page.goto("/");
    await home.ready();
    await expect(home.card("Ella")).toContainText(t("home.done"));
    await expect(home.card("Nils")).toContainText(t("home.closed-child"));
    await expect(home.allDone).toHaveCount(0);
    await looksRight(page, "home-sent");

    const phone = await device();
    const closed = await SignIn.as(phone, MARIA);
    await closed.ready();
    await expect(closed.main.getByText(like("home.closed"))).toBeVisible();
    await expect(closed.begin).toHaveCount(0);
    const child = await closed.openChild("Wilma");
    await expect(child.tasks.first()).toContainText(t("task.expired"));
    await expect(child.tasks.first().getByRole("link")).toHaveCount(0);
    await looksRight(phone, "child-closed");

    const office = await device(LAPTOP);
    await Desk.as(office, MATS, "/personal/rounds");
    const card = await schoolStart(office, "rounds.day.reopen");
    await card.getByLabel(t("rounds.day.new")).fill(day(5).typed);
    await card.getByRole("button", { name: t("rounds.day.save") }).click();
    await expect(card.getByText(like("rounds.day.moved-by"))).toContainText(MATS);
    await phone.goto("/");
    await closed.ready();
    await expect(closed.main.getByText(t("home.until", { day: day(5).read }))).toBeVisible();
    await expect(closed.begin).toBeVisible();
  });
});
