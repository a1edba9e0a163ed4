import { readFileSync } from "node:fs";

import type { Passage } from "../../src/domain/app/passage.ts";

/** What a person says of a sentence: supported, unsupported, contradicted, or no claim; and of its citation. */
export type SupportLabel = "S" | "U" | "C" | "N";
export type CitationLabel = "r" | "w" | "m" | "-";
export type LabelledSentence = {
  readonly text: string;
  readonly support: SupportLabel;
  readonly citation: CitationLabel;
};
export type LabelledAnswer = {
  readonly question: string;
  readonly passages: readonly Passage[];
  readonly reply: string;
  readonly sentences: readonly LabelledSentence[];
};

const read = (name: string): readonly string[] =>
  readFileSync(new URL(name, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "");

/** The passages of a company's handbook, written for this: title and text. */
export const handbook: readonly Passage[] = read("passages.txt").map((line, at) => {
  const space = line.indexOf(" ");
  return { id: `p${at + 1}`, title: line.slice(0, space), text: line.slice(space + 1) };
});

/** Answers with labels, in the form that `answers.txt` shows. */
export function labelledAnswers(name: string): readonly LabelledAnswer[] {
  const answers: LabelledAnswer[] = [];
  let question = "";
  let passages: readonly Passage[] = [];
  let sentences: LabelledSentence[] = [];
  const close = (): void => {
    if (sentences.length > 0)
      answers.push({ question, passages, sentences, reply: replyOf(sentences) });
    sentences = [];
  };
  for (const line of read(name)) {
    const head = /^@ (.+) \| ([\d ]+)$/.exec(line);
    if (head !== null) {
      close();
      question = head[1] ?? "";
      passages = (head[2] ?? "").split(" ").map((number) => handbookAt(Number(number)));
      continue;
    }
    const found = /^(.+) ~([SUCN]) ([rwm-])$/.exec(line);
    if (found === null) throw new Error(`${name}: no label in: ${line}`);
    const [, text = "", support, citation] = found;
    sentences.push({
      text,
      support: support as SupportLabel,
      citation: citation as CitationLabel,
    });
  }
  close();
  return answers;
}

function handbookAt(number: number): Passage {
  const passage = handbook[number - 1];
  if (passage === undefined) throw new Error(`no passage ${number}`);
  return passage;
}

const replyOf = (sentences: readonly LabelledSentence[]): string =>
  sentences.map(({ text }) => (text.startsWith("- ") ? `\n${text}\n` : text)).join("");
