import { undressed } from "../../text/answer-fold.ts";

/** The labels of a task: spellings in folded form, the longest first, each with the label that it means. */
export type Vocabulary = {
  readonly spellings: readonly { readonly text: string; readonly label: string }[];
};

/** Labels as a list, or as a map from each label to its other spellings. */
export type LabelNames = readonly string[] | Readonly<Record<string, readonly string[]>>;

/** The form in which labels are looked for. */
export const foldLabel = (text: string): string => undressed(text).toLowerCase();

const others = (names: LabelNames): readonly (readonly [string, readonly string[]])[] =>
  isList(names) ? names.map((label) => [label, []] as const) : Object.entries(names);

const isList = (names: LabelNames): names is readonly string[] => Array.isArray(names);

export function vocabularyOf(names: LabelNames): Vocabulary {
  const spellings = others(names).flatMap(([label, more]) =>
    [label, ...more].map((text) => ({ text: foldLabel(text), label })),
  );
  return {
    spellings: spellings
      .filter(({ text }) => text !== "")
      .toSorted((a, b) => b.text.length - a.text.length),
  };
}

/** True of a label as the task names it, and not of its other spellings. */
export const isLabel = (text: string, names: LabelNames): boolean =>
  others(names).some(([label]) => label === text);

/** A spelling of two labels, or null. */
export function sharedSpelling({ spellings }: Vocabulary): string | null {
  const seen = new Map<string, string>();
  for (const { text, label } of spellings) {
    const other = seen.get(text) ?? label;
    if (other !== label) return text;
    seen.set(text, label);
  }
  return null;
}

/** The label that a text is a spelling of, or null. */
export const labelOf = (text: string, { spellings }: Vocabulary): string | null =>
  spellings.find((each) => each.text === foldLabel(text))?.label ?? null;
