// Life interrupts: a reload, the back button, a second tab. Nothing that was typed is lost, right or wrong.
import { expectAccessible } from "../../guard/accessible.ts";
import { MARIA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { Home } from "../../pages/guardian/home.ts";
import { savesNothingByItself } from "../../pages/guardian/keeping.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

const PHONE = label("contact-details/own/phone");
const EMAIL = label("contact-details/own/email");
const HOME = "**/api/guardian/home";
const WRONG = "det här är inget nummer";

test("a reload in the middle keeps what was typed, also what is wrong", async ({ page }) => {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  const step = await home.start();
  await step.change(PHONE);
  await step.input(PHONE).fill(WRONG);
  await expect(step.kept).toHaveText(t("kept.device"));
  await page.reload();
  await expect(step.input(PHONE)).toHaveValue(WRONG);
  await step.next.click();
  await expect(await step.fault(step.input(PHONE))).toHaveText(t("violation.not-a-phone"));
});

test("a page whose contents could not be fetched says so, and comes when it is asked for again", async ({ page, watch }) => {
  watch.expectNetworkFailures();
  watch.expectServerFaults();
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  const child = await page.locator(".childcard__more a").first().getAttribute("href") ?? "";
  const step = await home.start();
  await step.change(PHONE);
  await step.input(PHONE).fill(WRONG);
  await expect(step.kept).toHaveText(t("kept.device"));
  for (const path of [new URL(page.url()).pathname, child, "/kontrollera", "/"]) {
    // Not the network: that shows what was there last.
    await page.route(HOME, (route) => route.fulfill({ status: 500, body: "" }));
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: t("common.error.heading") })).toBeVisible();
    if (path === child) await expectAccessible(page);
    await page.unroute(HOME);
    await page.getByRole("button", { name: t("common.try-again") }).click();
    await expect(page.getByRole("heading", { level: 1, name: t("common.error.heading") })).toHaveCount(0);
    await expect(page.locator("main h1")).toBeVisible();
    if (path.startsWith("/svara/")) await expect(step.input(PHONE)).toHaveValue(WRONG);
  }
});

test("leaving the page for another program keeps what was typed a moment ago", async ({ page }) => {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  const step = await home.start();
  await savesNothingByItself(page);
  await step.change(PHONE);
  await step.input(PHONE).fill(WRONG);
  await expect(step.kept).not.toHaveText(t("kept.device"));
  // What a phone does when another program comes to the front.
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  });
  // At the school a moment after.
  await expect(step.kept).toHaveText(new RegExp(`^(${t("kept.device")}|${t("kept.school")})$`));
  await page.reload();
  await expect(step.input(PHONE)).toHaveValue(WRONG);
});

test("back and forward go between the acts and keep the answers", async ({ page }) => {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  const step = await home.start();
  const first = page.url();
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 42");
  await step.goOn();
  const second = page.url();
  await page.goBack();
  await expect(page).toHaveURL(first);
  await expect(step.input(PHONE)).toHaveValue("070-174 06 42");
  await page.goForward();
  await expect(page).toHaveURL(second);
  await step.back.click();
  await expect(page).toHaveURL(first);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect(new Home(page).begin).toHaveText(t("home.continue"));
});

test("two tabs: what is typed in both is in both, and what one has sent is gone from the other", async ({ page, context }) => {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  const one = await home.start();
  const tab = await context.newPage();
  await tab.goto(page.url());
  const other = new Step(tab);
  await one.change(PHONE);
  await one.input(PHONE).fill("070-174 06 43");
  await expect(one.kept).toHaveText(t("kept.device"));
  await other.change(EMAIL);
  await other.input(EMAIL).press("Home");
  await tab.keyboard.type("ny.");
  // What the first tab typed is drawn in, and the next key still goes where she was.
  await expect(other.input(PHONE)).toHaveValue("070-174 06 43");
  await tab.keyboard.type("post.");
  await expect(other.input(EMAIL)).toHaveValue(/^ny\.post\.maria/);
  await other.input(EMAIL).fill("maria.ny@example.se");
  await expect(other.kept).toHaveText(t("kept.device"));
  await expect(other.input(EMAIL)).toHaveValue("maria.ny@example.se");

  await page.bringToFront();
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(one.input(EMAIL)).toHaveValue("maria.ny@example.se");
  await expect(one.input(PHONE)).toHaveValue("070-174 06 43");

  await page.goto("/");
  await answerAll(page);
  await new Review(page).sent();
  await tab.bringToFront();
  await tab.evaluate(() => dispatchEvent(new Event("focus")));
  await tab.goto("/");
  await expect(new Home(tab).card("Wilma")).toHaveAttribute("data-state", "done");
});

test("what one tab has sent shows in the other without a reload", async ({ page, context }) => {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  const step = await home.start();
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 44");
  await expect(step.kept).toHaveText(t("kept.device"));
  const tab = await context.newPage();
  await tab.goto("/");
  await expect(new Home(tab).begin).toHaveText(t("home.continue"));
  await page.goto("/");
  await answerAll(page);
  await new Review(page).sent();
  await tab.bringToFront();
  await tab.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(new Home(tab).card("Wilma")).toHaveAttribute("data-state", "done");
});

test("without network she is told so while she types, and that it is kept on the phone", async ({ page, context }) => {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  const step = await home.start();
  await context.setOffline(true);
  await expect(step.kept).toHaveText(t("kept.no-network"));
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 45");
  await expect(step.kept).toHaveText(t("kept.no-network"));
  await context.setOffline(false);
  await expect(step.kept).toHaveText(t("kept.device"));
  await page.reload();
  await expect(step.input(PHONE)).toHaveValue("070-174 06 45");
});
