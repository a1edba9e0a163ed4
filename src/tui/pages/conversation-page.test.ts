import { expect, test } from "vitest";

import { whyText } from "../../report/people/review/case.ts";
import { answerLine, itemLine, scoreLine } from "../../report/testing/lines.ts";
import { frameDataOf } from "../testing/frame-data.ts";
import { conversationPage } from "./conversation-page.ts";

const item = "language/words/i1";
const target = "a/m";
const notes = {
  "1.length": true,
  "1.length.zh": "12 汉字，要求至多 12",
  "1.length.en": "12 汉字, asked for at most 12",
  "2.excludes": false,
  "2.excludes.zh": "出现了禁用的“的”",
  "2.excludes.en": "forbidden “的” occurs",
  "3.content.zh": "裁判（是否切题）：没有有效的判定",
  "3.content.en": "judge (是否切题): no valid verdict",
};
const score = { ...scoreLine({ item, target }, "wrong"), why: "broken: excludes", notes };

const told = {
  zh: [
    "✓ length：12 汉字，要求至多 12",
    "✗ excludes：出现了禁用的“的”",
    "? content：裁判（是否切题）：没有有效的判定",
  ],
  en: [
    "✓ length: 12 汉字, asked for at most 12",
    "✗ excludes: forbidden “的” occurs",
    "? content: judge (是否切题): no valid verdict",
  ],
} as const;

test.each(["zh", "en"] as const)(
  "a conversation shows each constraint with its reason: %s",
  (lang) => {
    const data = frameDataOf({ columns: 100, rows: 40 }, lang);
    const lines = { item: itemLine(item), answer: answerLine({ item, target }), score };
    const page = conversationPage(data, { key: "k", lines }, 30);
    const texts = page.map((line) =>
      line
        .map(({ text }) => text)
        .join("")
        .trimEnd(),
    );
    expect(texts).toEqual(expect.arrayContaining([...told[lang]]));
  },
);

test.each(["zh", "en"] as const)("so does what a reviewer reads: %s", (lang) => {
  expect(whyText(score, lang).split("\n").slice(1)).toEqual(told[lang]);
});

test("each turn of a dialogue has its own", () => {
  const turns = [
    { ...score, verdict: "right" as const, notes: {} },
    { ...score, notes },
  ];
  const text = whyText({ ...score, notes: {}, turns }, "zh").split("\n");
  expect(text.slice(-3)).toEqual(told.zh);
});

const call = { id: "c1", name: "get_receipt", arguments: '{"receipt":"R1"}' };
const result = { id: "c1", name: "get_receipt", content: '{"amount":180}' };

test.each([80, 160])(
  "an agent is asked once; its calls, results and times follow: %i columns",
  (columns) => {
    const one = answerLine({ item, target, text: "先看票据。" });
    const [first] = one.turns;
    if (first === undefined) throw new Error("an answer without a call");
    const user = { id: null, name: "user", arguments: '{"said":"项目编号是多少？"}' };
    const turns = [
      { ...first, tool_calls: [call], results: [result] },
      {
        ...first,
        text: "项目编号是多少？",
        played: [user],
        results: [{ id: null, name: "user", content: "P-1" }],
      },
      { ...first, text: "都办好了。" },
    ];
    const data = frameDataOf({ columns, rows: 60 }, "zh");
    const lines = { item: itemLine(item), answer: { ...one, turns }, score };
    const texts = conversationPage(data, { key: "k", lines }, 60).map((line) =>
      line
        .map(({ text }) => text)
        .join("")
        .trimEnd(),
    );
    expect(texts.filter((text) => text === "[提问]")).toHaveLength(1);
    expect(texts.filter((text) => /^[→←]/.test(text))).toEqual([
      '→ get_receipt {"receipt":"R1"}',
      '← {"amount":180}',
      "← P-1",
    ]);
    expect(texts.filter((text) => text.includes("整答耗时 1.20 秒"))).toHaveLength(3);
  },
);
