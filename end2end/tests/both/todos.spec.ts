// What an answer sets in motion at the school: a yes that is taken back is a task for whoever publishes, with a day.
import { ANNA, EVA, LARS, SARA } from "../../municipality/cast.ts";
import { label, like, t } from "../../municipality/texts.ts";
import { expectAccessible } from "../../guard/accessible.ts";
import { expectDark } from "../../guard/dark.ts";
import { expectNoSideways } from "../../guard/layout.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { answerAndSend } from "../../pages/guardian/visit.ts";
import { Desk } from "../../pages/staff/desk.ts";
import { expect, test } from "../../test.ts";

const LAPTOP = { viewport: { width: 1366, height: 900 }, hasTouch: false };
const WEB = label("pictures/publish/web");

test.use({ own: true });

test("a withdrawal becomes a task with a day, is done, and is not after all", async ({ page, device }) => {
  await SignIn.as(page, SARA);
  await answerAndSend(page, { [WEB]: t("value.no") });

  const laptop = await device(LAPTOP);
  const desk = await Desk.as(laptop, EVA);
  await desk.rail.getByRole("link", { name: t("staff.rail.todos") }).click();
  await expect(desk.heading).toHaveText(t("staff.todos.title"));
  const row = laptop.locator("tr[data-todo]").filter({ hasText: "Ella Lindqvist" }).filter({ hasText: "webbplats" });
  await expect(row).toContainText(t("function.picture-editor"));
  await expectAccessible(laptop);
  await expectDark(laptop);

  // The answer that it is done from.
  await row.getByRole("rowheader").getByRole("link").click();
  await expect(desk.heading).toContainText("Ella Lindqvist");
  await expect(laptop.locator(".facts")).toContainText(WEB);
  await expect(laptop.locator("main")).toContainText(t("staff.todos.answered-by", { who: SARA }));
  await expectAccessible(laptop);
  await laptop.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(laptop);
  await laptop.setViewportSize(LAPTOP.viewport);
  await laptop.locator(".crumbs").getByRole("link").click();

  await row.getByRole("button", { name: t("staff.todos.do") }).click();
  await expect(row).toBeHidden();
  await laptop.getByRole("group", { name: t("staff.todos.show") }).getByRole("button", { name: like("staff.todos.done") }).click();
  await expect(row).toContainText(EVA);
  await row.getByRole("button", { name: t("staff.todos.undo") }).click();
  await expect(row).toBeHidden();
  await laptop.getByRole("group", { name: t("staff.todos.show") }).getByRole("button", { name: like("staff.todos.left") }).click();
  await expect(row).toContainText(EVA);
  await laptop.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(laptop);

  const principal = await device(LAPTOP);
  await Desk.as(principal, LARS, "/personal/todos");
  await expect(principal.locator("tr[data-todo]").filter({ hasText: "webbplats" }).filter({ hasText: "Ella Lindqvist" })).toBeVisible();
  const mentor = await device(LAPTOP);
  await Desk.as(mentor, ANNA, "/personal/todos");
  await expect(mentor.locator("tr[data-todo]").filter({ hasText: "webbplats" })).toHaveCount(0);
});
