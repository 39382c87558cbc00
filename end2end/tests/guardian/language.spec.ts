// English on every page of the guardian program: no key, no Swedish left over, and the choice is kept.
import { MARIA } from "../../municipality/cast.ts";
import { t, title } from "../../municipality/texts.ts";
import { expectWords } from "../../guard/wording.ts";
import { Home } from "../../pages/guardian/home.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

/** Swedish function words: none of them is an English word. Names and schools have none. */
const SWEDISH = /(^|[\s(])(och|är|inte|för|på|som|att|med|eller|svar|barnet|skolan|vårdnadshavare)([\s.,!?)]|$)/i;

test("the whole way in English", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel(t("common.language")).selectOption("en");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  const look = async () => {
    await expectWords(page);
    const shown = await page.evaluate(() => {
      const copy = document.body.cloneNode(true) as HTMLElement;
      // Languages are named in themselves; what a person has written stays as it was written.
      for (const one of copy.querySelectorAll("[lang=sv], .known__value, script, style, noscript, [hidden]")) one.remove();
      return [copy.textContent ?? "", document.title].join("\n");
    });
    expect(shown.match(SWEDISH)?.[0] ?? "", `Swedish on ${new URL(page.url()).pathname.replace(/[0-9a-f-]{36}/g, "…")}`).toBe("");
  };
  await expect(page.getByRole("heading", { level: 1, name: t("sign-in.heading", {}, "en") })).toBeVisible();
  await look();
  await page.getByRole("button", { name: MARIA }).click();
  await expect(page.getByRole("heading", { level: 1, name: t("device.heading", {}, "en") })).toBeVisible();
  await look();
  await page.getByRole("button", { name: t("device.own", {}, "en") }).click();
  const home = new Home(page);
  await home.ready();
  await look();
  await home.begin.click();
  const acts = new Set<string>();
  while (!page.url().endsWith("/kontrollera")) {
    await expect(page.locator("main h1")).toBeVisible();
    acts.add(await page.locator("main h1").innerText());
    for (const consent of await page.locator(".consent").all()) await consent.getByRole("radio", { name: t("value.yes", {}, "en"), exact: true }).check();
    await look();
    const before = page.url();
    await page.locator(".bottombar button").click();
    await expect.poll(() => page.url()).not.toBe(before);
  }
  expect(acts).toContain(title("pictures/publish", "en"));
  await expect(page.getByRole("heading", { level: 1, name: t("review.heading", {}, "en") })).toBeVisible();
  await look();
  await page.locator(".bottombar button").click();
  await expect(page.getByRole("heading", { level: 1, name: t("receipt.heading", {}, "en") })).toBeVisible();
  await look();
  await page.getByRole("link", { name: t("receipt.home", {}, "en") }).click();
  await expect(page.locator(".childcard")).toBeVisible();
  await look();
  await page.getByRole("link", { name: t("home.see-all", { name: "Wilma" }, "en") }).click();
  await expect(page.locator(".timeline__item").first()).toBeVisible();
  await look();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("the language can be changed in the middle, and nothing is lost", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: MARIA }).click();
  await page.getByRole("button", { name: t("device.own") }).click();
  const home = new Home(page);
  await home.ready();
  const step = await home.start();
  await step.change("Mobilnummer");
  await step.input("Mobilnummer").fill("070-174 06 88");
  await page.getByLabel(t("common.language")).selectOption("en");
  await expect(step.heading).toHaveText(title("contact-details/own", "en"));
  await expect(page.getByLabel("Mobile number")).toHaveValue("070-174 06 88");
});
