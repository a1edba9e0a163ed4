import type { Lang, Text } from "../../domain/text.ts";

/** A value in both languages. */
export type Bilingual<T> = Readonly<Record<Lang, T>>;

export const inBoth = <T>(make: (lang: Lang) => T): Bilingual<T> => ({
  zh: make("zh"),
  en: make("en"),
});

/** Lines in both languages as one list; both must have the same lines in the same order. */
export function linesInBoth(make: (lang: Lang) => readonly string[]): readonly Text[] {
  const { zh: lines, en } = inBoth(make);
  return lines.map((zh, at) => ({ zh, en: en[at] ?? zh }));
}
