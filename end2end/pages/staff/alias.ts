import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";

/** What the school calls a hidden child, on the page of the child. */
export class Alias {
  constructor(readonly page: Page) {}

  get card() {
    return this.page.locator("section.card").filter({ has: this.page.getByRole("heading", { name: t("staff.protection.title"), exact: true }) });
  }

  get given() { return this.page.getByLabel(t("staff.alias.given")); }
  get family() { return this.page.getByLabel(t("staff.alias.family")); }

  trouble(words: string) { return this.card.getByRole("alert").filter({ hasText: words }); }

  /** Answers why the page is opened, so that it opens. */
  async sayWhy(): Promise<void> {
    await this.page.getByText(t("staff.purpose.answers")).click();
    await this.page.getByRole("button", { name: t("staff.purpose.open") }).click();
    await expect(this.card).toBeVisible();
  }

  async open(): Promise<void> {
    await this.card.locator("summary").filter({ hasText: new RegExp(`^(${t("staff.alias.set")}|${t("staff.alias.change")})$`) }).click();
    await expect(this.given).toBeVisible();
  }

  async save(given: string, family: string): Promise<void> {
    await this.given.fill(given);
    await this.family.fill(family);
    await this.saveAgain();
  }

  async saveAgain(): Promise<void> {
    await this.page.getByRole("button", { name: t("staff.alias.save") }).click();
  }

  async clear(): Promise<void> {
    await this.page.getByRole("button", { name: t("staff.alias.clear") }).click();
  }
}
