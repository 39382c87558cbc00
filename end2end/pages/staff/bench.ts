import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";

/** Where a form is built. */
export class Bench {
  constructor(readonly page: Page) {}

  get outline() { return this.page.getByRole("navigation", { name: t("builder.outline") }); }
  get panel() { return this.page.locator(".bench__panel"); }
  get state() { return this.page.locator(".savestate"); }

  /** Begins a form from nothing. */
  static async begin(page: Page, title: string): Promise<Bench> {
    await page.goto("/personal/builder");
    await page.getByLabel(t("builder.form-title")).fill(title);
    await page.getByRole("button", { name: t("builder.begin-empty") }).click();
    const bench = new Bench(page);
    await expect(bench.outline).toBeVisible();
    return bench;
  }

  /** Opens a draft from the list. */
  static async open(page: Page, title: string): Promise<Bench> {
    await page.goto("/personal/builder");
    await page.getByRole("rowheader").getByRole("link", { name: title, exact: true }).click();
    const bench = new Bench(page);
    await expect(bench.outline).toBeVisible();
    return bench;
  }

  /** A text in Swedish and in English. */
  async say(label: string, swedish: string, english: string): Promise<void> {
    await this.panel.getByLabel(t("builder.in-language", { label, language: "Svenska" }), { exact: true }).fill(swedish);
    await this.panel.getByLabel(t("builder.in-language", { label, language: "English" }), { exact: true }).fill(english);
  }

  async addPart(title: string): Promise<void> {
    await this.outline.getByRole("button", { name: t("builder.add-part") }).click();
    await this.outline.getByLabel(t("builder.act.title")).fill(title);
    await this.outline.getByRole("button", { name: t("builder.add"), exact: true }).click();
    await expect(this.panel.getByRole("heading", { name: t("builder.part"), exact: true })).toBeVisible();
  }

  /** `isNew`: the answer becomes a new element of the catalogue. */
  async addQuestion(question: string, kind: string, isNew = false): Promise<void> {
    await this.outline.getByRole("button", { name: t("builder.add-question") }).click();
    await this.outline.getByLabel(t("builder.field.label"), { exact: true }).fill(question);
    await this.outline.getByLabel(t("builder.field.kind")).selectOption({ label: t(kind) });
    if (isNew) await this.outline.getByLabel(t("builder.own.tick")).check();
    await this.outline.getByRole("button", { name: t("builder.add"), exact: true }).click();
    await expect(this.panel.getByRole("heading", { name: t("builder.question"), exact: true })).toBeVisible();
  }

  /** What the form says about its new element. */
  get element() { return this.panel.getByRole("group", { name: t("builder.own.heading") }); }

  item(name: string) { return this.outline.locator(".outline__name").filter({ hasText: name }); }

  async choose(name: string): Promise<void> { await this.item(name).click(); }

  /** Opens a part of the panel that is folded away. */
  async unfold(name: string): Promise<void> {
    const fold = this.panel.locator("details").filter({ has: this.page.locator("summary", { hasText: name }) });
    if (await fold.getAttribute("open") === null) await fold.locator("summary").first().click();
  }

  async tab(key: string): Promise<void> {
    await this.page.getByRole("group", { name: t("builder.views") }).getByRole("button", { name: t(key) }).click();
  }

  /** Everything that was typed is with the server. */
  async saved(): Promise<void> {
    await expect(this.state).toContainText(t("builder.kept.saved", { time: "" }).trim());
  }

  /** The form as a family meets it, in the frame of a phone. */
  get phone() { return this.page.frameLocator("iframe").first(); }

  /** The same on a wide screen, beside it. */
  get desktop() { return this.page.frameLocator("iframe").nth(1); }
}
