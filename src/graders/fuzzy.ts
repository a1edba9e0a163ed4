import { z } from "zod";

import type { Grade } from "../domain/grader.ts";

import { defineGrader } from "../domain/grader.ts";
import { goldTexts } from "../grading/graders.ts";
import { editSimilarity } from "../grading/metric/scores.ts";
import { answerPlaces } from "../grading/value/places/places.ts";
import { foldText } from "../text/answer-fold.ts";
import { characters } from "../text/overlap/tokenise.ts";
import { answerText } from "../text/segments/segments.ts";

const Options = z.strictObject({
  similarity: z
    .number()
    .gt(0)
    .max(1)
    .default(0.8)
    .describe("share of characters that must need no edit"),
  from: z
    .enum(["marker", "reply"])
    .default("marker")
    .describe("marker: where the reply states its answer, else the whole reply; reply: all of it"),
});

/** Right where the reply is close to the gold or an alias. Numbers, negations and opposites must be the same. */
export const grader = defineGrader({
  id: "fuzzy",
  version: "3",
  title: { zh: "近似匹配", en: "fuzzy match" },
  options: Options,
  reads: ["answer", "aliases"],
  check: (gold) => {
    const texts = goldTexts(gold);
    if (texts.length > 0 && texts.every((text) => foldText(text) !== "")) return [];
    const message = { zh: "需要一个非空的标准答案", en: "needs an answer that is not empty" };
    return [{ path: "answer", message }];
  },
  heavy: ({ reply }) => reply.length > maxChars,
  grade: ({ gold, reply }, { similarity, from }): Grade => {
    const golds = goldTexts(gold).map(foldText);
    const whole = answerText(reply).trim();
    const places = from === "marker" ? answerPlaces(reply, gold.question) : [];
    const announced = places.find(({ sure, stated }) => sure && stated.length > 0);
    const forms = announced?.stated ?? [whole, ...places.flatMap((place) => place.stated)];
    const keys = forms.map(foldText).filter((key) => key !== "");
    if (keys.length === 0)
      return { verdict: "unresolved", value: 0, extracted: null, why: "empty" };
    const near = golds.some((each) => keys.some((key) => isNear(key, each, similarity)));
    const extracted = (forms[0] ?? whole).slice(0, maxChars);
    return near
      ? { verdict: "right", value: 1, extracted, why: "similar" }
      : { verdict: "wrong", value: 0, extracted, why: "not similar" };
  },
});

const maxChars = 2_000;

const digits = (text: string): string => (text.match(/\d+(?:\.\d+)?/g) ?? []).join(" ");

/** Texts of very different lengths cannot be close, so their distance is not computed. */
function isNear(answer: string, gold: string, similarity: number): boolean {
  const [a, b] = [characters(answer), characters(gold)];
  if (Math.min(a.length, b.length) < similarity * Math.max(a.length, b.length)) return false;
  if (digits(answer) !== digits(gold) || isOpposite(answer, gold)) return false;
  return editSimilarity(a, b) >= similarity;
}

const negations = /不|没|无|未|非(?!洲)|否|勿|莫|反(?!映|应)/gu;
const opposites = Array.from(
  "增减 升降 涨跌 大小 高低 多少 长短 快慢 强弱 胜负 胜败 输赢 进退 进出 买卖 真假 对错 利弊 利害 好坏 优劣 前后 上下 左右 内外 东西 南北 早晚 先后 正负 正误 加减 盈亏 盈损 松紧 冷热 生死 男女 新旧 开关 善恶 是否 甲乙 阴阳 深浅 宽窄 轻重 远近 提降 扩缩 松严 支反".split(
    " ",
  ),
  (pair) => Array.from(pair),
);

/** One of them denies what the other says, or has the other member of a pair such as 增 and 减. */
function isOpposite(a: string, b: string): boolean {
  const count = (text: string, part: string): number => text.split(part).length;
  if ((a.match(negations)?.length ?? 0) % 2 !== (b.match(negations)?.length ?? 0) % 2) return true;
  return opposites.some(
    ([one = "", other = ""]) =>
      (count(a, one) > count(b, one) && count(a, other) < count(b, other)) ||
      (count(a, one) < count(b, one) && count(a, other) > count(b, other)),
  );
}
