// Something is kept from one guardian (OSL 12:3): the principal decides, he meets his own word, and it ends.
import { ANNA, JOHAN, LARS } from "../../municipality/cast.ts";
import { t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectWords } from "../../guard/wording.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

test("the principal keeps everything about Ella from Johan, a teacher is told, and it is ended", async ({ page, device }) => {
  const desk = await Desk.as(page, LARS);
  const group = await desk.openGroup("2B");
  const known = await group.openPanel("Ella Lindqvist");
  await known.inside.locator("a.button").click();
  await expect(desk.heading).toHaveText("Ella Lindqvist");
  const kept = page.locator("section").filter({ has: page.getByRole("heading", { name: t("withhold.title") }) });
  await expect(kept).toContainText(t("withhold.none"));
  await kept.locator("summary").click();
  await kept.getByLabel(t("withhold.from")).selectOption({ label: JOHAN });
  await kept.getByLabel(t("withhold.reason"), { exact: true }).fill("Bedömning dnr 4711");
  await expectAccessible(page);
  await expectWords(page);
  await kept.getByRole("button", { name: t("withhold.decide") }).click();
  const notice = t("withhold.notice").replace("{names}", JOHAN);
  await expect(page.getByText(notice)).toBeVisible();
  await expect(kept).toContainText("4711");

  const address = new URL(page.url()).pathname;
  const teacher = await device();
  await Desk.as(teacher, ANNA, address);
  await expect(teacher.getByText(notice)).toBeVisible();
  await expect(teacher.getByText("4711")).toHaveCount(0);

  await kept.getByRole("button", { name: t("withhold.end-whose").replace("{name}", JOHAN) }).click();
  await expect(page.getByText(notice)).toBeHidden();
  await expect(kept).toContainText("4711");
});
