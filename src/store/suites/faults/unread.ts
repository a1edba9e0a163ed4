import type { Gold, GoldField, Grader } from "../../../domain/grader.ts";
import type { GoldTurn } from "../../../domain/run-file/lines.ts";
import type { Item, Task } from "../../../domain/suite.ts";
import type { Problem, Text } from "../../../domain/text.ts";
import type { Graders } from "../../graders.ts";
import type { Locate } from "../../yaml/yaml.ts";

import { goldFields } from "../../../domain/grader.ts";
import { goldTurns } from "../../../domain/prompt.ts";
import { validate } from "../../../validation/issues.ts";
import { problemAt } from "../../yaml/yaml.ts";
import { readyGrader } from "../check-grading.ts";

/** Finds golds of one task that nothing reads; its items are passed in order. */
export type Unread = {
  readonly take: (item: Item, locate: Locate) => Promise<void>;
  /** One warning for each field and grader, at the first place; `locate` is relative to the task. */
  readonly found: (locate: Locate) => readonly Problem[];
};

/** A field that a grader passes over: where it stands first, and on how many items. */
type Ignored = {
  readonly field: GoldField;
  readonly use: string | null;
  count: number;
  readonly problem: Problem;
};

/** Fields that a task may carry and no item inherits. */
const neverInherited: ReadonlySet<string> = new Set([
  "answers",
  "aliases",
  "reference",
  "tests",
  "mutants",
  "expected_calls",
]);

/**
 * Fields of a gold that stand in the suite and that the grader of their turn does not read, such as `tests` beside
 * `exact`: they promise what nobody checks. A grader that does not say what it reads is taken to read all.
 */
export function unreadIn(task: Task, graders: Graders): Unread {
  const ignored = new Map<string, Ignored>();
  /** Of each field on the task itself: whether an item's grader reads it, and a grader that does not. */
  const onTask = new Map<GoldField, { read: boolean; use: string | null }>();
  const note = (
    field: GoldField,
    use: string | null,
    locate: Locate,
    path: readonly PropertyKey[],
  ): void => {
    const known = ignored.get(`${field} ${use}`);
    if (known === undefined)
      ignored.set(`${field} ${use}`, {
        field,
        use,
        count: 1,
        problem: problemAt(locate, [...path, field], none, "key"),
      });
    else known.count += 1;
  };
  return {
    take: async (item, locate) => {
      const turns = goldTurns(task, item);
      const readers = await Promise.all(turns.map((turn) => readingOf(turn, graders)));
      for (const [index, reads] of readers.entries()) {
        const use = turns[index]?.grader?.use ?? null;
        const turn = item.turns?.[index];
        for (const field of goldFields)
          if (turn?.[field] !== undefined && !reads.has(field))
            note(field, use, locate, ["turns", index]);
      }
      const use = turns.find(({ grader }) => grader !== null)?.grader?.use ?? null;
      for (const field of goldFields) {
        const isRead = readers.some((reads) => reads.has(field));
        const isForReaders = field === "reference" && item.reference_kind === "none";
        if (item[field] !== undefined && !isRead && !isForReaders) note(field, use, locate, []);
        if (task[field] === undefined) continue;
        const before = onTask.get(field)?.read ?? false;
        onTask.set(field, { read: before || (isRead && item[field] === undefined), use });
      }
    },
    found: (locate) => {
      const ofItems = [...ignored.values()].map(({ field, use, count, problem }): Problem => ({
        ...problem,
        level: "warning",
        message: notRead(field, use, count),
      }));
      const ofTask = [...onTask].flatMap(([field, { read, use }]): readonly Problem[] => {
        if (!neverInherited.has(field) && read) return [];
        const message = neverInherited.has(field) ? notInherited(field) : notRead(field, use, 1);
        return [{ ...problemAt(locate, [field], message, "key"), level: "warning" }];
      });
      return [...ofItems, ...ofTask];
    },
  };
}

/** What a turn's grader reads, and those that it uses; every field where one of them does not say. Nothing reads a turn without a grader. */
async function readingOf(turn: GoldTurn, graders: Graders): Promise<ReadonlySet<GoldField>> {
  const ready = await readyGrader(turn, graders);
  if (ready === null) return new Set(turn.grader === null ? [] : goldFields);
  return readBy(ready.grader, ready.options, turn, graders);
}

async function readBy(
  grader: Grader,
  options: unknown,
  gold: Gold,
  graders: Graders,
): Promise<ReadonlySet<GoldField>> {
  if (grader.reads === undefined) return new Set(goldFields);
  const parts = (grader.parts?.(options) ?? []).map(async ({ ref, gold: own }) => {
    const part = await graders.load(ref.use);
    const parsed = part === null ? null : validate(part.options, ref.with ?? {});
    if (part === null || parsed?.ok !== true) return new Set(goldFields);
    const given = own === undefined ? gold : own(gold);
    return given === null ? new Set<GoldField>() : readBy(part, parsed.value, given, graders);
  });
  return new Set([...grader.reads, ...(await Promise.all(parts)).flatMap((read) => [...read])]);
}

const none: Text = { zh: "", en: "" };

const notInherited = (field: GoldField): Text => ({
  zh: `${field} 写在任务上没有作用，题目不会继承；请写到各题里`,
  en: `"${field}" does nothing on a task, no item inherits it; write it on the items`,
});

function notRead(field: GoldField, use: string | null, count: number): Text {
  const zh = count > 1 ? `（本任务共 ${count} 处）` : "";
  const en = count > 1 ? ` (${count} places in this task)` : "";
  if (use === null)
    return {
      zh: `这一轮不评分，${field} 没有人读${zh}；评分需要 answer 等标准答案，或写明 grader`,
      en: `this turn is not graded, so nothing reads "${field}"${en}; give it an answer, or a grader of its own`,
    };
  return {
    zh: `评分器 ${use} 不读 ${field}，写了也不起作用${zh}；请换一个读它的评分器，或删去`,
    en: `the grader ${use} does not read "${field}", which has no effect${en}; choose a grader that does, or take it out`,
  };
}
