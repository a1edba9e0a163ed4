import type { GoldTurn } from "../../../domain/run-file/lines.ts";

import { keyWords } from "../../../text/key-words.ts";

export type LazyKind =
  | "refusal"
  | "echo"
  | "key words"
  | "option"
  | "all options"
  | "repeated"
  | "acknowledged"
  | "commonest gold";

/** A reply that took no work. */
export type EffortlessReply = { readonly kind: LazyKind; readonly text: string };

/** What a reply is made from without solving anything. */
export type AskedTurn = {
  readonly turn: GoldTurn;
  /** As it is sent. */
  readonly prompt: string;
  readonly system: string | null;
  /** The gold that its task has most often; null where none is a text. */
  readonly commonest: string | null;
};

const refusals = [
  "抱歉，我无法回答这个问题。",
  "对不起，我不能提供这方面的帮助。如果您有其他问题，我很乐意解答。",
  "我不知道。",
  "这个问题我不太清楚，建议您咨询专业人士或查阅权威资料。",
  "作为一个人工智能语言模型，我没有足够的信息来完成这个任务，请您谅解。",
  "你好，这个问题我暂时无法回答，让我们换个话题再聊聊吧。",
  "很遗憾，这超出了我的能力范围。答案：无法确定",
  "I'm sorry, but I can't help with that.",
];

/** Replies to one turn that no item should let pass. An option that is the gold is no lazy reply, nor is a gold that the turn shares with most of its task. */
export function lazyRepliesTo({
  turn,
  prompt,
  system,
  commonest,
}: AskedTurn): readonly EffortlessReply[] {
  const { question, options } = turn;
  const words = keyWords(question);
  const wrong = Object.entries(options ?? {}).filter(([label]) => !golds(turn).has(label));
  const texts = Object.values(options ?? {});
  const replies: readonly EffortlessReply[] = [
    ...refusals.map((text) => ({ kind: "refusal" as const, text })),
    ...[
      prompt,
      question,
      `答案：${question}`,
      `你问的是：${question}`,
      ...(system === null ? [] : [system]),
    ].map((text) => ({ kind: "echo" as const, text })),
    ...["", "、", "，", "\n"].map((mark) => ({
      kind: "key words" as const,
      text: words.join(mark),
    })),
    // Graders do not see a passage, so they cannot tell that it was copied.
    ...(prompt.startsWith(question)
      ? [{ kind: "key words" as const, text: keyWords(prompt).join("，") }]
      : []),
    ...wrong.flatMap(([label, text]) =>
      [text, `答案：${text}`, `答案：${label}`, `${label}. ${text}`].map((reply) => ({
        kind: "option" as const,
        text: reply,
      })),
    ),
    ...(texts.length === 0
      ? []
      : [
          texts.join("\n"),
          Object.keys(options ?? {}).join("、"),
          `答案：${Object.keys(options ?? {}).join("")}`,
        ].map((text) => ({
          kind: "all options" as const,
          text,
        }))),
    ...[
      "一".repeat(5),
      "一".repeat(40),
      "哈哈哈哈哈哈",
      "啊".repeat(200),
      "1".repeat(6),
      "。。。。。。",
    ].map((text) => ({
      kind: "repeated" as const,
      text,
    })),
    ...["好的。", "好的，没问题！", "收到，我明白了。"].map((text) => ({
      kind: "acknowledged" as const,
      text,
    })),
    ...(commonest === null || golds(turn).has(commonest)
      ? []
      : [commonest, `答案：${commonest}`].map((text) => ({
          kind: "commonest gold" as const,
          text,
        }))),
  ];
  return replies.filter(({ text }) => text.trim() !== "");
}

/** The gold of a turn as one text, or null where it has none. */
export const goldText = ({ answer }: GoldTurn): string | null =>
  answer === null ? null : [answer].flat().map(String).join("、");

const golds = (turn: GoldTurn): ReadonlySet<string> =>
  new Set([goldText(turn) ?? "", ...[turn.answer ?? []].flat().map(String), ...turn.aliases]);

/** The text that is most often the gold, the first of equals; null where there is none. */
export function commonestGold(turns: readonly GoldTurn[]): string | null {
  const counts = new Map<string, number>();
  for (const turn of turns) {
    const text = goldText(turn);
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? null;
}
