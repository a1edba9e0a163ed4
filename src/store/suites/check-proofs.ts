import type { GoldTurn } from "../../domain/run-file/lines.ts";
import type { Item, Task } from "../../domain/suite.ts";
import type { Problem, Text } from "../../domain/text.ts";
import type { Graders } from "../graders.ts";
import type { Locate } from "../yaml/yaml.ts";

import { goldTurns } from "../../domain/prompt.ts";
import { lazyReplies } from "../../grading/constraints/lazy.ts";
import { readConstraints } from "../../grading/constraints/read.ts";
import { resultsIn } from "../../grading/constraints/results.ts";
import { gradeSample } from "../../grading/grade.ts";
import { problemAt } from "../yaml/yaml.ts";
import { graderFindings, readyGrader } from "./check-grading.ts";

/** Tries out what the golds of one task claim of themselves; its items are passed in order. */
export type TaskProofs = {
  readonly of: (item: Item, locate: Locate) => Promise<readonly Problem[]>;
  /** What only all items together show: witnesses that pass another item. */
  readonly rest: () => Promise<readonly Problem[]>;
};

/** Told before a grader tries out the gold of an item by itself, such as a program in the sandbox, which takes seconds. */
export type OnTrial = (task: string, item: string) => void;

/** Of a turn with a witness: whether a reply passes it. */
type Proved = {
  readonly item: string;
  readonly witness: string;
  /** A refusal of anything else is right here as well. */
  readonly refuses: boolean;
  readonly passes: (reply: string) => Promise<boolean>;
  readonly locate: Locate;
  readonly path: readonly PropertyKey[];
};

/** Witnesses of so many other items are tried on each item. */
const othersTried = 20;
const mostProved = 1_000;

/** Where nothing is tried out. */
export const noProofs: TaskProofs = { of: async () => [], rest: async () => [] };

/**
 * What a grader can prove by itself comes first, such as that a reference passes its tests and no mutant does. A witness that its own item does not accept, or a reply under `lazy` that it does, is an error; a lazy reply of our own or
 * another item's witness that passes is a warning. Items without a witness are not tried, nor graders that need a judge.
 */
export function proofsIn(task: Task, graders: Graders, onTrial: OnTrial = () => {}): TaskProofs {
  const proved: Proved[] = [];
  return {
    of: async (item, locate) => {
      const problems: Problem[] = [];
      for (const [index, turn] of goldTurns(task, item).entries()) {
        const base = item.turns === undefined ? [] : ["turns", index];
        const lazy =
          item.turns?.[index]?.lazy ?? (item.turns === undefined ? item.lazy : undefined);
        const { witness } = turn;
        const inTurn: Locate = (path, at) => locate([...base, ...path], at);
        problems.push(...(await ownProofs(turn, inTurn, graders, () => onTrial(task.id, item.id))));
        const grade = witness === undefined ? null : await gradingOf(turn, graders);
        if (witness === undefined || grade === null) continue;
        const own = await grade(witness);
        const path = [...base, "witness"];
        if (own.verdict === "ungraded") continue;
        if (own.verdict !== "right") {
          problems.push(problemAt(locate, path, witnessFails(own)));
          continue;
        }
        const passes = async (reply: string): Promise<boolean> =>
          (await grade(reply)).verdict === "right";
        for (const [at, reply] of (lazy ?? []).entries())
          if (await passes(reply))
            problems.push(problemAt(locate, [...base, "lazy", at], lazyPasses));
        problems.push(...(await builtinProblems(turn, witness, passes, locate, path)));
        if (proved.length < mostProved)
          proved.push({
            item: item.id,
            witness,
            refuses: turn.expect === "refuse",
            passes,
            locate,
            path,
          });
      }
      return problems;
    },
    rest: () => crossed(proved),
  };
}

type Graded = Awaited<ReturnType<typeof gradeSample>>;

/** What the turn's grader tries out by itself, and the graders that it uses. */
const ownProofs = (
  turn: GoldTurn,
  locate: Locate,
  graders: Graders,
  onTrial: () => void,
): Promise<readonly Problem[]> =>
  graderFindings(turn, locate, graders, async ({ grader, options }, each) => {
    if (grader.prove === undefined) return [];
    onTrial();
    return grader.prove(each, options);
  });

/** Grades replies to a turn without a judge; null where nothing grades it. */
async function gradingOf(
  turn: GoldTurn,
  graders: Graders,
): Promise<((reply: string) => Promise<Graded>) | null> {
  const ready = await readyGrader(turn, graders);
  if (ready === null) return null;
  const { grader, options } = ready;
  return (reply) =>
    gradeSample(
      grader,
      options,
      { gold: turn, reply, finish_reason: "stop" },
      { load: graders.load },
    );
}

async function builtinProblems(
  turn: GoldTurn,
  witness: string,
  passes: (reply: string) => Promise<boolean>,
  locate: Locate,
  path: readonly PropertyKey[],
): Promise<readonly Problem[]> {
  const { ready } = await readConstraints(turn.constraints ?? []);
  const problems: Problem[] = [];
  for (const { kind, text, declines } of lazyReplies(turn.question, witness, ready))
    if (!(declines === true && turn.expect === "refuse") && (await passes(text)))
      problems.push(warning(locate, path, builtinPasses(kind, text)));
  return problems;
}

async function crossed(proved: readonly Proved[]): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const [index, { passes, locate, path, item, witness, refuses }] of proved.entries()) {
    const others = [...proved.slice(index + 1), ...proved.slice(0, index)].slice(0, othersTried);
    for (const other of others) {
      const isOther =
        other.item !== item &&
        other.witness.trim() !== witness.trim() &&
        !(refuses && other.refuses);
      if (isOther && (await passes(other.witness)))
        problems.push(warning(locate, path, otherPasses(other.item)));
    }
  }
  return problems;
}

const warning = (locate: Locate, path: readonly PropertyKey[], message: Text): Problem => ({
  ...problemAt(locate, path, message),
  level: "warning",
});

function witnessFails({ why, notes }: Graded): Text {
  const broken = resultsIn(notes).filter(({ ok }) => ok === false);
  const [zh, en] = (["zh", "en"] as const).map((lang) =>
    broken
      .map((result) => `${result.check}: ${result.why[lang]}`)
      .join(lang === "zh" ? "；" : "; "),
  );
  return {
    zh: `见证回答（witness）通不过自己的题：${zh === "" ? why : (zh ?? why)}`,
    en: `the witness does not pass its own item: ${en === "" ? why : (en ?? why)}`,
  };
}
const lazyPasses: Text = {
  zh: "这个本该不合格的回答（lazy）通过了；请补充约束，例如 content",
  en: "this reply should not pass, and does; add a constraint, such as content",
};
const builtinPasses = (kind: Text, text: string): Text => ({
  zh: `偷懒的回答也能通过（${kind.zh}）：${JSON.stringify(shortened(text))}；请补充约束，例如 content、length 或 excludes`,
  en: `a lazy reply passes (${kind.en}): ${JSON.stringify(shortened(text))}; add a constraint, such as content, length or excludes`,
});
const otherPasses = (item: string): Text => ({
  zh: `题目 ${item} 的见证回答也能通过这道题；请补充内容方面的约束（content）`,
  en: `the witness of item ${item} passes this one too; add a constraint on content`,
});

const shortened = (text: string): string => {
  const points = Array.from(text);
  return points.length <= 40 ? text : `${points.slice(0, 40).join("")}…`;
};
