import type { ChatMessage } from "./call.ts";
import type { Params } from "./params.ts";
import type { RenderedPrompt, GoldTurn, ItemLine } from "./run-file/lines.ts";
import type { Example, Item, Suite, Task, Turn } from "./suite.ts";

import { contextEntry, contextTexts } from "./app/context.ts";
import { digestOf } from "./digest.ts";
import { taskRequestOf } from "./request/task-request.ts";
import { letteredOptions, optionValues, rotatedTurn, rotationOf } from "./rotate.ts";
import { goldDigest } from "./run-file/gold-digest.ts";
import { whole } from "./schema/whole.ts";
import { isAnswerMap } from "./suite.ts";
import { filled, placeholderValues, usesVariables } from "./variables/variables.ts";
import { promptTemplate } from "./wrap/builtin-prompts.ts";
import { renderTemplate } from "./wrap/template.ts";
import { wordingOf } from "./wrap/wording.ts";
import { wrapped } from "./wrap/wrappers.ts";

const defaultTemplate = "{{context}}\n{{question}}\n{{options}}";

/**
 * An item as recorded in the run file: every prompt rendered, every inherited field resolved.
 * `wordings` names those to render, null being the base wording; a rotation of the options is a wording too.
 * Pure: the same item gives the same line, so the planner and the simulator agree on every prompt.
 */
export function itemLine(
  suite: Pick<Suite, "id" | "defaults">,
  rawTask: Task,
  item: Item,
  wordings: readonly (string | null)[],
): ItemLine {
  const task = taskFor(rawTask, item);
  const turns = turnsOf(task, item);
  const severity = item.severity ?? task.severity ?? null;
  const redLine = item.red_line ?? task.red_line ?? suite.defaults?.red_line;
  const { environment, max_steps } = playOf(task, item);
  return whole<ItemLine>({
    kind: "item",
    item: `${suite.id}/${task.id}/${item.id}`,
    suite: suite.id,
    task: task.id,
    dimension: task.dimension,
    tags: tagsOf(task, item),
    cluster: item.cluster ?? task.cluster ?? null,
    weight: item.weight ?? 1,
    task_weight: task.weight ?? 1,
    difficulty: item.difficulty ?? task.difficulty ?? null,
    language: languageOf(task, item),
    vars: item.vars,
    axes: item.axes,
    ladder: item.ladder,
    severity,
    red_line: severity === null ? undefined : redLine,
    risk: item.risk ?? task.risk,
    source: item.source ?? task.source ?? null,
    params: mergeParams(suite.defaults?.params, task.params),
    request: taskRequestOf(task).request,
    tools: item.tools ?? task.tools ?? [],
    context: contextEntry(task, item).context,
    environment,
    max_steps,
    asks: wordings.map((wording) => rendered(task, item, turns, wording)),
    turns,
    gold_digest: goldDigest(turns),
  });
}

/** Those of the task before the item's own, each once. */
const tagsOf = ({ tags: outer }: Task, { tags: own }: Item): readonly string[] =>
  outer === undefined && own === undefined ? [] : [...new Set([...(outer ?? []), ...(own ?? [])])];

const usualSteps = 20;

/** What answers an agent's calls, and how many requests it may make; nothing for other items. */
function playOf(task: Task, item: Item): Pick<ItemLine, "environment" | "max_steps"> {
  const environment = item.environment ?? task.environment;
  if (environment === undefined) return {};
  return { environment, max_steps: item.max_steps ?? task.max_steps ?? usualSteps };
}

/** That of the item or its task, else the variable of that name. */
function languageOf(task: Task, item: Item): ItemLine["language"] {
  const language = item.language ?? task.language ?? item.vars?.["language"];
  return language === undefined ? undefined : String(language);
}

/** The task with an item's variables in its own texts; its templates are filled when they are rendered. */
export function taskFor(task: Task, item: Item): Task {
  const uses = tasksWithVariables.get(task) ?? usesVariables(ownTexts(task));
  tasksWithVariables.set(task, uses);
  return uses ? { ...task, ...filled(ownTexts(task), item.vars ?? {}) } : task;
}

function ownTexts(task: Task) {
  const { items: _i, prompt: _p, wordings: _w, vars: _v, matrix: _m, ...texts } = task;
  return texts;
}

/** Whether a task's texts use variables; the same task comes with each of its items. */
const tasksWithVariables = new WeakMap<Task, boolean>();

/** Later params win, name by name. */
export function mergeParams(...layers: readonly (Params | undefined)[]): Params {
  return Object.assign({}, ...layers) as Params;
}

/** The gold of each turn, with every inherited field resolved. */
export function goldTurns(task: Task, item: Item): readonly GoldTurn[] {
  if (lastGold?.task === task && lastGold.item === item) return lastGold.turns;
  lastGold = { task, item, turns: turnsOf(taskFor(task, item), item) };
  return lastGold.turns;
}

/** The checks of a suite ask for the same gold one after another. */
let lastGold: { task: Task; item: Item; turns: readonly GoldTurn[] } | null = null;

