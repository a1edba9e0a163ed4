import type { RunLine, TargetEntry } from "../../domain/run-file/header.ts";
import type { AnswerLine, ItemLine, RunFileLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { TargetView, View } from "../view/model.ts";
import type { ItemResponse, ItemResponses, Respondent, Responses } from "./responses.ts";

import { scanRun } from "../../store/runs/reader.ts";
import { isFolded } from "../render/folded.ts";
import { clean } from "../render/format.ts";
import { findNumber, numberOf } from "../view/columns.ts";
import { expectCode, flag, verdictCode } from "../view/shapes.ts";
import { createView, step } from "../view/view.ts";
import { shortReply } from "./spelling.ts";

export type ReadOptions = {
  /** Only these suites; all where there are none. */
  readonly suites: readonly string[];
  /** Baselines answer as well. */
  readonly baselines: boolean;
};

/**
 * Reads the answers to each item from run files, one after the other. Of a run that stands in several files, as after
 * `score`, the last file counts. No prompt or reply is kept, only short answers. Rejects with a UserError where a file is
 * not a run file.
 */
export async function readResponses(
  files: readonly string[],
  options: ReadOptions,
): Promise<Responses> {
  const gathered: Gathered = {
    respondents: new Map(),
    items: new Map(),
    runs: new Set(),
    suites: new Set(),
    simulated: new Set(),
    baselines: new Set(),
  };
  for (const file of files) {
    const view = createView();
    const facts: Facts = {
      items: [],
      said: [],
      credited: [],
      texts: new Map(),
      folded: new Set(),
    };
    await scanRun(file, (line, offset) => {
      step(view, line, offset);
      note(view, facts, line);
    });
    gather(gathered, view, facts, options);
  }
  const { respondents, items, runs, suites, simulated, baselines } = gathered;
  return {
    runs: [...runs],
    suites,
    respondents: [...respondents.values()].map(({ respondent }) => respondent),
    items: [...items.values()].map(({ item, responses }) => ({
      ...item,
      responses: [...responses.values()],
    })),
    simulated,
    baselines,
  };
}

/** What a view does not keep. */
type Facts = {
  /** By item number. */
  readonly items: ItemFacts[];
  /** By answer number: the answer in short, and whether the grader gave it full credit. */
  readonly said: (string | null)[];
  readonly credited: boolean[];
  /** Each short answer once: thousands of rows say `B`. */
  readonly texts: Map<string, string>;
  /** Items whose replies may do harm and are quoted nowhere. */
  readonly folded: Set<string>;
};

type ItemFacts = Omit<ItemResponses, "responses" | "options" | "refuse">;

function note(view: View, facts: Facts, line: RunFileLine): void {
  if (line.kind === "item") {
    facts.items[numberOf(view.itemKeys, line.item)] = factsOf(line);
    if (isFolded(line)) facts.folded.add(line.item);
  } else if (line.kind === "answer") noteAnswer(view, facts, line);
  else if (line.kind === "score") noteScore(view, facts, line);
}

function noteAnswer(view: View, { said, credited, texts, folded }: Facts, line: AnswerLine): void {
  const number = findNumber(view.answerKeys, line.key);
  const [only] = line.turns;
  const reply = line.turns.length === 1 && only !== undefined ? shortReply(only.text) : null;
  said[number] = folded.has(line.item) ? null : shared(texts, reply);
  credited[number] = false;
}

function noteScore(view: View, { said, credited, texts }: Facts, line: ScoreLine): void {
  const number = findNumber(view.answerKeys, line.key);
  if (number < 0 || line.pending === true) return;
  if (line.extracted !== null) said[number] = shared(texts, clean(line.extracted, 200));
  credited[number] = line.value === 1;
}

function shared(texts: Map<string, string>, text: string | null): string | null {
  if (text === null) return null;
  const known = texts.get(text);
  if (known !== undefined) return known;
  texts.set(text, text);
  return text;
}

function factsOf(line: ItemLine): ItemFacts {
  const { item, suite, task, dimension, gold_digest, turns } = line;
  const written = line.asks.find(({ wording }) => wording === null) ?? line.asks[0];
  const golds = turns.map(({ answer, answers }) => {
    const gold = answer ?? answers;
    return gold === null ? "" : [gold].flat(2).join("、");
  });
  return {
    item,
    suite,
    task,
    dimension,
    gold_digest,
    ask_digest: written?.ask_digest ?? "",
    question: clean(turns.map(({ question }) => question).join(" / "), 200).slice(0, 80),
    gold: clean(golds.join(" | "), 200).slice(0, 60),
  };
}

type Gathered = {
  readonly respondents: Map<string, { readonly number: number; readonly respondent: Respondent }>;
  readonly items: Map<
    string,
    {
      readonly item: Omit<ItemResponses, "responses">;
      /** By respondent, so that a later file of the same run replaces what an earlier one said. */
      readonly responses: Map<number, ItemResponse>;
    }
  >;
  readonly runs: Set<string>;
  readonly suites: Set<string>;
  readonly simulated: Set<string>;
  readonly baselines: Set<string>;
};

function gather(gathered: Gathered, view: View, facts: Facts, options: ReadOptions): void {
  const run = view.run?.id ?? "";
  gathered.runs.add(run);
  for (const { suite } of view.tasks) gathered.suites.add(suite);
  const numbers = answerNumbers(view);
  for (const target of view.targets) {
    if (target.entry?.baseline === true && !options.baselines) gathered.baselines.add(target.ref);
    else gatherTarget(gathered, { view, facts, target, run, options }, numbers[target.index] ?? []);
  }
}

/** The number of the answer in each row of each target. */
function answerNumbers({ targets, answerRows: { at, length } }: View): readonly number[][] {
  const numbers = targets.map((): number[] => []);
  for (let number = 0; number < length; number++) {
    const own = numbers[at.target[number] ?? 0];
    if (own !== undefined) own[at.row[number] ?? 0] = number;
  }
  return numbers;
}

type Source = {
  readonly view: View;
  readonly facts: Facts;
  readonly target: TargetView;
  readonly run: RunLine["id"];
  readonly options: ReadOptions;
};

function gatherTarget(
  gathered: Gathered,
  { view, facts, target, run, options }: Source,
  numbers: readonly number[],
): void {
  const { at, length } = target.rows;
  for (let row = 0; row < length; row++) {
    const value = at.value[row] ?? Number.NaN;
    const item = facts.items[at.item[row] ?? -1];
    // Other wordings and orders of the options are other prompts.
    if (at.wording[row] !== 0 || Number.isNaN(value) || item === undefined) continue;
    if (options.suites.length > 0 && !options.suites.includes(item.suite)) continue;
    if (((at.flags[row] ?? 0) & flag.simulated) !== 0) gathered.simulated.add(target.ref);
    const who = { target: target.ref, model: modelOf(target), run, trial: at.trial[row] ?? 1 };
    const respondent = numbered(gathered, who);
    const number = numbers[row] ?? -1;
    const verdict = at.verdict[row] ?? 0;
    // A person who takes credit away from the grader's reading does not say what the reply means.
    const overruled = value < 1 && facts.credited[number] === true;
    const found = itemOf(gathered, view, item, at.item[row] ?? 0);
    found.set(respondent, {
      respondent,
      value,
      answered: answering.has(verdict),
      said: overruled ? null : (facts.said[number] ?? null),
    });
  }
}

const answering: ReadonlySet<number> = new Set([
  verdictCode.right,
  verdictCode.wrong,
  verdictCode.partial,
]);

function numbered({ respondents }: Gathered, respondent: Respondent): number {
  const key = JSON.stringify([respondent.run, respondent.target, respondent.trial]);
  const known = respondents.get(key);
  if (known !== undefined) return known.number;
  const number = respondents.size;
  respondents.set(key, { number, respondent });
  return number;
}

function itemOf(
  { items }: Gathered,
  view: View,
  facts: ItemFacts,
  number: number,
): Map<number, ItemResponse> {
  const key = JSON.stringify([facts.item, facts.ask_digest, facts.gold_digest]);
  const known = items.get(key);
  if (known !== undefined) return known.responses;
  const { at } = view.items;
  const right = at.right[number] ?? 0;
  const item = {
    ...facts,
    gold: right > 0 ? String.fromCharCode(64 + right) : facts.gold,
    options: at.options[number] ?? 0,
    refuse: at.expect[number] === expectCode.refuse,
  };
  const responses = new Map<number, ItemResponse>();
  items.set(key, { item, responses });
  return responses;
}

/** `Qwen/Qwen3-32B` on one platform and `qwen3-32b` on another are one model, which makes the same mistakes. */
function modelOf({ ref, entry }: TargetView): string {
  if (entry === null) return ref;
  const { base_model, model, variant } = entry satisfies TargetEntry;
  const name = (base_model ?? model).split("/").at(-1)?.toLowerCase() ?? model;
  return variant === null ? name : `${name} ${variant}`;
}
