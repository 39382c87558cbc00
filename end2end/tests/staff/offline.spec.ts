// Staff without a network: the program opens from the device, says that pupils' data needs one, and comes back by itself. Nothing about
// a pupil is kept on the computer.
import { LARS } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { kept } from "../../pages/guardian/visit.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test.use({ serviceWorkers: "allow", viewport: { width: 1366, height: 768 } });

test("opened without a network: it says what is missing, and all is there when the network is back", async ({ page, context, watch }) => {
  const desk = await Desk.as(page, LARS);
  await expect(desk.groupLink("4A")).toBeVisible();
  await kept(page);
  watch.expectNetworkFailures();
  await context.setOffline(true);
  await page.reload();
  const heading = page.getByRole("heading", { level: 1, name: t("staff.away.heading"), exact: true });
  await expect(heading).toBeVisible();
  await expect(page.getByText(t("staff.away"))).toBeVisible();
  await expectAccessible(page);
  // Beside the rail, not in it.
  const rail = await desk.rail.boundingBox();
  expect((await heading.boundingBox())?.x).toBeGreaterThan(rail?.width ?? 0);
  const caches = await page.evaluate(async () => {
    const names = await window.caches.keys();
    const stored = await Promise.all(names.map(async (name) => (await (await window.caches.open(name)).keys()).map((one) => new URL(one.url).pathname)));
    return stored.flat();
  });
  expect(caches.filter((path) => path.startsWith("/api/"))).toEqual([]);

  await context.setOffline(false);
  await expect(desk.groupLink("4A")).toBeVisible();
  await expect(heading).toBeHidden();
});
