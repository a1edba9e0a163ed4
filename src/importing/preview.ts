import type { Item } from "../domain/suite.ts";
import type { Text } from "../domain/text.ts";
import type { ImportedItem, ImportNote, Output, TaskHead } from "./importer.ts";
import type { QuestionKind } from "./typing/kinds.ts";

import { digestOf } from "../domain/digest.ts";
import { itemLine } from "../domain/prompt.ts";
import { fold } from "../text/normalise.ts";

/** A prompt as it would be asked, the first of its type and grader. */
export type PromptSample = {
  readonly kind: QuestionKind | null;
  readonly grader: string;
  readonly place: string;
  readonly prompt: string;
  readonly gold: string;
};

/** Rows with the same doubt: how many, and the first of them. */
export type Doubted = {
  readonly text: Text;
  readonly count: number;
  readonly rows: readonly string[];
};

/** What a person should see before a suite is written. */
export type Preview = {
  readonly kinds: readonly {
    readonly kind: QuestionKind;
    readonly grader: string;
    readonly count: number;
  }[];
  readonly dimensions: readonly { readonly path: string; readonly count: number }[];
  readonly samples: readonly PromptSample[];
  readonly notes: readonly ImportNote[];
  readonly doubts: readonly Doubted[];
  /** Items that a rule may call right and only a judge or a person wrong. */
  readonly judged: number;
};

const fewestSamples = 5;
/** Prompts of so many tasks are kept to choose from. */
const mostCandidates = 60;
const mostNamed = 200;
/** Questions among which repeated ones are looked for; some 30 MB. */
const mostKnown = 200_000;

/** Collects what a person should see of an import. */
export function createPreview() {
  const kinds = new Map<string, { kind: QuestionKind; grader: string; count: number }>();
  const dimensions = new Map<string, number>();
  const samples = new Map<string, PromptSample>();
  const notes = new Map<string, ImportNote>();
  const doubts = new Map<string, { text: Text; count: number; rows: string[] }>();
  const known = new Map<string, { readonly place: string; readonly gold: string }>();
  let judged = 0;
  const doubt = (text: Text, place: string): void => {
    const found = doubts.get(text.en) ?? { text, count: 0, rows: [] };
    found.count += 1;
    if (found.rows.length < mostNamed) found.rows.push(place);
    doubts.set(text.en, found);
  };
  return {
    item: ({ task, item, kind, doubts: own = [] }: ImportedItem, place: string): void => {
      const grader = (item.grader ?? task.grader).use;
      if (grader === "judge") judged += 1;
      if (kind !== undefined) {
        const counted = kinds.get(`${kind} ${grader}`) ?? { kind, grader, count: 0 };
        counted.count += 1;
        kinds.set(`${kind} ${grader}`, counted);
      }
      const path = task.dimension.join("/");
      dimensions.set(path, (dimensions.get(path) ?? 0) + 1);
      const sampled = `${kind ?? ""} ${grader} ${task.id}`;
      if (samples.size < mostCandidates && !samples.has(sampled))
        samples.set(sampled, sampleOf(task, item, kind ?? null, place));
      for (const text of own) doubt(text, place);
    },
    notes: (more: readonly ImportNote[]): void =>
      more.forEach((note) => notes.set(note.text.en, note)),
    /**
     * What is wrong with an item that repeats an earlier one: the same gold again, or another. Null where it was not there
     * before. The question counts with its options and its passage, whatever its punctuation.
     */
    repeats: (
      { task, item }: ImportedItem,
      place: string,
    ): Extract<Output, { skip: Text }> | null => {
      if (item.question === undefined) return null;
      const asked = digestOf([
        bare(item.question),
        item.options ?? null,
        item.context ?? null,
        task.expect ?? null,
        item.messages ?? null,
      ]).slice(0, 24);
      const gold = digestOf([
        item.answer ?? null,
        item.answer === undefined ? (item.reference ?? null) : null,
      ]).slice(0, 16);
      const before = known.get(asked);
      if (before === undefined) {
        if (known.size < mostKnown) known.set(asked, { place, gold });
        return null;
      }
      if (before.gold === gold) return { skip: sameAgain, harmless: true };
      return { skip: twoGolds(before.place) };
    },
    found: (): Preview => ({
      kinds: [...kinds.values()],
      dimensions: [...dimensions].map(([path, count]) => ({ path, count })),
      samples: variedOf([...samples.values()]),
      notes: [...notes.values()],
      doubts: [...doubts.values()].toSorted((a, b) => b.count - a.count),
      judged,
    }),
  };
}

/** One of each type and grader, however many these are, and then of further tasks up to `fewestSamples`. */
function variedOf(samples: readonly PromptSample[]): readonly PromptSample[] {
  const seen = new Set<string>();
  const first = samples.filter(({ kind, grader }) => {
    const isNew = !seen.has(`${kind} ${grader}`);
    seen.add(`${kind} ${grader}`);
    return isNew;
  });
  const further = samples.filter((sample) => !first.includes(sample));
  return [...first, ...further.slice(0, Math.max(0, fewestSamples - first.length))];
}

const bare = (question: string): string =>
  fold(question)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}+\-*/=<>%.]/gu, "");

function sampleOf(
  task: TaskHead,
  item: Item,
  kind: QuestionKind | null,
  place: string,
): PromptSample {
  const line = itemLine({ id: "preview" }, { ...task, items: [item] }, item, [null]);
  const prompt = line.asks[0]?.turns.at(-1) ?? "";
  const gold = item.answer ?? item.rubric ?? item.reference ?? task.expect ?? "—";
  return {
    kind,
    grader: (item.grader ?? task.grader).use,
    place,
    prompt,
    gold: typeof gold === "string" ? gold : JSON.stringify(gold),
  };
}

const sameAgain: Text = {
  zh: "与前面的一题完全相同（题目、选项、答案），只留一题",
  en: "the same as an earlier question (text, options, answer); one is kept",
};
const twoGolds = (place: string): Text => ({
  zh: `与第 ${place} 行是同一题而答案不同，两个答案请人来定；这一行没有导入`,
  en: `the same question as in row ${place} with another answer; a person has to decide, and this row is left out`,
});
