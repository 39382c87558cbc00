// Signing in at a provider of identity that we have not written: guardians and staff, stopping, not being known, and a
// provider that is down.
import type { Page } from "@playwright/test";
import { ANNA, LARS, SARA } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { Home } from "../../pages/guardian/home.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test.use({ withIdentity: true });

const BANKID = () => t("sign-in.with", { name: "BankID" });
const MUNICIPALITY = () => t("staff.sign-in.with", { name: "kommunens inloggning" });

/** At the provider: says who one is, or stops. */
async function prove(page: Page, who: string, how = "Legitimera"): Promise<void> {
  await page.getByRole("textbox", { name: "Vem" }).fill(who);
  await page.getByRole("button", { name: how }).click();
}

test("a guardian signs in, comes back to the page she wanted, and signs out", async ({ page, context, server }) => {
  await page.goto("/kvitton");
  await expect(page.getByRole("heading", { level: 1, name: t("sign-in.title") })).toBeVisible();
  await expectAccessible(page);
  await expectNoSideways(page);
  await page.getByRole("button", { name: BANKID() }).click();
  await prove(page, SARA);
  await new SignIn(page).device("device.own");
  await expect(page).toHaveURL(`${server.origin}/kvitton`);
  await expect(page.getByRole("heading", { level: 1, name: t("receipts.heading") })).toBeVisible();
  const names = (await context.cookies(server.origin)).map((cookie) => cookie.name);
  // The provider is on the same host in the journeys, and cookies know no ports.
  expect(names.filter((name) => name.startsWith("skolstart"))).toEqual(["skolstart-session"]);
  await page.goto("/");
  const home = new Home(page);
  await home.ready();
  await expect(page.getByRole("heading", { name: "Ella", exact: true })).toBeVisible();
  await home.signOutButton.click();
  await expect(page.getByRole("button", { name: BANKID() })).toBeVisible();
});

test("who signs out at the provider is signed out here", async ({ page, identity }) => {
  await page.goto("/");
  await page.getByRole("button", { name: BANKID() }).click();
  await prove(page, SARA);
  await new SignIn(page).device("device.own");
  await new Home(page).ready();
  const there = await page.context().newPage();
  await there.goto(`${identity.issuer}/session/end`);
  await there.getByRole("button", { name: "Logga ut hos oss" }).click();
  await expect(there.getByRole("heading", { name: "Utloggad hos oss" })).toBeVisible();
  // The provider has told the school by itself: the browser brought nothing.
  await page.reload();
  await expect(page.getByRole("button", { name: BANKID() })).toBeVisible();
});

test("staff sign in their own way, and are staff only", async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 900 });
  await page.goto("/personal/");
  await expect(page.getByRole("button", { name: MUNICIPALITY() })).toBeVisible();
  await expect(page.getByRole("button", { name: BANKID() })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: MUNICIPALITY() }).click();
  await prove(page, ANNA);
  const desk = new Desk(page);
  await expect(desk.rail).toBeVisible();
  await desk.openGroup("2B");
});

test("who stops, and who is not known, is told what to do", async ({ page, server }) => {
  await page.goto("/");
  await page.getByRole("button", { name: BANKID() }).click();
  await prove(page, SARA, "Avbryt");
  await expect(page.getByText(t("sign-in.why.cancelled"))).toBeVisible();
  // Lars works here, and has no child here.
  await page.getByRole("button", { name: BANKID() }).click();
  await prove(page, LARS);
  await expect(page.getByText(t("sign-in.why.unknown"))).toBeVisible();
  await expect(page).toHaveURL(`${server.origin}/logga-in/unknown`);
  await expectAccessible(page);
  await expectNoSideways(page);
});

test("while the provider is down the page says so, and who is signed in stays so", async ({ page, identity, device, watch }) => {
  const laptop = await device({ viewport: { width: 1366, height: 900 }, hasTouch: false });
  await laptop.goto("/personal/");
  await laptop.getByRole("button", { name: ANNA }).click();
  const desk = new Desk(laptop);
  await expect(desk.rail).toBeVisible();
  await identity.close();
  watch.expectNetworkFailures();
  await page.goto("/");
  await page.getByRole("button", { name: BANKID() }).click();
  await expect(page.getByText(t("sign-in.why.down"))).toBeVisible();
  await desk.openGroup("2B");
});
