import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";

/** A child, as a guardian sees it. */
export class Child {
  constructor(readonly page: Page) {}

  get history() { return this.page.locator(".timeline__item"); }
  get tasks() { return this.page.locator(".tasklist .task"); }

  consent(title: string) { return this.page.locator("fieldset.consent").filter({ hasText: title }); }
  card(title: string) { return this.page.locator("section.card").filter({ has: this.page.getByRole("heading", { name: title }) }); }

  /** The link to a form that is there for those who need it. */
  offer(title: string) { return this.page.locator(".offers").getByRole("link", { name: title, exact: true }); }

  async ready(name: string): Promise<void> {
    await expect(this.page).toHaveURL(/\/barn\/[0-9a-f-]{36}$/);
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }

  /** What shows the consents: answers, texts and receipts. */
  async openConsents(): Promise<Consents> {
    await this.page.getByRole("link", { name: t("consents.link") }).first().click();
    await expect(this.page.getByRole("heading", { level: 1, name: t("consents.title") })).toBeVisible();
    return new Consents(this.page);
  }

  /** One tap: the decision is sent at once. */
  async decide(title: string, yes: boolean): Promise<void> {
    await this.consent(title).getByRole("radio", { name: yes ? t("value.yes") : t("value.no"), exact: true }).check();
    await expect(this.page.getByText(yes ? t("consent.now-yes") : t("consent.now-no"))).toBeVisible();
  }
}

/** The consents of a child, with what shows them. */
export class Consents {
  constructor(readonly page: Page) {}

  card(title: string) { return this.page.locator("section.card").filter({ has: this.page.getByRole("heading", { name: title }) }); }

  /** One tap, as many as it took to give. */
  async takeBack(title: string): Promise<void> {
    await this.card(title).getByRole("button", { name: t("consents.take-back") }).click();
    await expect(this.page.getByText(t("consent.now-no"))).toBeVisible();
  }
}
