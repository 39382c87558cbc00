// Finds what a step still asks, by what stands on the page: fields of any form, none by name.
import type { Page } from "@playwright/test";

/** A question without an answer. */
export interface Open {
  /** The id of its input, or of its first option. */
  id: string;
  kind: "typed" | "listed" | "one" | "many" | "consent";
  question: string;
  options: string[];
  /** The `type` of a typed one, or its `inputmode` where that says more. */
  input: string;
}

/** The first question that is shown, required and not answered. */
export function nextOpen(page: Page): Promise<Open | undefined> {
  return page.evaluate(() => {
    const shown = (element: Element) => element.checkVisibility();
    const words = (element: Element | null) => (element?.firstChild?.textContent ?? "").trim();
    const fields = document.querySelectorAll<HTMLElement>("main .field, main .consent");
    for (const field of fields) {
      if (!shown(field) || field.querySelector(":scope > * > .field__optional")) continue;
      const title = field.querySelector(":scope > label, :scope > legend");
      // What stands in rows is asked field by field.
      if (field.querySelector(":scope ol.rows")) continue;
      const question = words(title);
      const boxes = [...field.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]")];
      const [first] = boxes;
      if (first) {
        if (boxes.some((box) => box.checked)) continue;
        const kind = field.matches(".consent") ? "consent" as const : first.type === "radio" ? "one" as const : "many" as const;
        const options = boxes.map((box) => box.closest("label")?.innerText.trim() ?? "");
        return { id: first.id, kind, question, options, input: "" };
      }
      // A question of several inputs, such as a schedule, is answered input by input.
      const typed = [...field.querySelectorAll<HTMLInputElement>("input, textarea, select")].find((one) => shown(one) && one.value === "");
      if (typed?.matches("select")) return { id: typed.id, kind: "listed" as const, question, options: [], input: "" };
      if (typed) return { id: typed.id, kind: "typed" as const, question, options: [], input: typed.inputMode || typed.type };
    }
    return undefined;
  });
}
