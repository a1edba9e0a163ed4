import type { AnswerLine, ItemLine } from "../../domain/run-file/lines.ts";
import type { TargetView, View } from "../view/model.ts";
import type { HostAnswer } from "./measures.ts";

import { functionOf } from "../../domain/request/tool-function.ts";
import { departure, type JsonSchema } from "../../grading/json/schema.ts";
import { stripThink } from "../../text/extract.ts";
import { findNumber, numberOf } from "../view/columns.ts";
import { readView } from "../view/read.ts";
import { replyKinds } from "../view/reply-kind.ts";

/** What an answer says of tools and of JSON; NaN where nothing was asked. */
type Forms = Pick<HostAnswer, "triggered" | "calls_valid" | "json_valid">;

type ItemNeeds = {
  /** Parameters of the declared functions by name; null where none is declared. */
  readonly functions: ReadonlyMap<string, JsonSchema> | null;
  /** The schema of the JSON that is asked for; null where none is. */
  readonly json: JsonSchema | null;
};

/** Run files as far as hosts are compared. */
export type HostsReading = {
  readonly view: View;
  /** By number of the answer. */
  readonly forms: readonly (Forms | undefined)[];
  /** Params of the items, each combination once. */
  readonly params: readonly ItemLine["params"][];
  /** Names of params that could not be sent, by target. */
  readonly dropped: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Reads run files into one view, with what it does not hold of tool calls and JSON. Rejects as `readView` does. */
export async function readHosts(files: readonly string[]): Promise<HostsReading> {
  const needs: ItemNeeds[] = [];
  const forms: Forms[] = [];
  const params = new Map<string, ItemLine["params"]>();
  const dropped = new Map<string, Set<string>>();
  const view = await readView(files, (line, _place, { itemKeys, answerKeys }) => {
    if (line.kind === "item") {
      needs[numberOf(itemKeys, line.item)] = needsOf(line);
      params.set(JSON.stringify(line.params), line.params);
    } else if (line.kind === "answer" && line.wording === null) {
      const need = needs[findNumber(itemKeys, line.item)];
      if (need !== undefined) forms[findNumber(answerKeys, line.key)] = formsOf(line, need);
      const names = dropped.get(line.target) ?? new Set();
      dropped.set(line.target, names);
      for (const { param } of line.turns.flatMap((turn) => turn.dropped)) names.add(param);
    }
  });
  return { view, forms, params: [...params.values()], dropped };
}

function needsOf({ tools, request, turns }: ItemLine): ItemNeeds {
  const format = request?.response_format;
  const wantsJson = turns.length === 1 && turns[0]?.grader?.use === "json";
  const schema = typeof format === "object" ? schemaIn(format.json_schema) : true;
  return {
    functions:
      tools.length === 0
        ? null
        : new Map(tools.map(functionOf).map(({ name, parameters }) => [name, parameters])),
    json: format !== undefined || wantsJson ? schema : null,
  };
}

/** OpenAI's form wraps the schema with its name. */
const schemaIn = (given: Readonly<Record<string, unknown>>): JsonSchema => {
  const inner = given["schema"];
  return typeof inner === "object" && inner !== null ? (inner as JsonSchema) : given;
};

/** Of the first request, which is the same for every host; what follows depends on the reply. */
function formsOf({ turns }: AnswerLine, { functions, json }: ItemNeeds): Forms {
  const [first] = turns;
  const calls = first?.tool_calls ?? [];
  const valid = calls.filter(({ name, arguments: given }) => {
    const schema = functions?.get(name);
    return schema !== undefined && fits(given, schema);
  });
  return {
    triggered: functions === null || first === undefined ? Number.NaN : Number(calls.length > 0),
    calls_valid:
      functions === null || calls.length === 0 ? Number.NaN : valid.length / calls.length,
    json_valid:
      json === null || first === undefined || calls.length > 0
        ? Number.NaN
        : Number(fits(unfenced(stripThink(first.text).text), json)),
  };
}

/** One fence around the whole reply is not held against it. */
const unfenced = (text: string): string =>
  /^```(?:json)?\s*\n([\s\S]*)\n```$/.exec(text.trim())?.[1] ?? text;

function fits(text: string, schema: JsonSchema): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return departure(value, schema) === null;
  } catch (error) {
    // Whose schema cannot be compiled is told by `check`; here it only has to parse.
    return !(error instanceof SyntaxError);
  }
}

/** The answers of a target by item, in the base wording, with the fingerprint of what was asked. */
export type AskedAnswers = ReadonlyMap<
  number,
  readonly { readonly ask: number; readonly answer: HostAnswer }[]
>;

export function answersOf({ view, forms }: HostsReading, target: TargetView): AskedAnswers {
  const found = new Map<number, { ask: number; answer: HostAnswer }[]>();
  const formsAt = new Map<number, Forms | undefined>();
  const { at: answers } = view.answerRows;
  for (let number = 0; number < view.answerRows.length; number++)
    if (answers.target[number] === target.index)
      formsAt.set(answers.row[number] ?? 0, forms[number]);
  const { at, length } = target.rows;
  for (let row = 0; row < length; row++) {
    if (at.wording[row] !== 0) continue;
    const item = at.item[row] ?? 0;
    const list = found.get(item) ?? [];
    found.set(item, list);
    list.push({ ask: at.ask[row] ?? 0, answer: answerOf(target, row, formsAt.get(row)) });
  }
  return found;
}

function answerOf({ rows: { at } }: TargetView, row: number, forms: Forms | undefined): HostAnswer {
  const kind = replyKinds[at.reply[row] ?? 0] ?? "none";
  const came = kind !== "none";
  const count = (value: number | undefined): number =>
    !came || value === undefined || value < 0 ? Number.NaN : value;
  const believed = at.doubt[row] === 0;
  return {
    value: at.value[row] ?? Number.NaN,
    complete: Number(kind === "text" || kind === "refused" || kind === "unrecognised"),
    cut: Number(kind === "cut_thinking" || kind === "cut_answer"),
    empty: Number(kind === "empty" || kind === "reasoning_only"),
    vote: at.vote[row] ?? 0,
    triggered: came ? (forms?.triggered ?? Number.NaN) : Number.NaN,
    calls_valid: forms?.calls_valid ?? Number.NaN,
    json_valid: came ? (forms?.json_valid ?? Number.NaN) : Number.NaN,
    chars: count(at.points[row]),
    thought_chars: count(at.thought_chars[row]),
    output_tokens: believed ? count(at.output[row]) : Number.NaN,
    input_tokens: believed ? count(at.input[row]) : Number.NaN,
  };
}
