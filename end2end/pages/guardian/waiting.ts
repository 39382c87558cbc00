import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";

/** Väntar på att skickas. */
export class Waiting {
  constructor(readonly page: Page) {}

  get heading() { return this.page.getByRole("heading", { level: 1, name: t("waiting.heading") }); }
  get items() { return this.page.locator("main .tasklist .task"); }
  /** Those whose answers wait. */
  get names() { return this.items.locator(".task__who"); }
  get sendNow() { return this.page.getByRole("button", { name: t("waiting.send-now"), exact: true }); }
  get none() { return this.page.getByText(t("waiting.none")); }
  /** The words in the head of every page. */
  get count() { return this.page.locator(".waitingcount"); }

  async ready(): Promise<void> {
    await expect(this.page).toHaveURL(/\/vantar$/);
    await expect(this.heading).toBeVisible();
  }
}
