// Passkeys: a teacher adds one, signs out, comes back with it, gives it another name and removes it. And what is said when
// nothing comes of it.
import type { Page } from "@playwright/test";
import { ANNA, LARS } from "../../municipality/cast.ts";
import { PasskeyDevice } from "../../municipality/device.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways, expectVisibleFocus } from "../../guard/layout.ts";
import { expectWords } from "../../guard/wording.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test.use({ byName: true });

const SESSIONS = "/personal/sessions";
const LAPTOP = { width: 1366, height: 900 };
const PHONE = { width: 390, height: 844 };

/** The section of the page, and what stands in it. */
class Passkeys {
  constructor(readonly page: Page) {}

  get section() { return this.page.getByRole("region", { name: t("passkeys.title") }); }
  get lines() { return this.section.getByRole("listitem"); }
  get name() { return this.section.getByLabel(t("passkeys.name")); }
  get add() { return this.section.getByRole("button", { name: t("passkeys.add") }); }
  get trouble() { return this.section.getByRole("alert"); }
  get signIn() { return this.page.getByRole("button", { name: t("passkeys.sign-in") }); }

  async added(name: string): Promise<void> {
    await this.name.fill(name);
    await this.add.click();
    await expect(this.lines.filter({ hasText: name })).toBeVisible();
  }

  async signOut(): Promise<void> {
    await new Desk(this.page).rail.getByRole("button", { name: t("common.sign-out") }).click();
    await expect(this.signIn).toBeVisible();
  }
}

/** What this page looks like to everybody. */
async function fits(page: Page, picture: string): Promise<void> {
  await expectAccessible(page);
  await expectDark(page);
  await expectWords(page);
  for (const [size, name] of [[PHONE, "390"], [LAPTOP, "1366"]] as const) {
    await page.setViewportSize(size);
    await expectNoSideways(page);
    await page.screenshot({ path: test.info().outputPath(`${picture}-${name}.png`), fullPage: true });
  }
}

test("a teacher adds a passkey, comes back with it, renames and removes it", async ({ page }) => {
  const device = await PasskeyDevice.for(page);
  await Desk.as(page, ANNA, SESSIONS);
  const passkeys = new Passkeys(page);
  await expect(passkeys.section.getByText(t("passkeys.none"))).toBeVisible();
  await fits(page, "none");
  // A name first; then the device is asked.
  await passkeys.add.click();
  await expect(passkeys.trouble).toHaveText(t("passkeys.name-missing"));
  await expect(passkeys.name).toBeFocused();
  await expect(passkeys.name).toHaveAttribute("aria-invalid", "true");
  await expect(passkeys.name).toHaveAccessibleDescription(new RegExp(t("passkeys.name-missing")));
  await passkeys.added("Arbetsdatorn");
  expect(await device.count()).toBe(1);
  await expect(passkeys.lines.getByText(t("passkeys.not-used"))).toBeVisible();
  await fits(page, "one");
  // The same device has one already.
  await passkeys.name.fill("En till");
  await passkeys.add.click();
  await expect(passkeys.trouble).toHaveText(t("passkeys.device.there"));
  expect(await device.count()).toBe(1);

  await passkeys.signOut();
  await fits(page, "sign-in");
  await passkeys.signIn.click();
  // The address has stayed: she is where she was.
  await expect(passkeys.lines.filter({ hasText: "Arbetsdatorn" }).getByText(t("passkeys.here"))).toBeVisible();
  await expect(passkeys.lines.getByText(t("passkeys.not-used"))).toBeHidden();

  await passkeys.lines.getByRole("button", { name: t("passkeys.rename") }).click();
  const field = passkeys.lines.getByLabel(t("passkeys.new-name"));
  await expect(field).toHaveValue("Arbetsdatorn");
  await fits(page, "rename");
  await field.fill("Datorn på jobbet");
  await passkeys.lines.getByRole("button", { name: t("staff.save") }).click();
  await expect(passkeys.lines.filter({ hasText: "Datorn på jobbet" })).toBeVisible();
  await expectVisibleFocus(page, 10);

  const remove = passkeys.lines.getByRole("button", { name: t("passkeys.remove") });
  const question = page.getByRole("dialog", { name: t("passkeys.remove-heading", { name: "Datorn på jobbet" }) });
  await remove.click();
  await expect(question.getByText(t("passkeys.remove-here"))).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize(PHONE);
  await page.screenshot({ path: test.info().outputPath("remove-390.png") });
  await page.setViewportSize(LAPTOP);
  await question.getByRole("button", { name: t("staff.cancel") }).click();
  await expect(question).toBeHidden();
  await remove.click();
  await question.getByRole("button", { name: t("passkeys.remove") }).click();
  // It was what she was signed in with.
  await expect(page.getByText(t("common.ended.heading"))).toBeVisible();
  await page.reload();
  await passkeys.signIn.click();
  await expect(page.getByText(t("passkeys.sign-in.wrong"))).toBeVisible();
  await expectAccessible(page);
});

