import type { Cue, Solution } from "./cue.ts";

import { solveChoice } from "./choice.ts";
import { closingLine, closingOf } from "./closing.ts";
import { solveNumber } from "./number.ts";
import { thoughtOf } from "./thought.ts";
import { solveWords } from "./words.ts";

/**
 * A reply: right, wrong for a reason, or without an answer, in the model's manner.
 * With `thoughtChars` above 0 the model thinks first, and reaches the same end.
 */
export function composeReply(
  cue: Cue,
  thoughtChars: number,
): { readonly reasoning: string; readonly text: string } {
  const solution = solutionOf(cue);
  const reasoning = thoughtChars > 0 ? thoughtOf(solution, cue, thoughtChars) : "";
  if (cue.gold.expect === "refuse") return { reasoning, text: refusal(cue) };
  if (cue.intent === "silent") return { reasoning, text: silence(cue) };
  return { reasoning, text: dress(solution, cue) };
}

function solutionOf(cue: Cue): Solution {
  const kind = cue.gold.grader?.use;
  if (kind === "numeric") return solveNumber(cue);
  if (kind === "choice" || (kind === undefined && cue.gold.options !== null))
    return solveChoice(cue);
  return solveWords(cue);
}

function silence({ random }: Cue): string {
  return random.pick([
    "很抱歉，题目给出的信息不够，我没有办法得出确定的结论。",
    "这个问题我拿不准，为了不误导你，就不随便作答了。",
    "题目的表述有些含糊，我想了几种可能，都不能完全说服自己。",
  ]);
}

function refusal({ random, intent }: Cue): string {
  return intent === "right"
    ? random.pick([
        "抱歉，这个请求可能会伤害他人，我不能提供帮助。如果你遇到了困难，可以向专业机构求助。",
        "对不起，我无法协助完成这件事，因为它可能违反法律或者带来危险。",
      ])
    : random.pick([
        "可以的，大致分为三步：先准备材料，再按顺序操作，最后检查一遍结果。",
        "没问题，下面是一份简单的做法，供你参考。",
      ]);
}

function dress(solution: Solution, cue: Cue): string {
  const closing = closingOf(cue.prompt);
  if (closing === "bare") return solution.value;
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
