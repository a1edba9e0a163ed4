import { assert, asyncProperty, constantFrom, tuple } from "fast-check";
import { expect, test } from "vitest";

import { grader } from "../../graders/choice.ts";
import { gradeSample } from "../grade.ts";
import { parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";

const options = parseGraderOptions(grader, {});
const gold = {
  question: "下列乐器中，属于弹拨乐器的是",
  options: { A: "唢呐", B: "二胡", C: "琵琶", D: "铜锣" },
  answer: "C",
};

const read = async (reply: string): Promise<string | null> =>
  (await gradeSample(grader, options, sampleOf(reply, gold))).extracted;

/** Replies in one manner each, by the letter that they choose. */
const manners: readonly ((letter: string, words: string) => string)[] = [
  (letter) => letter,
  (letter) => `${letter}。`,
  (letter) => `（${letter}）`,
  (letter) => `答案：${letter}`,
  (letter) => `答案是${letter}。`,
  (letter) => `故选${letter}。`,
  (letter) => `我认为应该选 ${letter}。`,
  (letter, words) => `${letter}. ${words}`,
  (letter, words) => `答案：${letter}（${words}）`,
  (letter) => `逐项来看，只有一项靠手指弹拨发声。\n综上，正确答案为${letter}。`,
  (letter) => `【答案】${letter}\n【解析】其余几种乐器的发声方式不同。`,
  (letter) => `The answer is ${letter}.`,
  (letter) => `<answer>${letter}</answer>`,
  (letter) => `{"answer": "${letter}"}`,
  (letter) => `$\\boxed{${letter}}$`,
  (_, words) => `${words}。`,
  (_, words) => `答案：${words}`,
  (letter) =>
    ["A", "B", "C", "D"].map((each) => `${each}项${each === letter ? "正确" : "错误"}。`).join(""),
];

const offers = [
  "需要我解释一下为什么不选A吗？",
  "要不要我再讲讲 B 和 D 的区别？",
  "如果你想，我可以继续分析选项D。",
  "如果还有疑问，请随时告诉我！",
  "希望对你有帮助！😊",
  "想了解更多关于二胡的知识吗？比如它属于哪一类？答案是B。",
  "您还需要我出一道类似的题吗？",
  "Would you like me to explain why A is wrong?",
  "Let me know if you want to discuss option D.",
  "I hope this helps!",
  "本回答由 AI 生成，仅供参考",
];

const wrappers: readonly ((reply: string) => string)[] = [
  (reply) => `**${reply}**`,
  (reply) => reply.replaceAll(/^/gm, "> "),
  (reply) => `### 回答\n\n${reply}`,
  (reply) => `---\n\n${reply}\n\n---`,
  (reply) => `- ${reply}`,
  (reply) => `\n\n${reply}\n\n`,
];

const fullWidth = (reply: string): string =>
  reply.replaceAll(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

const corrections: readonly ((letter: string) => string)[] = [
  (letter) => `更正：答案应为${letter}。`,
  (letter) => `不对，应该是${letter}。`,
  (letter) => `等等，我看错了，应选${letter}。`,
  (letter) => `抱歉，上面写错了，正确答案是 ${letter}。`,
  (letter) => `（更正：经核实，应为${letter}）`,
  (letter) => `Correction: the answer is ${letter}.`,
  (letter) => `Wait, that is wrong. It should be ${letter}.`,
  (letter) => `重新检查后，我改选${letter}。`,
];

const letters = ["A", "B", "C", "D"] as const;
const base = tuple(constantFrom(...manners), constantFrom(...letters)).map(([manner, letter]) => ({
  letter,
  reply: manner(letter, gold.options[letter]),
}));
const runs = { numRuns: 400 };

test("every manner is read", async () => {
  for (const manner of manners)
    for (const letter of letters) {
      const reply = manner(letter, gold.options[letter]);
      expect([reply, await read(reply)]).toEqual([reply, letter]);
    }
});

test("a polite offer never changes what is read", async () => {
  await assert(
    asyncProperty(
      base,
      constantFrom(...offers),
      constantFrom("\n", "\n\n", "。"),
      async (said, offer, gap) => {
        const reply = `${said.reply}${gap}${offer}`;
        expect([reply, await read(reply)]).toEqual([reply, said.letter]);
      },
    ),
    runs,
  );
});

test("a Markdown wrapper never changes what is read", async () => {
  await assert(
    asyncProperty(base, constantFrom(...wrappers), async (said, wrap) => {
      const reply = wrap(said.reply);
      expect([reply, await read(reply)]).toEqual([reply, said.letter]);
    }),
    runs,
  );
});

test("full-width forms never change what is read", async () => {
  await assert(
    asyncProperty(base, async (said) => {
      const reply = fullWidth(said.reply);
      expect([reply, await read(reply)]).toEqual([reply, said.letter]);
    }),
    runs,
  );
});

test("an explicit correction to another option always changes what is read", async () => {
  await assert(
    asyncProperty(
      base,
      constantFrom(...corrections),
      constantFrom(...letters),
      constantFrom("\n", "\n\n", "。"),
      async (said, correct, letter, gap) => {
        const reply = `${said.reply}${gap}${correct(letter)}`;
        expect([reply, await read(reply)]).toEqual([reply, letter]);
      },
    ),
    runs,
  );
});
