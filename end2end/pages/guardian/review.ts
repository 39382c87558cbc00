import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";
import { Receipt } from "./receipt.ts";

/** Kontrollera. */
export class Review {
  constructor(readonly page: Page) {}

  get heading() { return this.page.getByRole("heading", { level: 1, name: t("review.heading") }); }
  get send() { return this.page.locator(".bottombar").getByRole("button", { name: t("send.send"), exact: true }); }
  get notice() { return this.page.locator(".bottombar .notice"); }
  get unfinished() { return this.page.locator(".errorsummary"); }

  section(title: string) {
    return this.page.locator("section.review").filter({ has: this.page.getByRole("heading", { name: title }) });
  }

  async ready(): Promise<void> {
    await expect(this.page).toHaveURL(/\/kontrollera$/);
    await expect(this.heading).toBeVisible();
  }

  async sent(): Promise<Receipt> {
    await this.send.click();
    const receipt = new Receipt(this.page);
    await receipt.ready();
    return receipt;
  }
}
