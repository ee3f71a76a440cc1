/** The panel's texts in the user's language, English where a translation is missing. */

import english from "./texts/en.json";

export type TextKey = keyof typeof english;
export type Localize = (key: TextKey, values?: Record<string, string | number>) => string;

const languages = import.meta.glob<Partial<typeof english>>(["./texts/*.json", "!./texts/en.json"], {
  import: "default",
});

/** Return the texts of a language; those of one that is not translated are English. */
export async function loadTexts(language: string): Promise<Localize> {
  const load = [language, language.split("-")[0] ?? ""].map((one) => languages[`./texts/${one}.json`]).find(Boolean);
  return localizer((await load?.().catch(() => undefined)) ?? {});
}

/** Return a function that fills `{name}` in a text. */
export function localizer(translated: Partial<typeof english> = {}): Localize {
  return (key, values = {}) =>
    (translated[key] ?? english[key]).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
