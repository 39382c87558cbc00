import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";

/** What stands around every page of the staff program, and signing in. */
export class Desk {
  constructor(readonly page: Page) {}

  get rail() { return this.page.getByRole("navigation", { name: t("staff.rail.label") }); }
  get heading() { return this.page.getByRole("heading", { level: 1 }); }
  get signInHeading() { return this.page.getByRole("heading", { level: 1, name: t("staff.sign-in.demo") }); }
  get notFound() { return this.page.getByRole("heading", { level: 1, name: t("common.not-found.heading") }); }

  /** Opens the program at an address and signs in there; the address stays. */
  static async as(page: Page, name: string, path = "/personal/"): Promise<Desk> {
    await page.goto(path);
    const desk = new Desk(page);
    await expect(desk.signInHeading).toBeVisible();
    await page.getByRole("button", { name }).click();
    await expect(desk.signInHeading).toBeHidden();
    await expect(desk.heading).toBeVisible();
    return desk;
  }

  /** The list of classes and departments. */
  groupLink(name: string) { return this.page.getByRole("rowheader").getByRole("link", { name, exact: true }); }

  async openGroup(name: string): Promise<Group> {
    await this.groupLink(name).click();
    const group = new Group(this.page);
    await group.ready(name);
    return group;
  }
}

/** A class or a department. */
export class Group {
  constructor(readonly page: Page) {}

  get search() { return this.page.getByRole("searchbox", { name: t("staff.group.search") }); }
  get rows() { return this.page.locator("tr[data-child]"); }
  get names() { return this.page.locator("tr[data-child] a.table__name"); }
  get panel() { return this.page.getByRole("complementary"); }
  get heads() { return this.page.getByRole("columnheader"); }

  async ready(name: string): Promise<void> {
    await expect(this.page).toHaveURL(/\/personal\/groups\/[0-9a-f-]{36}/);
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(this.rows.first()).toBeVisible();
  }

  row(child: string) { return this.rows.filter({ hasText: child }); }

  chip(key: string) { return this.page.getByRole("group", { name: t("staff.group.show") }).getByRole("button", { name: t(key) }); }

  head(label: string) { return this.page.getByRole("columnheader", { name: label, exact: true }); }

  /** The cell of a child under the heading of an act. */
  async cell(child: string, column: string) {
    const heads = await this.heads.allInnerTexts();
    const at = heads.findIndex((head) => head.trim() === column);
    expect(at, `the column ${column} among ${heads.join(", ")}`).toBeGreaterThan(0);
    return this.row(child).locator("th, td").nth(at);
  }

  async openPanel(child: string): Promise<Known> {
    await this.row(child).getByRole("link").click();
    await expect(this.panel.getByRole("heading", { level: 2, name: child })).toBeVisible();
    return new Known(this.page, this.panel);
  }
}

/** What staff know about a child, in the panel or on its page. */
export class Known {
  constructor(readonly page: Page, readonly inside: ReturnType<Page["locator"]>) {}

  section(title: string) {
    return this.inside.locator("section").filter({ has: this.page.getByRole("heading", { name: title, exact: true }) });
  }

  /** What stands for a question of an act. */
  fact(title: string, question: string) {
    return this.section(title).locator(".facts > div").filter({ has: this.page.locator("dt", { hasText: question }) }).locator("dd");
  }

  get calls() { return this.inside.locator(".calls > li"); }
}
