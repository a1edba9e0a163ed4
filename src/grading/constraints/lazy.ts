import type { Text } from "../../domain/text.ts";
import type { ItemConstraint } from "./read.ts";

/** A reply without effort, which no item should let pass. */
export type LazyReply = {
  readonly kind: Text;
  readonly text: string;
  /** A refusal: right where one is expected. */
  readonly declines?: boolean;
};

const refusals = [
  "抱歉，我无法完成这个请求。",
  "很抱歉，作为一个人工智能助手，我不能按照这些要求来写。您可以换一个话题。",
];

/** One for all, so that a reply of it alone has the length and the marks of a real one. */
const filler = "一";

/**
 * Lazy replies to a question: refusals, its own text, the required words and nothing else, and the witness with one character
 * in place of its own, once whole and once around the required words.
 */
export function lazyReplies(
  question: string,
  witness: string,
  constraints: readonly ItemConstraint[],
): readonly LazyReply[] {
  const words = constraints.flatMap(({ constraint, options }) => constraint.words?.(options) ?? []);
  const distinct = [...new Set(words)];
  return [
    ...refusals.map((text) => ({ kind: kinds.refusal, text, declines: true })),
    { kind: kinds.echo, text: question },
    ...(words.length === 0
      ? []
      : ["", "，", "\n"].map((mark) => ({ kind: kinds.words, text: words.join(mark) }))),
    { kind: kinds.filler, text: witness.replaceAll(/[\p{L}\p{N}]/gu, filler) },
    { kind: kinds.filler, text: filled(witness, distinct) },
    { kind: kinds.filler, text: filler.repeat(Math.max(1, Array.from(witness).length)) },
  ].filter(({ text }) => text.trim() !== witness.trim());
}

const kinds = {
  refusal: { zh: "拒答", en: "a refusal" },
  echo: { zh: "照抄题目", en: "the question itself" },
  words: { zh: "只有必需的词", en: "the required words alone" },
  filler: { zh: "一个字重复", en: "one character repeated" },
} as const satisfies Readonly<Record<string, Text>>;

/** Every letter that belongs to no required word becomes the filler. */
function filled(witness: string, words: readonly string[]): string {
  const isKept = new Uint8Array(witness.length);
  for (const word of words)
    for (let at = witness.indexOf(word); at >= 0; at = witness.indexOf(word, at + 1))
      isKept.fill(1, at, at + word.length);
  return witness.replaceAll(/[\p{L}\p{N}]/gu, (letter, at: number) =>
    isKept[at] === 1 ? letter : filler,
  );
}
