// A child with protected identity: nothing is kept on the device, and nobody is asked about publication.
import { KARIN } from "../../municipality/cast.ts";
import { label, t } from "../../municipality/texts.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

test("nothing is kept on the device, and it says so", async ({ page }) => {
  const home = await SignIn.as(page, KARIN);
  await home.ready();
  const step = await home.start();
  await step.change(label("contact-details/own/phone"));
  await step.input(label("contact-details/own/phone")).fill("070-174 06 77");
  await expect(step.kept).toHaveText(t("kept.protected"));
  const kept = await page.evaluate(async () => {
    const rows: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue;
      const database = await new Promise<IDBDatabase>((yes) => { const ask = indexedDB.open(name); ask.onsuccess = () => yes(ask.result); });
      for (const store of database.objectStoreNames) {
        const keys = await new Promise<IDBValidKey[]>((yes) => { const ask = database.transaction(store).objectStore(store).getAllKeys(); ask.onsuccess = () => yes(ask.result); });
        rows.push(...keys.map(String));
      }
      database.close();
    }
    return rows;
  });
  expect(kept).not.toContain("draft");
});

test("publication is no by law, and the rest can be sent", async ({ page }) => {
  const home = await SignIn.as(page, KARIN);
  await home.ready();
  const receipt = await answerAndSend(page);
  const after = await receipt.home();
  const child = await after.openChild("Love");
  await expect(child.consent(label("pictures/publish/web"))).toContainText(t("consent.blocked"));
  await expect(child.consent(label("pictures/publish/web")).getByRole("radio")).toHaveCount(0);
});
