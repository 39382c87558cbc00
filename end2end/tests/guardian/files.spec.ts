// A paper as a photo, from a telephone whose network comes and goes: sent part by part, taken up where it was, without where it
// was taken, and seen by those with a task for the child.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectLargeTargets, expectNoSideways } from "../../guard/layout.ts";
import { ANNA, FATIMA, SARA } from "../../municipality/cast.ts";
import { LOCKED, PLACE, photo } from "../../municipality/photo.ts";
import { ON_DEMAND, label, t } from "../../municipality/texts.ts";
import { Child } from "../../pages/guardian/child.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { Waiting } from "../../pages/guardian/waiting.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });
test.describe.configure({ timeout: 120_000 });

const FORM = ON_DEMAND.find((form) => form.key === "self-care")?.title ?? "";
const QUESTION = label("self-care/plan/certificate");
const PICTURES = process.env.SKOLSTART_E2E_PICTURES;

/** The step with the question about a paper, for Ella. */
async function open(page: Page): Promise<Step> {
  const home = await SignIn.as(page, SARA);
  await home.ready();
  const child = new Child((await home.openChild("Ella")).page);
  await child.offer(FORM).click();
  const step = new Step(page);
  await step.ready();
  return step;
}

class Papers {
  constructor(private readonly page: Page) {}
  get group() { return this.page.getByRole("group", { name: QUESTION }); }
  get input() { return this.group.locator("input[type=file]"); }
  get states() { return this.group.locator(".file__state"); }
  get problems() { return this.group.locator(".field__error").filter({ visible: true }); }
  get again() { return this.group.getByRole("button", { name: t("files.again") }); }
  get pictures() { return this.group.locator("img"); }
}

test("a photo survives a lost network and a reload, is sent without its position, and staff see it", async ({ page, watch, device }) => {
  watch.expectNetworkFailures();
  const step = await open(page);
  const papers = new Papers(page);
  await expect(papers.group).toContainText(t("files.limits.other", { kinds: "JPEG, PNG, PDF", n: "3", max: "10" }));
  const buffer = await photo(page, 1800, 1300);
  expect(buffer.includes(PLACE)).toBe(true);
  expect(buffer.length).toBeGreaterThan(800_000);

  const offsets: number[] = [];
  let lost = true;
  await page.route("**/api/files/*/parts/*", async (route) => {
    const offset = Number(route.request().url().split("/").pop());
    if (lost && offset > 200_000) return route.abort("connectionfailed");
    offsets.push(offset);
    await route.continue();
  });

  await test.step("the network is lost midway: it waits, and says so", async () => {
    await papers.input.setInputFiles({ name: "IMG_2041.JPG", mimeType: "image/jpeg", buffer });
    await expect(papers.states).toContainText(/Väntar på nätet, \d+ % skickat/, { timeout: 20_000 });
    await expect(papers.again).toBeVisible();
    await expectAccessible(page);
    await expectNoSideways(page);
    await expectLargeTargets(page);
    if (PICTURES) await papers.group.screenshot({ path: `${PICTURES}/files-waiting.png` });
  });

  await test.step("after a reload it goes on where the school has come to", async () => {
    lost = false;
    await page.reload();
    await expect(papers.states).toHaveText(t("files.done"), { timeout: 30_000 });
    await expect(papers.pictures).toBeVisible();
    expect(new Set(offsets).size, "no part is sent twice").toBe(offsets.length);
    await expectAccessible(page);
    if (PICTURES) await papers.group.screenshot({ path: `${PICTURES}/files-sent.png` });
  });

  const address = await papers.pictures.getAttribute("src") ?? "";
  await test.step("it is shown without its notes", async () => {
    const shown = await page.request.get(address);
    const body = await shown.body();
    expect(shown.headers()["content-type"]).toBe("image/jpeg");
    expect(body.includes("Exif") || body.includes(PLACE)).toBe(false);
    // Turned as it was held: higher than wide. A picture is fetched when it comes into sight.
    await papers.pictures.scrollIntoViewIfNeeded();
    const size = () => papers.pictures.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
    await expect.poll(size).toEqual([1300, 1800]);
  });

  await test.step("nobody else sees it before it is sent", async () => {
    const laptop = await device();
    await Desk.as(laptop, ANNA);
    expect((await laptop.request.get(address)).status()).toBe(404);
    await laptop.context().close();
  });

  const child = page.url().split("/").pop() ?? "";
  await step.fill();
  await step.goOn();
  const review = new Review(page);
  await review.ready();
  await expect(page.locator("section.review img")).toBeVisible();
  await expectAccessible(page);
  await review.sent();

  await test.step("her teacher sees it in the page", async () => {
    const laptop = await device({ viewport: { width: 1366, height: 900 } });
    await Desk.as(laptop, ANNA, `/personal/children/${child}`);
    const shown = laptop.locator("dl.facts img");
    await expect(shown).toBeVisible();
    await shown.scrollIntoViewIfNeeded();
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalHeight)).toBe(1800);
    await expectAccessible(laptop);
    if (PICTURES) await laptop.screenshot({ path: `${PICTURES}/files-staff.png` });
    await laptop.context().close();
  });

  await test.step("another school's teacher does not", async () => {
    for (const [who, status] of [[ANNA, 200], [FATIMA, 404]] as const) {
      const laptop = await device();
      await Desk.as(laptop, who);
      expect((await laptop.request.get(address)).status(), who).toBe(status);
      await laptop.context().close();
    }
  });
});

