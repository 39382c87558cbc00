import { type Locator, type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";
import { type Open, nextOpen } from "./unanswered.ts";

/** What to answer, by question. Questions that are not named get the answer that says least. */
export type Plan = Record<string, string>;

/** A number of those that PTS keeps for films and books. */
export const PHONE = "070-174 06 11";
export const EMAIL = "namn@example.se";
const MOST_QUESTIONS = 90;

/** One act to answer. */
export class Step {
  constructor(readonly page: Page) {}

  get heading() { return this.page.getByRole("heading", { level: 1 }); }
  get next() { return this.page.locator(".bottombar").getByRole("button"); }
  get back() { return this.page.getByRole("link", { name: t("step.back") }); }
  get summary() { return this.page.locator(".errorsummary"); }
  get kept() { return this.page.locator(".savestate"); }
  get add() { return this.page.locator("fieldset.field").getByRole("button").filter({ hasText: /Lägg till/ }); }

  async ready(): Promise<void> {
    await expect(this.page).toHaveURL(/\/svara\//);
    await expect(this.heading).toBeVisible();
    await expect(this.next).toBeVisible();
  }

  /** A typed field by its question; `row` from 1 within rows. */
  input(question: string, row?: number): Locator {
    const inside = row === undefined ? this.page.locator("main") : this.page.locator("ol.rows > li").nth(row - 1);
    return inside.locator("input.input, textarea.input").and(inside.getByLabel(question)).filter({ visible: true });
  }

  /** A field of options, rows or consent by its question. */
  group(question: string): Locator { return this.page.getByRole("group", { name: question }); }

  /** Answers one question by the words of the option. */
  async choose(question: string, words: string): Promise<void> {
    await tick(this.group(question), words);
  }

  /** What is said to be wrong beside a typed field. */
  async fault(input: Locator): Promise<Locator> { return this.page.locator(`[id="${await input.getAttribute("id")}-error"]`); }

  /** Takes a row away; `row` from 1. */
  async remove(row: number): Promise<void> { await this.page.locator("ol.rows > li").nth(row - 1).locator("[data-tool=remove]").click(); }

  known(question: string): Locator {
    return this.page.locator("li.known__item").filter({ has: this.page.locator(".known__label", { hasText: question }) });
  }

  /** Opens a known value for change. */
  async change(question: string): Promise<void> {
    await this.known(question).getByRole("button", { name: t("known.change") }).click();
  }

  /** Answers everything that is asked and not known. Returns how many questions that were. */
  async fill(plan: Plan = {}): Promise<number> {
    const seen = new Map<string, number>();
    for (let asked = 0; asked < MOST_QUESTIONS; asked++) {
      const open = await nextOpen(this.page);
      if (!open) return asked;
      // The same options asked again are a ranking: the next one.
      const options = open.options.join("|") || open.question;
      const before = seen.get(options) ?? 0;
      seen.set(options, before + 1);
      await this.answer(open, plan[open.question] ?? fallback(open, before), before);
    }
    throw new Error("the questions do not end");
  }

  private async answer(open: Open, words: string, before: number): Promise<void> {
    const place = this.page.locator(`[id="${open.id}"]`);
    if (open.kind === "listed") {
      const choices = await place.locator("option").count() - 1;
      await place.selectOption({ index: 1 + before % choices });
      return;
    }
    if (open.kind === "typed") return place.fill(words);
    const field = this.page.locator("fieldset").filter({ has: place }).last();
    for (const word of words.split("|")) await tick(field, word);
  }

  /** Goes on, which confirms what is known. */
  async goOn(): Promise<void> {
    const before = this.page.url();
    await this.next.click();
    await expect.poll(() => this.page.url()).not.toBe(before);
  }
}

/** Chooses an option by its words. */
async function tick(field: Locator, words: string): Promise<void> {
  await field.getByRole("radio", { name: words, exact: true }).or(field.getByRole("checkbox", { name: words, exact: true })).check();
}

/** A Monday some weeks ahead, or the Friday of that week: right where a day, a first and a last day or the beginning of a schedule is asked for. */
function day(isLast: boolean): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 28 + (8 - day.getUTCDay()) % 7 + (isLast ? 4 : 0));
  return day.toISOString().slice(0, 10);
}

/** Something right for what is typed, by the kind of its input. */
function typed(open: Open): string {
  switch (open.input) {
    case "tel": return PHONE;
    case "email": return EMAIL;
    case "date": return day(open.id.endsWith("-to"));
    case "time": return open.id.endsWith("to") ? "16:00" : "07:30";
    case "numeric": case "decimal": return "1";
    default: return "Text";
  }
}

/** The answer that says least: no to questions, yes to consents, the last of several options, which is "none". */
function fallback(open: Open, before = 0): string {
  if (open.kind === "consent") return t("value.yes");
  if (open.kind === "typed") return typed(open);
  if (open.options.includes(t("value.no"))) return t("value.no");
  return (open.kind === "many" ? open.options.at(-1) : open.options[before % open.options.length]) ?? "";
}
