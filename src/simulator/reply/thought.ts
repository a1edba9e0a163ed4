import type { Cue, Solution } from "./cue.ts";

/** What a reasoning model thinks before it answers: about `length` characters, and of one mind with the reply. */
export function thoughtOf({ steps, value }: Solution, cue: Cue, length: number): string {
  const { random } = cue;
  const parts: string[] = [
    random.pick([
      "嗯，先看一下题目在问什么。",
      "好，用户给了一道题，我先理一理。",
      "这道题得仔细读一遍。",
    ]),
  ];
  const pool = [...steps, ...musings];
  while (parts.join("").length < length - 20) {
    parts.push(pool.length > parts.length ? (pool[parts.length - 1] ?? "") : random.pick(musings));
  }
  parts.push(
    cue.intent === "silent"
      ? "还是定不下来，那就如实说明吧。"
      : random.pick([
          `那么答案就定为 ${value}，下面组织一下语言。`,
          `检查过了，没有问题，就回答 ${value}。`,
        ]),
  );
  return parts.join("");
}

const musings: readonly [string, ...string[]] = [
  "等等，别急着下结论，换个角度再想想。",
  "题目里的限定词不能漏掉，这往往是容易出错的地方。",
  "如果反过来假设，会不会得到矛盾？试了一下，似乎没有。",
  "再核对一遍前面的条件，确认没有看错。",
  "类似的题目以前也见过，思路应该差不多。",
  "这里有个容易混淆的概念，需要分清楚。",
  "先排除明显不对的可能，范围就小多了。",
  "从出题人的意图来看，考查的点应该就在这里。",
];
