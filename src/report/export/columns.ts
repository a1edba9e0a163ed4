import type { CallRecord } from "../../domain/call.ts";
import type { Verdict } from "../../domain/grader.ts";
import type { AnswerLine, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { Usage } from "../../domain/run-file/usage-counts.ts";

import { askedOf, goldText, replyText } from "../people/review/case.ts";

/** All that a row of an export is made of. */
export type ExportedAnswer = {
  readonly run: string;
  /** Null where no file names the item. */
  readonly item: ItemLine | null;
  readonly answer: AnswerLine;
  readonly score: ScoreLine | null;
  /** What counts, rulings by people included; null where nothing does. */
  readonly verdict: Verdict | null;
  readonly value: number | null;
  readonly weight: number | null;
  /** A person ruled on it. */
  readonly ruled: boolean;
};

export type ExportCell = string | number | boolean | null;
/** Cells by the names of their columns. */
export type ExportRow = Readonly<Record<string, ExportCell>>;

export type ExportColumn = {
  readonly name: string;
  readonly type: "text" | "number" | "whole" | "flag";
  readonly of: (each: ExportedAnswer) => ExportCell;
};

const text = (name: string, of: (each: ExportedAnswer) => string | null): ExportColumn => ({
  name,
  type: "text",
  of,
});
const number = (name: string, of: (each: ExportedAnswer) => number | null): ExportColumn => ({
  name,
  type: "number",
  of,
});
const whole = (name: string, of: (each: ExportedAnswer) => number | null): ExportColumn => ({
  name,
  type: "whole",
  of,
});
const flag = (name: string, of: (each: ExportedAnswer) => boolean): ExportColumn => ({
  name,
  type: "flag",
  of,
});

/** The columns of an export, in their order: docs/export.md says what each holds. New ones are appended. */
export const exportColumns: readonly ExportColumn[] = [
  text("key", ({ answer }) => answer.key),
  text("run", ({ run }) => run),
  text("target", ({ answer }) => answer.target),
  text("suite", ({ item }) => item?.suite ?? null),
  text("task", ({ item }) => item?.task ?? null),
  text("item", ({ answer }) => answer.item),
  text("dimension", ({ item }) => item?.dimension.join("/") ?? null),
  text("difficulty", ({ item }) => textOrNull(item?.difficulty ?? null)),
  text("tags", ({ item }) => item?.tags.join("|") ?? null),
  text("language", ({ item }) => item?.language ?? null),
  text("source", ({ item }) => item?.source ?? null),
  text("severity", ({ item }) => item?.severity ?? null),
  text("wording", ({ answer }) => answer.wording),
  whole("trial", ({ answer }) => answer.trial),
  text("prompt", ({ item, answer }) =>
    item === null ? null : (askedOf(item, answer)?.turns.join("\n\n") ?? null),
  ),
  text("gold", ({ item, answer }) => (item === null ? null : goldText({ item, answer }))),
  text("answer", ({ answer }) =>
    answer.turns.map((_, turn) => replyText(answer, turn)).join("\n\n"),
  ),
  text("outcome", ({ answer }) => answer.outcome),
  text("verdict", ({ verdict }) => verdict),
  number("value", ({ value }) => value),
  number("weight", ({ weight }) => weight),
  flag("ruled", ({ ruled }) => ruled),
  text("extracted", ({ score }) => score?.extracted ?? null),
  text("why", ({ score }) => score?.why ?? null),
  text("grader", ({ score }) => score?.grader.id ?? null),
  text("grader_version", ({ score }) => score?.grader.version ?? null),
  text("started_at", ({ answer }) => answer.turns[0]?.timing?.started_at ?? null),
  number("first_token_ms", ({ answer }) => answer.turns[0]?.timing?.first_token_ms ?? null),
  number("total_ms", ({ answer }) => sum(answer.turns, ({ timing }) => timing?.total_ms ?? null)),
  whole("input_tokens", usage("input")),
  whole("cached_input_tokens", usage("cached_input")),
  whole("output_tokens", usage("output")),
  whole("reasoning_tokens", usage("reasoning")),
  number("cost", ({ answer }) => sum(answer.turns, ({ cost }) => cost?.amount ?? null)),
  text("currency", ({ answer }) => answer.turns.at(-1)?.cost?.currency ?? null),
  text("model_returned", ({ answer }) => answer.turns.at(-1)?.model_returned ?? null),
  flag("simulated", ({ answer }) => answer.turns.some(({ simulated }) => simulated)),
  text("collected_by", ({ answer }) => answer.collected?.who ?? null),
  text("collected_at", ({ answer }) => answer.collected?.when ?? null),
  number("value_elsewhere", ({ answer }) => answer.graded_elsewhere?.value ?? null),
  text("grader_elsewhere", ({ answer }) => answer.graded_elsewhere?.by ?? null),
];

/** An answer as a row of all columns. */
export const rowOf = (each: ExportedAnswer): ExportRow =>
  Object.fromEntries(exportColumns.map(({ name, of }) => [name, of(each)]));

const textOrNull = (value: string | number | boolean | null): string | null =>
  value === null ? null : String(value);

function usage(name: keyof Usage): (each: ExportedAnswer) => number | null {
  return ({ answer }) => sum(answer.turns, (turn) => turn.usage[name]);
}

/** Null where one of them is unknown, or there is none. */
function sum(turns: readonly CallRecord[], of: (turn: CallRecord) => number | null): number | null {
  let whole: number | null = turns.length === 0 ? null : 0;
  for (const turn of turns) {
    const own = of(turn);
    whole = whole === null || own === null ? null : whole + own;
  }
  return whole;
}
