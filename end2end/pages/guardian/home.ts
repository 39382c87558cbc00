import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";
import { Child } from "./child.ts";
import { Step } from "./step.ts";

/** Mina barn. */
export class Home {
  constructor(readonly page: Page) {}

  get heading() { return this.page.getByRole("heading", { level: 1, name: /^Hej |^Hello |^Hi / }); }
  get main() { return this.page.locator("main"); }
  get begin() { return this.page.locator(".bottombar").getByRole("button"); }
  get signOutButton() { return this.page.getByRole("button", { name: t("common.sign-out"), exact: true }); }
  get allDone() { return this.main.getByText(t("home.all-done")); }

  card(child: string) {
    return this.page.locator("article.childcard").filter({ has: this.page.getByRole("heading", { name: child, exact: true }) });
  }

  /** The line of an act about the guardian herself. */
  own(title: string) { return this.page.locator(".tasklist .task").filter({ hasText: title }); }

  /** The link to a form about the guardian herself that is there for those who need it. */
  offer(title: string) { return this.page.locator(".offers").getByRole("link", { name: title, exact: true }); }

  async ready(): Promise<void> {
    await expect(this.page.locator("main h1")).toBeVisible();
    await expect(this.page.locator(".childcard, .empty").first()).toBeVisible();
  }

  /** Presses the one main button. */
  async start(): Promise<Step> {
    await this.begin.click();
    const step = new Step(this.page);
    await step.ready();
    return step;
  }

  async openChild(child: string): Promise<Child> {
    await this.page.getByRole("link", { name: t("home.see-all", { name: child }) }).click();
    const page = new Child(this.page);
    await page.ready(child);
    return page;
  }

  async signOut(): Promise<void> {
    await this.signOutButton.click();
  }
}
