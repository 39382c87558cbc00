import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";

/** "May the picture be shown?" for one or more groups. */
export class Pictures {
  constructor(readonly page: Page) {}

  static async open(page: Page): Promise<Pictures> {
    await page.getByRole("link", { name: t("staff.pictures.open") }).click();
    const pictures = new Pictures(page);
    await expect(page.getByRole("heading", { level: 1, name: t("staff.pictures.title") })).toBeVisible();
    await expect(page.locator("tr[data-child]").first()).toBeVisible();
    return pictures;
  }

  get answer() { return this.page.getByRole("region", { name: t("staff.pictures.answer") }); }
  get trueAt() { return this.page.locator(".pagehead .soft"); }

  row(child: string) { return this.page.locator("tr[data-child]").filter({ hasText: child }); }
  verdict(channel: string) { return this.answer.locator(".facts > div").filter({ hasText: channel }).locator("dd"); }

  async choose(child: string): Promise<void> {
    await this.page.getByRole("checkbox", { name: child }).check();
  }

  /** Asks for the list of what is shown, with what it is for. */
  async save(reason: string, kind = "csv"): Promise<void> {
    const why = this.page.getByLabel(t("bulk.what-for"));
    if (!(await why.isVisible())) await this.page.locator("summary", { hasText: t("bulk.save") }).click();
    await why.fill(reason);
    await this.page.getByLabel(t("bulk.kind")).selectOption(kind);
    await this.page.getByRole("button", { name: t("bulk.save-now"), exact: true }).click();
  }

  async addGroup(name: string): Promise<void> {
    await this.page.getByLabel(t("staff.pictures.more")).selectOption({ label: name });
  }
}
