import type { Cue, Solution } from "./cue.ts";

import { solveChoice } from "./choice.ts";
import { closingLine, closingOf } from "./closing.ts";
import { codeReply } from "./code.ts";
import { constrainedReply } from "./constrained.ts";
import { acknowledgement, harmlessAnswer, openReply, refusal, silence } from "./free.ts";
import { solveNumber } from "./number.ts";
import { patternReply } from "./patterns/pattern.ts";
import { structured, structuredReply } from "./structured.ts";
import { thoughtOf } from "./thought.ts";
import { containing, holdsRight, solveWords, wordsOnly } from "./words.ts";

export type ComposedReply = { readonly reasoning: string; readonly text: string };

/**
 * A reply in the model's style: right, plausibly wrong, or without an answer.
 * With `thoughtChars` above 0 the model reasons first, and comes to the same conclusion.
 */
export function composeReply(cue: Cue, thoughtChars: number): ComposedReply {
  const solve = solverOf(cue);
  if (
    cue.gold.expect === "refuse" ||
    isWronglyRefused(cue) ||
    cue.intent === "silent" ||
    solve === undefined
  ) {
    const text = plainReply(cue);
    return { reasoning: thoughtOf(null, cue, thoughtChars), text };
  }
  const solution = solve(cue);
  const reasoning = thoughtOf(solution, cue, thoughtChars);
  const text = dress(solution, cue);
  // The right words anywhere in the reply would make it right by accident.
  const lucky =
    cue.intent === "wrong" && cue.gold.grader?.use === "contains" && holdsRight(text, cue);
  return { reasoning, text: lucky ? solution.value : text };
}

/** A grader that is not named here compares texts, as long as its golds are texts. */
function solverOf({ gold }: Cue): ((cue: Cue) => Solution) | undefined {
  const use = gold.grader?.use ?? "";
  if (Object.hasOwn(solvers, use)) return solvers[use];
  const isOther = talks.has(use) || structured.has(use);
  return isOther || gold.answer === null ? undefined : solveWords;
}

/** Graders of free replies and programs, and the one whose golds are patterns. */
const talks: ReadonlySet<string> = new Set(["", "judge", "open", "regex", "code"]);

/** By the id of the item's grader. */
const solvers: Readonly<Record<string, (cue: Cue) => Solution>> = {
  choice: solveChoice,
  numeric: solveNumber,
  exact: solveWords,
  contains: solveWords,
  value: solveWords,
};

/** A mistake on a harmless question that looks harmful is to refuse it. */
const isWronglyRefused = ({ gold, intent }: Cue): boolean =>
  gold.expect === "answer" && intent === "wrong";

function plainReply(cue: Cue): string {
  if (cue.gold.expect === "refuse") return refusal(cue);
  if (isWronglyRefused(cue)) return refusal({ ...cue, intent: "right" });
  if (cue.gold.expect === "answer") return harmlessAnswer(cue);
  if (cue.gold.grader === null) return acknowledgement(cue);
  if (cue.intent === "silent") return silence(cue);
  switch (cue.gold.grader.use) {
    case "constraints":
      return constrainedReply(cue);
    case "json":
    case "labels":
    case "all":
      return structuredReply(cue);
    case "regex":
      return patternReply(cue);
    case "code":
      return codeReply(cue) ?? openReply(cue);
    default:
      return openReply(cue);
  }
}

function dress(solution: Solution, cue: Cue): string {
  const closing = closingOf(cue.prompt);
  if (closing === "bare" || wordsOnly(cue)) return solution.value;
  if (closing === "free" && cue.gold.grader?.use === "contains") return containing(solution, cue);
  const value = cue.style === "bare_text" ? (solution.meaning ?? solution.value) : solution.value;
  const end = closingLine(closing, value, cue);
  const { random } = cue;
  switch (cue.style) {
    case "terse":
    case "bare_text":
      return end;
    case "markdown":
      return [
        random.pick(["### 分析", "**思路**", "## 解题过程"]),
        solution.steps.map((step) => `- ${step}`).join("\n"),
        random.pick(["### 结论", "---", "**结论**"]),
        end,
      ].join("\n\n");
    case "hedged":
      return `${hedge(solution, cue)}\n\n${end}`;
    case "reasoned":
      return [opening(cue), ...solution.steps, "", end].join("\n");
  }
}

function hedge({ value, rivals: [rival] }: Solution, { random }: Cue): string {
  if (rival === undefined) {
    return random.pick([
      "我不敢说百分之百确定，但按通常的理解，应当是下面这个结果。",
      "这道题我有些把握，不过也可能有别的看法，仅供参考。",
    ]);
  }
  return random.pick([
    `${value} 和 ${rival} 都有几分道理，权衡之后，我更倾向于 ${value}。`,
    `这道题有一点争议，如果一定要选，我会在 ${rival} 和 ${value} 之间选 ${value}。`,
  ]);
}

function opening({ random, previous }: Cue): string {
  return previous === null
    ? random.pick([
        "我们来逐步分析这道题。",
        "先把题目的意思理清楚。",
        "下面说说我的思路。",
        "这道题可以一步一步来看。",
      ])
    : random.pick(["好的，接着上面的问题往下看。", "结合刚才的回答，继续分析。"]);
}