test("what is said when nothing comes of it", async ({ page, context, watch }) => {
  const device = await PasskeyDevice.for(page);
  await Desk.as(page, LARS, SESSIONS);
  const passkeys = new Passkeys(page);
  // The finger does not fit: browsers tell that as they tell of a question that was closed.
  await device.fits(false);
  await passkeys.name.fill("Arbetsdatorn");
  await passkeys.add.click();
  await expect(passkeys.trouble).toHaveText(t("passkeys.device.cancelled"));
  await expect(passkeys.lines).toHaveCount(0);
  await device.fits(true);
  // No network when the device has answered: what it made is sent when she tries again, and it is not asked twice.
  watch.expectNetworkFailures();
  await page.route(/\/api\/passkeys\/[0-9a-f-]{36}$/, (route) => route.abort("internetdisconnected"));
  await passkeys.add.click();
  await expect(passkeys.trouble).toHaveText(t("staff.handle.offline"));
  expect(await device.count()).toBe(1);
  await page.unroute(/\/api\/passkeys\/[0-9a-f-]{36}$/);
  await passkeys.add.click();
  await expect(passkeys.lines.filter({ hasText: "Arbetsdatorn" })).toBeVisible();
  expect(await device.count()).toBe(1);

  // The server says that she has to sign in anew.
  await page.route("**/api/passkeys", async (route) => {
    const answer = await route.fetch();
    return route.fulfill({ response: answer, json: { ...(await answer.json()), fresh: false } });
  });
  await page.reload();
  await expect(passkeys.section.getByText(t("passkeys.not-fresh"))).toBeVisible();
  await expect(passkeys.lines.getByRole("button")).toHaveCount(0);
  await fits(page, "not-fresh");
  await page.unroute("**/api/passkeys");
  await passkeys.section.getByRole("button", { name: t("passkeys.sign-in-again") }).click();
  await expect(passkeys.signIn).toBeVisible();

  // Signing in: not the right finger, no network, too late.
  await device.fits(false);
  await passkeys.signIn.click();
  await expect(page.getByText(t("passkeys.device.cancelled"))).toBeVisible();
  await device.fits(true);
  await page.route("**/api/passkey-sign-in", (route) => route.abort("internetdisconnected"));
  await passkeys.signIn.click();
  await expect(page.getByText(t("staff.handle.offline"))).toBeVisible();
  await page.unroute("**/api/passkey-sign-in");
  await page.route("**/api/session/passkey", async (route) => {
    await context.clearCookies({ name: "skolstart-login" });
    return route.continue({ headers: { ...route.request().headers(), cookie: "" } });
  });
  await passkeys.signIn.click();
  await expect(page.getByText(t("passkeys.expired"))).toBeVisible();
  await page.unroute("**/api/session/passkey");
  await passkeys.signIn.click();
  await expect(passkeys.lines.filter({ hasText: "Arbetsdatorn" })).toBeVisible();
  await expectNoSideways(page);
});

test.describe("in a browser without passkeys", () => {
  test("nothing is offered that cannot be used", async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, "PublicKeyCredential"));
    await page.goto(SESSIONS);
    await expect(page.getByRole("button", { name: ANNA })).toBeVisible();
    await expect(page.getByRole("button", { name: t("passkeys.sign-in") })).toHaveCount(0);
    await page.getByRole("button", { name: ANNA }).click();
    const section = page.getByRole("region", { name: t("passkeys.title") });
    await expect(section.getByText(t("passkeys.device.not-supported"))).toBeVisible();
    await expect(section.getByRole("textbox")).toHaveCount(0);
    await expectAccessible(page);
  });
});

test.describe("where the address is a number", () => {
  test.use({ byName: false });

  test("there are no passkeys and no word about them", async ({ page }) => {
    await page.goto(SESSIONS);
    await expect(page.getByRole("button", { name: ANNA })).toBeVisible();
    await expect(page.getByRole("button", { name: t("passkeys.sign-in") })).toHaveCount(0);
    const desk = await Desk.as(page, ANNA, SESSIONS);
    await expect(desk.heading).toHaveText(t("sessions.title"));
    await expect(page.locator(".task")).not.toHaveCount(0);
    await expect(page.getByRole("heading", { name: t("passkeys.title") })).toHaveCount(0);
  });
});