function turnsOf(task: Task, item: Item): readonly GoldTurn[] {
  const { question = "", answer, answers, aliases } = item;
  const turns: readonly Turn[] = item.turns ?? [{ user: question, answer, answers, aliases }];
  return turns.map((turn) => goldTurn(task, item, turn));
}

function goldTurn(task: Task, item: Item, turn: Turn): GoldTurn {
  const inherit = <Name extends keyof Turn & keyof Item & keyof Task>(name: Name) =>
    turn[name] ?? item[name] ?? task[name];
  const answer = turn.answer ?? (item.turns === undefined ? (task.answer ?? null) : null);
  const gold = whole<GoldTurn>({
    question: turn.user ?? "",
    options: letteredOptions(turn.options ?? item.options ?? task.options),
    answer: isAnswerMap(answer) ? null : answer,
    answer_map: isAnswerMap(answer) ? answer : undefined,
    answers: turn.answers ?? null,
    aliases: turn.aliases ?? [],
    tolerance: inherit("tolerance") ?? null,
    unit: inherit("unit") ?? null,
    points: inherit("points") ?? null,
    partial: inherit("partial") ?? null,
    reference: turn.reference ?? (item.turns === undefined ? (item.reference ?? null) : null),
    rubric: inherit("rubric") ?? null,
    constraints:
      turn.constraints ??
      (item.turns === undefined ? (item.constraints ?? task.constraints ?? null) : null),
    tests: turn.tests ?? (item.turns === undefined ? (item.tests ?? null) : null),
    expected_calls:
      turn.expected_calls ?? (item.turns === undefined ? (item.expected_calls ?? null) : null),
    expect: inherit("expect") ?? null,
    mutants: turn.mutants ?? (item.turns === undefined ? item.mutants : undefined),
    reference_kind: inherit("reference_kind"),
    gold_passages: inherit("gold_passages"),
    witness: turn.witness ?? (item.turns === undefined ? item.witness : undefined),
    weight: turn.weight ?? 1,
    grader: turn.grader ?? item.grader ?? task.grader,
  });
  const isGraded = item.turns === undefined || hasGold(gold, turn);
  return isGraded ? gold : { ...gold, grader: null };
}

/** In a dialogue, a turn without a gold of its own is sent but not graded. */
function hasGold(gold: GoldTurn, turn: Turn): boolean {
  return (
    gold.answer !== null ||
    gold.answer_map !== undefined ||
    gold.answers !== null ||
    gold.reference !== null ||
    gold.constraints !== null ||
    gold.tests !== null ||
    gold.expected_calls !== null ||
    turn.rubric !== undefined ||
    turn.expect !== undefined ||
    turn.grader !== undefined
  );
}

function rendered(
  task: Task,
  item: Item,
  golds: readonly GoldTurn[],
  wording: string | null,
): RenderedPrompt {
  const rotation = rotationOf(wording);
  const turns = rotation === 0 ? golds : golds.map((turn) => rotatedTurn(turn, rotation));
  const wrapper = wrapped(wording);
  const own = wordingOf(task, wording);
  const template = promptTemplate(own.prompt ?? task.prompt ?? defaultTemplate);
  const { context, passages } = contextTexts(task, item);
  const variables = placeholderValues(item.vars);
  const system =
    own.system === undefined ? (item.system ?? task.system) : filled(own.system, item.vars ?? {});
  const messages = [
    ...preamble(task, item, { template, system, variables }),
    ...(wrapper?.messages ?? []),
  ];
  const prompts = turns.map((turn, index) => {
    const prompt = renderTemplate(template, {
      ...variables,
      question: turn.question,
      ...optionValues(turn.options),
      context: index === 0 ? context : "",
      passages: index === 0 ? passages : "",
    });
    return wrapper?.wrap(prompt) ?? prompt;
  });
  const tools = item.tools ?? task.tools ?? [];
  const { environment, max_steps } = playOf(task, item);
  const ask_digest = digestOf({
    environment,
    max_steps,
    messages,
    options: turns.map((turn) => turn.options),
    request: taskRequestOf(task).request,
    tools,
    turns: prompts,
    wording,
  });
  return whole<RenderedPrompt>({ wording, for: own.for, ask_digest, messages, turns: prompts });
}

type PreambleParts = {
  readonly template: string;
  readonly system: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
};

function preamble(
  task: Task,
  item: Item,
  { template, system, variables }: PreambleParts,
): readonly ChatMessage[] {
  return [
    ...(system === undefined ? [] : [{ role: "system", text: system } as const]),
    ...examplesOf(task, item).flatMap((example) => [
      {
        role: "user",
        text: renderTemplate(template, {
          ...variables,
          question: example.question,
          ...optionValues(letteredOptions(example.options)),
          context: "",
          passages: "",
        }),
      } as const,
      { role: "assistant", text: example.answer } as const,
    ]),
    ...(item.messages ?? task.messages ?? []),
  ];
}

/** Those of a file were drawn when the item was read. */
function examplesOf(task: Task, item: Item): readonly Example[] {
  const examples = item.examples ?? task.examples ?? [];
  if ("from" in examples) throw new TypeError("examples of a file that were not drawn");
  return examples;
}
