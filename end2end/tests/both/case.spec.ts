// What belongs to a case: papers that staff send with their part, opened by whoever decides; and the history in plain words.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { ANNA, LARS, MATS } from "../../municipality/cast.ts";
import { LOCKED, photo } from "../../municipality/photo.ts";
import { label, t, title } from "../../municipality/texts.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const FUNDING = "extra-funding/apply";
const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

test.use({ own: true });

/** Ella's own page, by her class. */
async function openElla(page: Page): Promise<void> {
  const desk = await Desk.as(page, LARS);
  const group = await desk.openGroup("2B");
  await group.openPanel("Ella Lindqvist");
  await group.panel.getByRole("link", { name: t("staff.child.open") }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ella Lindqvist" })).toBeVisible();
}

test("a principal applies with papers, what is refused says why, and the officer opens them in the case", async ({ page, device }) => {
  test.setTimeout(180_000);
  await page.setViewportSize(LAPTOP.viewport);
  await openElla(page);
  const card = page.locator("section.card").filter({ has: page.getByRole("heading", { name: title(FUNDING) }) });
  await card.locator("summary").click();
  const question = (key: string) => label(`${FUNDING}/${key}`);
  await card.getByLabel(question("from")).fill(await page.evaluate(() => new Date().toISOString().slice(0, 10)));
  await card.getByLabel("Ny ansökan").check();
  for (const key of ["background", "findings", "tried", "use"]) await card.getByLabel(question(key)).fill("Prov");

  const papers = card.getByRole("group", { name: question("statements") });
  await expect(papers).toContainText("JPEG, PNG, PDF");
  const input = papers.locator("input[type=file]");
  expect(await input.getAttribute("accept")).toBe("image/jpeg,image/png,application/pdf");
  await test.step("what is not taken says why, and nothing that was typed is lost", async () => {
    await input.setInputFiles({ name: "foto.heic", mimeType: "image/heic", buffer: Buffer.from("\0\0\0\x18ftypheic and more") });
    await expect(papers.locator(".field__error").filter({ visible: true })).toContainText(t("violation.file-heic"));
    await input.setInputFiles({ name: "last.pdf", mimeType: "application/pdf", buffer: LOCKED });
    await expect(papers.locator(".file__state")).toHaveText(t("violation.file-locked"));
    await card.getByRole("button", { name: t("staff.school.save") }).click();
    await expect(card.locator(".errorsummary")).toBeVisible();
    await expect(card.getByLabel(question("background"))).toHaveValue("Prov");
    await papers.getByRole("button", { name: t("rows.remove", { name: "last.pdf" }) }).click();
  });
  await input.setInputFiles({ name: "Utredning.JPG", mimeType: "image/jpeg", buffer: await photo(page, 600, 400) });
  await expect(papers.locator(".file__state")).toHaveText(t("files.done"), { timeout: 30_000 });
  const costs = card.getByRole("group", { name: question("costs") });
  await costs.getByLabel(label(`${FUNDING}/costs/what`)).fill("Resurs");
  await costs.getByLabel(label(`${FUNDING}/costs/amount`)).fill("10000");
  await expectAccessible(page);
  await expectDark(page);
  for (const size of [{ width: 390, height: 844 }, LAPTOP.viewport]) {
    await page.setViewportSize(size);
    await expectNoSideways(page);
  }
  if (PICTURES) await card.screenshot({ path: `${PICTURES}/staff-files.png` });
  await card.getByRole("button", { name: t("staff.school.save") }).click();
  await expect(card.locator("dl.facts img")).toBeVisible();

  const officer = await device(LAPTOP);
  await Desk.as(officer, MATS, "/personal/applications");
  await officer.getByRole("rowheader").getByRole("link", { name: "Ella Lindqvist" }).click();
  const shown = officer.locator("dl.facts img");
  await expect(shown).toBeVisible();
  await shown.scrollIntoViewIfNeeded();
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalHeight)).toBe(600);
  const address = await shown.getAttribute("src") ?? "";
  // The school has applied itself: there is nothing to ask the home about.
  await expect(officer.getByRole("heading", { name: t("staff.application.complete"), exact: true })).toHaveCount(0);
  await expectAccessible(officer);
  await expectWords(officer);
  for (const size of [{ width: 390, height: 844 }, { width: 320, height: 700 }, LAPTOP.viewport]) {
    await officer.setViewportSize(size);
    await expectNoSideways(officer);
    if (PICTURES) await officer.screenshot({ path: `${PICTURES}/case-${size.width}.png`, fullPage: true });
  }

  const mentor = await device(LAPTOP);
  await Desk.as(mentor, ANNA);
  expect((await mentor.request.get(address)).status()).toBe(404);
});
