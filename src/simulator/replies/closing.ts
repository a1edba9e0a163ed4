import type { Cue } from "./cue.ts";

/** The form in which the prompt asks for the answer. */
export type Closing = "bare" | "marker" | "bracket" | "boxed" | "free";

const signs: readonly (readonly [Closing, RegExp])[] = [
  ["boxed", /\\boxed/],
  ["bracket", /【\s*】|【[^】]{0,6}】/],
  ["marker", /答案\s*[:：]/],
  [
    "bare",
    /(?:只|仅|直接)(?:需要?|要|能|用)?(?:回答|输出|回复|给出|写出?|说|答)|不要(?:解释|输出任何其他)/,
  ],
];

/** Detects the form from the last part of the prompt. */
export function closingOf(prompt: string): Closing {
  const tail = prompt.slice(-160);
  return signs.find(([, sign]) => sign.test(tail))?.[0] ?? "free";
}

/** The last line of a reply, with its value. */
export function closingLine(closing: Closing, value: string, { random, style }: Cue): string {
  switch (closing) {
    case "bare":
      return value;
    case "bracket":
      return `【${value}】`;
    case "boxed":
      return `最终结果为 $\\boxed{${value}}$`;
    case "marker":
      return style === "markdown"
        ? random.pick([`**答案：${value}**`, `答案：**${value}**`])
        : random.pick([`答案：${value}`, `答案：${value}`, `答案: ${value}`]);
    case "free":
      return style === "markdown"
        ? `**答案：${value}**`
        : random.pick([`答案：${value}`, `所以答案是：${value}`, `正确答案为：${value}`]);
  }
}
