// A hidden child's alias: set, seen where its name would stand, changed by two at once, and taken away. The family never meets it.
import type { Page } from "@playwright/test";
import { KARIN, LARS } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Alias } from "../../pages/staff/alias.ts";
import { Desk, Group } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const REAL = "Love Sandberg";
const KIM = "Kim Ek (alias)";
const LO = "Lo Alm (alias)";

test.use({ own: true });

async function listed(page: Page): Promise<void> {
  await page.getByRole("link", { name: t("staff.rail.protected"), exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: t("staff.protection.title") })).toBeVisible();
}

test("set, seen in the lists, changed by two, taken away", async ({ page, device }) => {
  const desk = await Desk.as(page, LARS);
  await listed(page);
  await page.getByRole("link", { name: REAL }).click();
  const alias = new Alias(page);
  await alias.sayWhy();
  await expect(desk.heading).toHaveText(REAL);
  await expect(alias.card).toContainText(t("staff.alias.none"));

  // Two other screens: the class, and the child's page as it was before there is an alias.
  const classroom = await device({ viewport: { width: 1366, height: 900 } });
  await (await Desk.as(classroom, LARS)).openGroup("5A");
  const group = new Group(classroom);
  await expect(group.row(REAL)).toBeVisible();
  const second = await device({ viewport: { width: 1366, height: 900 } });
  await Desk.as(second, LARS, new URL(page.url()).pathname);
  const other = new Alias(second);
  await expect(other.card).toContainText(t("staff.alias.none"));

  await alias.open();
  await alias.save("Love", "Ek");
  await expect(alias.trouble(t("staff.alias.real"))).toBeVisible();
  await expect(alias.given).toHaveValue("Love");
  await alias.save("Kim", "");
  await expect(alias.trouble(t("staff.alias.missing"))).toBeVisible();
  await expectAccessible(page);
  await alias.save("Kim", "Ek");
  await expect(desk.heading).toHaveText(KIM);
  await expect(page.locator(".pagehead")).toContainText(t("staff.alias.real-name", { name: REAL }));
  await expect(alias.card).toContainText(KIM);
  await expect(page).toHaveTitle(/Kim Ek/);
  await expectAccessible(page);
  await expectDark(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(page);
  await page.setViewportSize({ width: 1366, height: 900 });

  // The class that is open on the other screen takes it in; the name finds nothing there any more.
  await expect(group.row(KIM)).toBeVisible({ timeout: 30_000 });
  await expect(classroom.locator("main")).not.toContainText("Love");
  await group.search.fill("Love");
  await expect(group.row(KIM)).toHaveCount(0);
  await group.search.fill("kim");
  await expect(group.row(KIM)).toBeVisible();
  await expectAccessible(classroom);
  await listed(page);
  await expect(page.getByRole("link", { name: KIM })).toBeVisible();
  await expect(page.locator("main")).not.toContainText("Love");

  // Whoever has not seen it does not overwrite it, and what she typed is there for her to decide.
  await other.open();
  await other.save("Lo", "Alm");
  await expect(other.trouble(t("staff.alias.stale"))).toBeVisible();
  await expect(other.card).toContainText(KIM);
  await expect(other.given).toHaveValue("Lo");
  await other.saveAgain();
  await expect(second.getByRole("heading", { level: 1 })).toHaveText(LO);

  // The family reads its own name.
  const phone = await device({ hasTouch: true });
  await SignIn.as(phone, KARIN);
  await expect(phone.locator("body")).toContainText("Love");
  await expect(phone.locator("body")).not.toContainText("alias");

  await other.clear();
  await expect(second.getByRole("heading", { level: 1 })).toHaveText(REAL);
  await expect(other.card).toContainText(t("staff.alias.none"));
  await page.reload();
  await expect(page.getByRole("link", { name: REAL })).toBeVisible();
});
