// What the pages say, from the same files that the programs show: a better sentence breaks no journey, a missing one does.
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "app/src/i18n");

export type Language = "sv" | "en";
type Values = Record<string, string>;

function read(language: Language): Map<string, string> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(`.${language}.json`) || name === `${language}.json`);
  const all = files.flatMap((name) => Object.entries(JSON.parse(readFileSync(join(FOLDER, name), "utf8"))));
  return new Map(all as [string, string][]);
}

const TEXTS: Record<Language, Map<string, string>> = { sv: read("sv"), en: read("en") };

/** Every key there is. */
export const KEYS = [...TEXTS.sv.keys()];

/** The sentence of a key, with values filled in. */
export function t(key: string, values: Values = {}, language: Language = "sv"): string {
  const sentence = TEXTS[language].get(key);
  if (sentence === undefined) throw new Error(`no text "${key}" in ${language}`);
  return sentence.replace(/\{([\w-]+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The sentence of a key whatever stands in its places. */
export function like(key: string, language: Language = "sv"): RegExp {
  const parts = t(key, {}, language).split(/\{[\w-]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join(".+"));
}

interface Texts { sv: string; en: string }
interface Field { key: string; label: Texts; kind: Record<string, { fields?: Field[]; options?: { key: string; label: Texts }[] }> }
interface Act {
  key: string; kind: string; subject: string; title: Texts; short?: Texts; fields: Field[]; "on-demand"?: boolean;
  signers: unknown; after?: string;
}
interface Form { key: string; title: Texts; acts: Act[] }

const FORMS: Form[] = readdirSync(join(ROOT, "server/src/library/forms"))
  .map((name) => JSON.parse(readFileSync(join(ROOT, "server/src/library/forms", name), "utf8")));

/** Forms that nobody has to answer, by key and title. */
export const ON_DEMAND = FORMS
  .filter((form) => form.acts.every((one) => one["on-demand"]) && form.acts.some((one) => !isOfStaff(one)))
  .map((form) => ({ key: form.key, title: form.title.sv }));

function isOfStaff(one: Act): boolean {
  return typeof one.signers === "object" && one.signers !== null && "staff" in one.signers;
}

function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Error(`the forms have no ${what}`);
  return thing;
}

function act(path: string): Act {
  const [form, key] = path.split("/");
  return found(FORMS.find((one) => one.key === form)?.acts.find((one) => one.key === key), path);
}

/** What staff call an act, at the head of a column. */
export function short(path: string, language: Language = "sv"): string {
  const { short: own, title: heading } = act(path);
  return (own ?? heading)[language];
}

/** The heading of an act: `title("pictures/publish")`. */
export function title(path: string, language: Language = "sv"): string {
  return act(path).title[language];
}

/** The question of a field: `label("contact-details/own/phone")`, `label("contact-details/to-reach/persons/name")`. */
export function label(path: string, language: Language = "sv"): string {
  const [form, key, field, column] = path.split("/");
  const whole = found(act(`${form}/${key}`).fields.find((one) => one.key === field), path);
  if (!column) return whole.label[language];
  return found(whole.kind.rows?.fields?.find((one) => one.key === column), path).label[language];
}

/** The words of an option: `option("contact-details/own/language", "sv")`. */
export function option(path: string, key: string, language: Language = "sv"): string {
  const [form, of, field] = path.split("/");
  const whole = found(act(`${form}/${of}`).fields.find((one) => one.key === field), path);
  const options = Object.values(whole.kind).flatMap((kind) => kind.options ?? []);
  return found(options.find((one) => one.key === key), `${path}: ${key}`).label[language];
}
