import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";
import { Home } from "./home.ts";

/** One receipt. */
export class Receipt {
  constructor(readonly page: Page) {}

  get heading() { return this.page.getByRole("heading", { level: 1, name: t("receipt.heading") }); }
  get number() { return this.page.locator(".receipt__number"); }
  get time() { return this.page.locator(".receipt__when time"); }
  get rows() { return this.page.locator(".receipt__list > div"); }

  async ready(): Promise<void> {
    await expect(this.page).toHaveURL(/\/kvitto\/[0-9a-f-]{36}$/);
    await expect(this.heading).toBeVisible();
    await expect(this.number).toHaveText(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  }

  async home(): Promise<Home> {
    await this.page.getByRole("link", { name: t("receipt.home") }).click();
    const home = new Home(this.page);
    await home.ready();
    return home;
  }
}
