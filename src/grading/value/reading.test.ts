import { asyncProperty, assert, constantFrom } from "fast-check";
import { expect, test } from "vitest";

import type { Grade } from "../../domain/grader.ts";

import { gradeSample } from "../grade.ts";
import { loadGrader, parseGraderOptions } from "../graders.ts";
import { sampleOf } from "../testing/sample.ts";

type Kind = {
  readonly use: string;
  readonly with: Readonly<Record<string, unknown>>;
  readonly question: string;
  readonly gold: string;
  readonly other: string;
};

const typed: readonly (readonly [type: string, gold: string, other: string])[] = [
  ["time", "16:25", "18:05"],
  ["date", "4月10日", "5月9日"],
  ["weekday", "星期三", "星期五"],
  ["identifier", "KJ-400", "KJ-500"],
  ["character", "闻", "问"],
  ["half", "更上一层楼", "黄河入海流"],
  ["formula", "Fe2O3", "Fe3O4"],
  ["person", "林月", "张三"],
  ["base-n", "101101", "101011"],
  ["list", "李工、小唐", "小唐、何姐"],
];
const kinds: readonly Kind[] = [
  ...typed.map(([type, gold, other]) => ({
    use: "value",
    with: { type },
    question: "结果是什么？",
    gold,
    other,
  })),
  { use: "exact", with: {}, question: "哪座城市是省会？", gold: "西安", other: "洛阳" },
  { use: "exact", with: {}, question: "比是多少？", gold: "3:2", other: "2:3" },
];

const forms: readonly ((answer: string) => string)[] = [
  (answer) => answer,
  (answer) => `先看材料。\n答案：${answer}`,
  (answer) => `最终答案是${answer}。`,
  (answer) => `因此，结果是${answer}。`,
  (answer) => `<answer>${answer}</answer>`,
  (answer) => `{"answer": "${answer}"}`,
];
const offers = [
  "\n\n如果还想知道推导过程，请告诉我。",
  "\n\n需要我再举一个例子吗？",
  "\n\n希望对你有帮助！",
  "\n\nLet me know if you would like more details.",
  "\n\n本回答由 AI 生成，仅供参考。",
];
const wrappers: readonly ((text: string) => string)[] = [
  (text) => `**${text}**`,
  (text) => `> ${text}`,
  (text) => `### ${text}`,
  (text) => `\n\n${text}\n`,
];
const corrections: readonly ((answer: string) => string)[] = [
  (answer) => `\n更正：答案是${answer}。`,
  (answer) => `\n不对，应为${answer}。`,
  (answer) => `\n等等，我重新检查了一遍，应该是${answer}。`,
  (answer) => `\n\nWait, that is wrong. The answer should be ${answer}.`,
];

async function graded({ use, with: given, question, gold }: Kind, reply: string): Promise<Grade> {
  const grader = await loadGrader(use);
  if (grader === null) throw new Error(`no grader ${use}`);
  return gradeSample(
    grader,
    parseGraderOptions(grader, given),
    sampleOf(reply, { answer: gold, question }),
  );
}

const of = { kind: constantFrom(...kinds), form: constantFrom(...forms) };

test("an offer, a label or a full-width form changes nothing that is read", async () => {
  const fullWidth = (text: string): string =>
    text.replaceAll(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
  await assert(
    asyncProperty(
      of.kind,
      of.form,
      constantFrom("", ...offers),
      constantFrom(true, false),
      async (kind, form, offer, wide) => {
        const answer = wide ? fullWidth(kind.gold) : kind.gold;
        const reply = form(answer) + offer;
        expect({ reply, ...(await graded(kind, reply)) }).toMatchObject({
          reply,
          verdict: "right",
        });
        const wrong = form(kind.other) + offer;
        expect({ wrong, ...(await graded(kind, wrong)) }).not.toMatchObject({ verdict: "right" });
      },
    ),
    { numRuns: 400 },
  );
});

test("a Markdown wrapper changes nothing that is read", async () => {
  await assert(
    asyncProperty(of.kind, of.form, constantFrom(...wrappers), async (kind, form, wrap) => {
      const reply = form(wrap === wrappers[0] ? wrap(kind.gold) : kind.gold);
      const wrapped = wrap === wrappers[0] || reply.startsWith("{") ? reply : wrap(reply);
      expect({ wrapped, ...(await graded(kind, wrapped)) }).toMatchObject({
        wrapped,
        verdict: "right",
      });
    }),
    { numRuns: 400 },
  );
});

test("an explicit correction to another value always changes what is read", async () => {
  await assert(
    asyncProperty(of.kind, of.form, constantFrom(...corrections), async (kind, form, correct) => {
      const reply = form(kind.gold) + correct(kind.other);
      expect({ reply, ...(await graded(kind, reply)) }).not.toMatchObject({ verdict: "right" });
      const mended = form(kind.other) + correct(kind.gold);
      expect({ mended, ...(await graded(kind, mended)) }).toMatchObject({
        mended,
        verdict: "right",
      });
    }),
    { numRuns: 400 },
  );
});