test("chosen without a network it waits with its answer, also after a reload, and goes before it when the network is back", async ({ page, watch }) => {
  const step = await open(page);
  const papers = new Papers(page);
  const buffer = await photo(page, 900, 700);
  watch.expectNetworkFailures();
  await page.route("**/api/**", (route) => route.abort("connectionfailed"));
  await papers.input.setInputFiles({ name: "IMG_2042.JPG", mimeType: "image/jpeg", buffer });
  await expect(papers.states).toContainText(/Väntar på nätet/, { timeout: 20_000 });
  await step.fill();
  await step.goOn();
  const review = new Review(page);
  await review.ready();
  await review.send.click();
  const waiting = new Waiting(page);
  await waiting.ready();
  await expect(waiting.items).toContainText("Med 1 fil, ");
  await expectAccessible(page);
  await page.reload();
  await waiting.ready();
  await expect(waiting.items).toContainText("Med 1 fil, ");

  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") sent.push(new URL(request.url()).pathname.split("/")[2]);
  });
  await page.unroute("**/api/**");
  await waiting.sendNow.click();
  await expect(waiting.none).toBeVisible({ timeout: 30_000 });
  expect(sent[0]).toBe("files");
  expect(sent.lastIndexOf("files")).toBeLessThan(sent.indexOf("submissions"));
});

test("what cannot be taken says why, and nothing is sent of it", async ({ page }) => {
  const step = await open(page);
  const papers = new Papers(page);
  const asked: string[] = [];
  page.on("request", (request) => { if (request.url().includes("/api/files/")) asked.push(request.method()); });
  const cases: [string, Buffer, string][] = [
    ["tom.pdf", Buffer.alloc(0), t("violation.file-empty")],
    ["stor.jpg", Buffer.alloc(10_000_001, 0xff), t("violation.file-too-large", { max: "10" })],
    ["intyg.pdf", Buffer.from("MZ\x90 a program"), t("violation.wrong-file-kind")],
    ["bild.jpg", Buffer.from("\0\0\0\x18ftypheic and more", "latin1"), t("violation.file-heic")],
  ];
  for (const [name, buffer, words] of cases) {
    await papers.input.setInputFiles({ name, mimeType: "image/jpeg", buffer });
    await expect(papers.problems).toHaveText(`${name}: ${words}`);
  }
  expect(asked).toEqual([]);
  await expectAccessible(page);

  // Only the school can tell that it is locked.
  await papers.input.setInputFiles({ name: "beslut.pdf", mimeType: "application/pdf", buffer: LOCKED });
  await expect(papers.states).toHaveText(t("violation.file-locked"));
  await expect(papers.problems).toHaveCount(0);
  await expectAccessible(page);
  if (PICTURES) await papers.group.screenshot({ path: `${PICTURES}/files-refused.png` });
  await papers.group.getByRole("button", { name: t("rows.remove", { name: "beslut.pdf" }) }).click();
  await expect(papers.states).toHaveCount(0);
  await expect(papers.input).toBeFocused();
  await step.fill();
  await step.goOn();
});
