// Two devices: what was begun at one goes on at the other. It lies with the school until it is sent or she throws it away. And a no
// that is said at one stands against a yes that waited at the other.
import { KARIN, MARIA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { Home } from "../../pages/guardian/home.ts";
import { savesNothingByItself } from "../../pages/guardian/keeping.ts";
import { Review } from "../../pages/guardian/review.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { Waiting } from "../../pages/guardian/waiting.ts";
import { expect, test } from "../../test.ts";
import type { Page } from "@playwright/test";

test.use({ own: true });

const PHONE = label("contact-details/own/phone");
const EMAIL = label("contact-details/own/email");
const WEB = label("pictures/publish/web");
const HOME = "**/api/guardian/home";

async function begun(page: Page, who: string): Promise<Step> {
  const home = await SignIn.as(page, who);
  await home.ready();
  return home.start();
}

test("begun at the phone, gone on with and sent from the laptop; then nothing is left of it", async ({ page, device }) => {
  const phone = await begun(page, MARIA);
  await phone.change(PHONE);
  await phone.input(PHONE).fill("070-174 06 52");
  await expect(phone.kept).toHaveText(t("kept.device"));
  await expect(phone.kept).toHaveText(t("kept.school"));

  const other = await device({ viewport: { width: 1366, height: 900 } });
  const laptop = await begun(other, MARIA);
  await expect(laptop.input(PHONE)).toHaveValue("070-174 06 52");
  await laptop.change(EMAIL);
  await laptop.input(EMAIL).fill("maria.laptop@example.se");
  await expect(laptop.kept).toHaveText(t("kept.school"));

  // The phone has not seen it and types on: both are kept, field by field.
  await phone.input(PHONE).fill("070-174 06 53");
  await expect(phone.input(EMAIL)).toHaveValue("maria.laptop@example.se");
  await expect(phone.kept).toHaveText(t("kept.school"));
  await other.reload();
  await expect(laptop.input(PHONE)).toHaveValue("070-174 06 53");

  await other.goto("/");
  await answerAndSend(other);
  const kept = await other.evaluate(async () => (await fetch("/api/guardian/draft")).json());
  expect(kept.record).toBe("");
  await page.goto("/");
  await expect(new Home(page).allDone).toBeVisible();
});

test("a protected child: nothing on the device, and it goes on from the school", async ({ page, device }) => {
  const first = await begun(page, KARIN);
  await first.change(PHONE);
  await first.input(PHONE).fill("070-174 06 54");
  await expect(first.kept).toHaveText(t("kept.protected"));
  await expect(first.kept).toHaveText(t("kept.school"));
  const second = await begun(await device(), KARIN);
  await expect(second.input(PHONE)).toHaveValue("070-174 06 54");
});

test("a device whose clock is two days wrong loses nothing", async ({ page, device }) => {
  for (const days of [2, -2]) {
    const wrong = days > 0 ? page : await device();
    await wrong.clock.install({ time: Date.now() + days * 86_400_000 });
    const home = await SignIn.as(wrong, MARIA);
    await home.ready();
    const step = await home.start();
    // At the second device she goes on with what she wrote at the first, whose clock is four days ahead of it.
    if (days > 0) await step.change(PHONE);
    else await expect(step.input(PHONE)).toHaveValue("070-174 06 57");
    await step.input(PHONE).fill(`070-174 06 5${days + 5}`);
    await expect(step.kept).toHaveText(t(days > 0 ? "kept.school" : "kept.device"));
    await wrong.reload();
    await expect(step.input(PHONE)).toHaveValue(`070-174 06 5${days + 5}`);
    await wrong.goto("/");
    if (days < 0) {
      await answerAndSend(wrong);
      await wrong.goto("/");
      await expect(new Home(wrong).allDone).toBeVisible();
    }
  }
});

test("signing out: she keeps it with the school, and it is there at the next device", async ({ page, device }) => {
  const step = await begun(page, MARIA);
  await step.change(PHONE);
  await step.input(PHONE).fill("070-174 06 56");
  await new Home(page).signOut();
  await page.getByRole("dialog").getByRole("button", { name: t("sign-out.keep") }).click();
  await expect(new SignIn(page).heading).toBeVisible();
  const later = await begun(await device(), MARIA);
  await expect(later.input(PHONE)).toHaveValue("070-174 06 56");
});

test("another round opens while she writes, and is over: nothing that she had begun is gone, here or at another device", async ({ page, device }) => {
  const first = await begun(page, MARIA);
  await first.change(PHONE);
  await first.input(PHONE).fill("070-174 06 55");
  await expect(first.kept).toHaveText(t("kept.school"));
  const erased: string[] = [];
  page.on("request", (request) => { if (request.method() === "DELETE") erased.push(request.url()); });
  // A round for her children alone, that does not ask about herself.
  await page.route(HOME, async (route) => {
    const answer = await route.fetch();
    const home = await answer.json();
    home.round.id = "01900000-0000-7000-9000-00000000abcd";
    home.tasks = home.tasks.filter((task: { child?: string }) => task.child);
    await route.fulfill({ response: answer, json: home });
  });
  await page.goto("/");
  await expect(new Home(page).begin).toHaveText(t("home.begin"));
  const special = await new Home(page).start();
  await special.fill();
  await expect(special.kept).toHaveText(t("kept.school"));
  await page.unroute(HOME);
  await page.goto("/");
  await expect(new Home(page).begin).toHaveText(t("home.continue"));
  await expect((await new Home(page).start()).input(PHONE)).toHaveValue("070-174 06 55");
  expect(erased).toEqual([]);
  const other = await begun(await device(), MARIA);
  await expect(other.input(PHONE)).toHaveValue("070-174 06 55");
});

test("a yes that waits at the phone does not undo the no that she says at the laptop meanwhile", async ({ page, context, watch, device }) => {
  await SignIn.as(page, MARIA);
  await (await answerAndSend(page, { [WEB]: t("value.no") })).home();
  const phone = await new Home(page).openChild("Wilma");
  const other = await device({ viewport: { width: 1366, height: 900 } });
  await (await SignIn.as(other, MARIA)).ready();
  const laptop = await new Home(other).openChild("Wilma");

  watch.expectNetworkFailures();
  await context.setOffline(true);
  await phone.consent(WEB).getByRole("radio", { name: t("value.yes"), exact: true }).check();
  await expect(page.getByText(t("waiting.kept"))).toBeVisible();
  await laptop.decide(WEB, true);
  await laptop.decide(WEB, false);
  await context.setOffline(false);
  const waiting = new Waiting(page);
  await waiting.count.click();
  await expect(waiting.items).toContainText(t("waiting.stale"));
  await other.reload();
  await expect(laptop.consent(WEB)).toContainText(t("consent.stands.withdrawn"));

  // She looks, and means it.
  await waiting.items.getByRole("button").click();
  const step = new Step(page);
  await step.ready();
  await step.choose(WEB, t("value.yes"));
  await step.fill();
  await step.goOn();
  await new Review(page).sent();
  await other.reload();
  await expect(laptop.consent(WEB)).toContainText(t("consent.stands.given"));
});

test("a yes that did not know of a no is told of it; a no without a network goes by itself", async ({ page, context, watch, device }) => {
  await SignIn.as(page, MARIA);
  await (await answerAndSend(page, { [WEB]: t("value.no") })).home();
  const phone = await new Home(page).openChild("Wilma");
  const other = await device({ viewport: { width: 1366, height: 900 } });
  await (await SignIn.as(other, MARIA)).ready();
  const laptop = await new Home(other).openChild("Wilma");
  await laptop.decide(WEB, true);
  await laptop.decide(WEB, false);

  // The phone does not know (a tap that is refused does not stay chosen, so it is no `check`): it is told, shows what stands, and takes the same tap from whoever has seen that.
  await page.route(HOME, (route) => route.abort());
  watch.expectNetworkFailures();
  await savesNothingByItself(page);
  await phone.consent(WEB).getByRole("radio", { name: t("value.yes"), exact: true }).click();
  await expect(page.getByText(t("consent.newer"))).toBeVisible();
  await page.unroute(HOME);
  await page.reload();
  await expect(phone.consent(WEB)).toContainText(t("consent.stands.withdrawn"));
  // The refused one does not lie there after the reload.
  await expect(new Waiting(page).count).toBeHidden();
  await phone.decide(WEB, true);

  // A no without a network waits, and stands when it has arrived.
  await context.setOffline(true);
  await phone.consent(WEB).getByRole("radio", { name: t("value.no"), exact: true }).click();
  await expect(page.getByText(t("waiting.kept"))).toBeVisible();
  await expect(new Waiting(page).count).toContainText("1");
  await context.setOffline(false);
  await expect(new Waiting(page).count).toBeHidden();
  await expect(phone.consent(WEB)).toContainText(t("consent.stands.withdrawn"));
});
