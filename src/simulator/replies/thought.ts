import type { Cue, Solution } from "./cue.ts";

import { shuffled } from "../random.ts";

/**
 * A reasoning model's thinking before it answers: about `length` characters, empty for 0, and consistent with the
 * reply. Long thinking goes back over itself, as such models do.
 */
export function thoughtOf(solution: Solution | null, cue: Cue, length: number): string {
  if (length <= 0) return "";
  const { random } = cue;
  const parts: string[] = [
    random.pick([
      "嗯，先看一下题目在问什么。",
      "好，用户给了一道题，我先理一理。",
      "这道题得仔细读一遍。",
      `题目说：${opening(cue.gold.question)}`,
      `用户问的是“${opening(cue.gold.question)}”，那就从这里入手。`,
    ]),
    ...(solution?.steps ?? []),
  ];
  let written = parts.join("").length;
  for (let unused: string[] = []; written < length;) {
    if (unused.length === 0) unused = [...shuffled(musings, random)];
    const next = unused.pop() ?? "";
    parts.push(next);
    written += next.length;
  }
  parts.push(ending(solution, cue));
  return parts.join("");
}

function opening(question: string): string {
  const points = Array.from(question.replaceAll(/[“”\n]/g, ""));
  return points.length > 24 ? `${points.slice(0, 22).join("")}……` : points.join("");
}

function ending(solution: Solution | null, { intent, random }: Cue): string {
  if (intent === "silent") return "还是定不下来，那就如实说明吧。";
  if (solution === null) return "想清楚了，下面直接写出来。";
  return random.pick([
    `那么答案就定为“${solution.value}”，下面组织一下语言。`,
    `检查过了，没有问题，就回答“${solution.value}”。`,
    `好，结论是“${solution.value}”，可以写了。`,
  ]);
}

const musings: readonly string[] = [
  "等等，别急着下结论，换个角度再想想。",
  "题目里的限定词不能漏掉，这往往是容易出错的地方。",
  "如果反过来假设，会不会得到矛盾？试了一下，似乎没有。",
  "再核对一遍前面的条件，确认没有看错。",
  "类似的题目以前也见过，思路应该差不多。",
  "这里有个容易混淆的概念，需要分清楚。",
  "先排除明显不对的可能，范围就小多了。",
  "从出题人的意图来看，考查的点应该就在这里。",
  "不对，刚才那一步跳得太快，慢一点重新推一遍。",
  "嗯，这样推下来前后是一致的。",
  "还有没有别的解释？想了想，都比较牵强。",
  "用最简单的情形验证一下，结果也对得上。",
  "把题干换一种说法，意思会更清楚一些。",
  "有没有忽略什么隐含条件？目前看没有。",
  "先把已知的和要求的列出来，再看中间差了什么。",
  "这个说法乍一看很顺，但要小心是不是偷换了说法。",
  "假如只凭直觉会选错，所以还是按步骤来。",
  "回头检查一次格式要求，免得答对了却写错。",
  "我好像把两个相近的说法弄混了，分开来看就清楚了。",
  "这里如果粗心，很可能掉进陷阱。",
  "先不管干扰信息，只看真正有用的那几个条件。",
  "从结果倒推回去，每一步都能接上。",
  "再找一个例子来对照，结论没有变。",
  "有一个地方还不放心，重新读一遍原话。",
  "原话确实是这么说的，没有理解错。",
  "如果换成更极端的情况，这个判断仍然成立。",
  "把几种可能并排放在一起比较，差别就出来了。",
  "嗯，这一步有依据，可以往下走。",
  "其实不用想得太复杂，题目考的是基本功。",
  "慢着，是不是还有更合适的？比了一下，没有。",
  "前面的推理里有一处说得含糊，补上就完整了。",
  "把关键词圈出来，再对一遍。",
  "按常理推断是这样，不过还是要有把握才行。",
  "两种思路得到的结果相同，可信度就高了。",
];
