import type { MoneyPer, UnitKind } from "../measures/measure.ts";

/** A unit as it is written, what it counts, and how many base units it is. */
type ClauseUnit = {
  readonly written: readonly string[];
  readonly kind: UnitKind | "points" | "dollars";
  readonly scale: number;
  readonly per?: MoneyPer;
};

const perWords: readonly (readonly [MoneyPer, readonly string[]])[] = [
  ["item", ["次", "题", "条", "轮", "次调用", "次作答", "次请求", "问", "次对话"]],
  ["right", ["正确题", "正确答案", "答对", "正确"]],
  ["thousand-chars", ["千字", "千字符", "1000字"]],
  ["million-tokens", ["百万tokens", "百万token", "mtokens", "mtok", "1mtokens", "m"]],
  ["month", ["月", "每月", "个月"]],
];

const yuan = ["元", "人民币", "rmb", "cny", "yuan", "块"];

const units: readonly ClauseUnit[] = [
  { written: ["%"], kind: "share", scale: 0.01 },
  { written: ["‰"], kind: "share", scale: 0.001 },
  { written: ["毫秒", "ms", "msec"], kind: "time", scale: 1 },
  { written: ["秒钟", "秒", "s", "sec", "seconds", "second"], kind: "time", scale: 1_000 },
  { written: ["分钟", "min", "mins", "minutes", "minute"], kind: "time", scale: 60_000 },
  { written: ["小时", "h", "hours", "hour", "hr"], kind: "time", scale: 3_600_000 },
  {
    written: [
      "字/秒",
      "字/s",
      "字每秒",
      "字符/秒",
      "字符/s",
      "字符每秒",
      "汉字/秒",
      "个字/秒",
      "chars/s",
      "char/s",
      "characters/s",
    ],
    kind: "speed",
    scale: 1,
  },
  {
    written: [
      "tokens/s",
      "token/s",
      "tok/s",
      "tokens/秒",
      "token/秒",
      "tokens每秒",
      "token每秒",
      "tokens/sec",
      "token/sec",
      "t/s",
    ],
    kind: "token-speed",
    scale: 1,
  },
  {
    written: [
      "qps",
      "rps",
      "tps",
      "次/秒",
      "次/s",
      "次每秒",
      "请求/秒",
      "个请求/秒",
      "笔/秒",
      "req/s",
      "requests/s",
      "个/秒",
    ],
    kind: "rate",
    scale: 1,
  },
  {
    written: [
      "并发",
      "路并发",
      "个并发",
      "路",
      "并发用户",
      "个并发用户",
      "并发请求",
      "个并发请求",
      "用户",
      "个用户",
      "users",
      "atonce",
      "vu",
    ],
    kind: "at-once",
    scale: 1,
  },
  { written: yuan, kind: "money", scale: 1 },
  ...perWords.map(([per, words]): ClauseUnit => ({
    written: yuan.flatMap((coin) =>
      words.flatMap((word) => [`${coin}/${word}`, `${coin}每${word}`]),
    ),
    kind: "money",
    scale: 1,
    per,
  })),
  { written: ["usd", "美元", "美金", "dollars"], kind: "dollars", scale: 1 },
  { written: ["次", "条", "个", "处", "题", "起", "例", "项"], kind: "count", scale: 1 },
  { written: ["分", "points", "point"], kind: "points", scale: 0.01 },
];

/** Written units by their text in lower case and without blanks. */
const byText: ReadonlyMap<string, Omit<ClauseUnit, "written">> = new Map(
  units.flatMap(({ written, ...unit }) => written.map((text) => [text, unit] as const)),
);

const longest = Math.max(...Array.from(byText.keys(), (text) => text.length));

export type BoundUnit = Omit<ClauseUnit, "written"> & {
  /** As it stands in the text. */
  readonly text: string;
};

/** The unit at the start of a text, the longest that fits; null where none is. Letters go on to the end of the word. */
export function unitAtStart(text: string): BoundUnit | null {
  const [blank = ""] = /^\s*/.exec(text) ?? [];
  const rest = text.slice(blank.length);
  for (let length = Math.min(rest.length, longest + 4); length > 0; length -= 1) {
    const piece = rest.slice(0, length);
    const unit = byText.get(piece.toLowerCase().replaceAll(/\s+/g, ""));
    if (unit === undefined || piece.trim() !== piece) continue;
    const isCut = /[a-z]$/i.test(piece) && /^[a-z]/i.test(rest.slice(length));
    if (!isCut) return { ...unit, text: piece };
  }
  return null;
}

/** A text that is a unit and nothing else, such as a cell of a column 单位. */
export function wholeUnit(text: string): BoundUnit | null {
  const plain = text.normalize("NFKC").trim();
  const unit = unitAtStart(plain);
  return unit !== null && unit.text.length === plain.length ? unit : null;
}

/** How a unit's kind is called in messages. */
export const unitExamples: Readonly<Record<UnitKind, string>> = {
  share: "%",
  time: "ms / 秒",
  speed: "字/秒",
  "token-speed": "tokens/s",
  rate: "QPS",
  "at-once": "并发",
  money: "元",
  plain: "0.8",
  count: "条",
};
