import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";

/** One application of the guardian's own. */
export class Application {
  constructor(readonly page: Page) {}

  get letter() { return this.page.locator(".letter"); }
  get heading() { return this.page.getByRole("heading", { level: 1 }); }

  /** Opens it from the list on the page of a child, or on a receipt. */
  static async open(page: Page, title: string): Promise<Application> {
    const list = page.locator("section").filter({ has: page.getByRole("heading", { name: t("application.yours") }) });
    await list.getByRole("link", { name: title }).first().click();
    const application = new Application(page);
    await expect(page).toHaveURL(/\/ansokan\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
    await expect(application.heading).toHaveText(title);
    return application;
  }

  state(word: string) { return this.page.locator("main .status").filter({ hasText: t(word) }); }
}
