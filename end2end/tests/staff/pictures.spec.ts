// "May this picture be shown?": several children at once, the moment it was true, and the list for the photographer.
import { readFile } from "node:fs/promises";
import { ANNA, LARS, SARA } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { Child } from "../../pages/guardian/child.ts";
import { Home } from "../../pages/guardian/home.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { Pictures } from "../../pages/staff/pictures.ts";
import { expect, test } from "../../test.ts";

const WEB = label("pictures/publish/web");
const SOCIAL = label("pictures/publish/social");

test.use({ own: true });

test("one answer for all children in the picture, and a withdrawal changes it at the next look", async ({ page, device }) => {
  await (await Desk.as(page, ANNA)).openGroup("2B");
  const pictures = await Pictures.open(page);
  await expect(pictures.trueAt).toContainText(/\d/);
  await expect(pictures.answer).toContainText(t("staff.pictures.choose-children"));
  await pictures.choose("Ella Lindqvist");
  await expect(pictures.verdict(WEB)).toHaveText(t("staff.pictures.yes-all"));
  await expectAccessible(page);

  const phone = await device({ hasTouch: true });
  await SignIn.as(phone, SARA);
  await answerAndSend(phone, { [WEB]: t("value.no") });
  await page.reload();
  await pictures.choose("Ella Lindqvist");
  await expect(pictures.verdict(WEB)).toContainText("Ella Lindqvist");
  await expect(pictures.verdict(SOCIAL)).toHaveText(t("staff.pictures.yes-all"));
  await expect(pictures.row("Ella Lindqvist")).toContainText(t("staff.consent.withdrawn"));

  // She sees her own answers with the text, saves a receipt, and takes another yes back there.
  const home = new Home(phone);
  await phone.goto("/");
  await home.openChild("Ella");
  const child = new Child(phone);
  const consents = await child.openConsents();
  await expect(consents.card(WEB)).toContainText(t("consents.withdrawn"));
  await expectAccessible(phone);
  const saved = phone.waitForEvent("download");
  await consents.card(SOCIAL).getByRole("link", { name: t("consents.save") }).first().click();
  const receipt = JSON.parse(await readFile(await (await saved).path(), "utf8"));
  expect(receipt.receipt.event[0].event_state).toBe("given");
  expect(receipt.signature.algorithm).toBe("Ed25519");
  await consents.takeBack(SOCIAL);
  await expect(consents.card(SOCIAL)).toContainText(t("consent.stands.withdrawn"));
});

test("the photographer's list: yes and no, children of two classes, nobody protected", async ({ page }) => {
  await (await Desk.as(page, LARS)).openGroup("2B");
  const pictures = await Pictures.open(page);
  await pictures.addGroup("3A");
  await expect(pictures.row("Omar Al-Masri")).toBeVisible();
  await pictures.choose("Ella Lindqvist");
  await pictures.choose("Omar Al-Masri");
  await expect(pictures.verdict(WEB)).toContainText("Omar Al-Masri");
  const saved = page.waitForEvent("download");
  await pictures.save("Skolfoto 12 september");
  const file = await readFile(await (await saved).path(), "utf8");
  expect(file).toContain("Lindqvist;Ella;Ja;");
  expect(file).not.toMatch(/ångrat|tillbaka|skyddad/i);
  await pictures.addGroup("5A");
  const hidden = page.locator("tr[data-child]").filter({ hasText: t("staff.protected") }).first();
  await expect(hidden).toContainText(t("staff.consent.blocked"));
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".printfoot")).toBeVisible();
  await expect(page.getByRole("checkbox").first()).toBeHidden();
  await expect(hidden).toBeHidden();
  await page.emulateMedia({ media: null });
});
