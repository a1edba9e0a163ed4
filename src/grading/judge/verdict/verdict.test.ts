import { describe, expect, test } from "vitest";

import { sampleOf } from "../../testing/sample.ts";
import { JudgeOptions } from "../options.ts";
import { pairContract } from "../pair.ts";
import {
  type FormMode,
  furtherForms,
  observedKinds,
  type SloppyForm,
  type SloppyForms,
} from "../testing/sloppy-forms.ts";
import { checklistInterpreter, marksInterpreter } from "./criteria.ts";
import { readVerdict, verdictMark } from "./verdict.ts";

const code = "a1b2c3d4e5";
const marks = marksInterpreter(["切题", "文采"], 1, 5);
const points = checklistInterpreter(["写到首行", "不用比喻", "有结尾"]);
const sides = { candidate: ["甲文"], baseline: ["乙文"], asked: [] };
const pair = pairContract(
  sampleOf("甲文", { question: "写一句话" }),
  sides,
  JudgeOptions.parse({ mode: "pair", baseline: { target: "a/b" } }),
  true,
);

const filled = (text: string, own: string): string =>
  text.replaceAll("@", verdictMark(own)).replaceAll("#", own);

/** What a form says in its mode, or null where it was not read. */
const readers: Readonly<Record<FormMode, (text: string) => unknown>> = {
  marks: (text) => verdictOf(readVerdict(filled(text, code), code, marks)),
  checklist: (text) => verdictOf(readVerdict(filled(text, code), code, points)),
  pair: (text) => verdictOf(pair.read(filled(text, pair.code))),
};
const said: Readonly<Record<FormMode, unknown>> = {
  marks: { 切题: 4, 文采: 3 },
  checklist: { "1": 1, "2": 0, "3": 1 },
  pair: { battle: "win", both: null },
};

const verdictOf = (read: { ok: true; verdict: unknown } | { ok: false }): unknown =>
  read.ok ? read.verdict : null;

const modes = ["marks", "checklist", "pair"] as const;
const rowsOf = (forms: SloppyForms, kind: "readable" | "doubtful") =>
  modes.flatMap((mode) =>
    forms[mode][kind].map((form): [string, FormMode, SloppyForm] => [form.name, mode, form]),
  );

describe.each([
  ["kinds that a judge wrote", observedKinds, 43, 15],
  ["further forms", furtherForms, 45, 15],
])("%s", (_, forms, readable, doubtful) => {
  test("are as many as is claimed", () => {
    expect([rowsOf(forms, "readable").length, rowsOf(forms, "doubtful").length]).toEqual([
      readable,
      doubtful,
    ]);
  });
  test.each(rowsOf(forms, "readable"))("%s (%s) is read", (_name, mode, { text }) => {
    expect(readers[mode](text)).toEqual(said[mode]);
  });
  test.each(rowsOf(forms, "doubtful"))("%s (%s) is not", (_name, mode, { text }) => {
    expect(readers[mode](text)).toBeNull();
  });
});

const own = '"切题": 4, "文采": 3';
const further: readonly (readonly [string, boolean])[] = [
  [`@{${own}}<end_of_turn>`, true],
  [`《判定 #》{${own}}`, true],
  [`【判定 编号：#】{${own}}`, true],
  [`【判决 #】{${own}}`, true],
  ["@切题4，文采3", true],
  ["@\n1. 切题：4\n2. 文采：3", true],
  ['@{"切题": <4>, "文采": "<3>"}', true],
  ['@{"切题": 【4】, "文采": [3]}', true],
  [`@{"评分": {${own}}, "理由": "好"}`, true],
  [`{"编号": "#", "评分": {${own}}}`, true],
  [`@{${own}}\n文采这一项其实偏高。`, false],
  [`@{${own}}\n文采：二`, false],
  [`@{${own}}\n上面的不算。`, false],
  [`@{${own}}\n以第一次为准`, false],
  [`@{${own}, "总分": 4}`, false],
  ['@{"切题": "4，也可以给 5", "文采": 3}', false],
  ['@{"切题": "约4", "文采": 3}', false],
  ['@{"切题": "-4", "文采": 3}', false],
  ['@{"切题": 4 3, "文采": 3}', false],
  [`@{"一": {${own}}, "二": {${own}}}`, false],
];

test.each(further)("%s is read: %s", (text, isRead) => {
  expect(readers.marks(text)).toEqual(isRead ? said.marks : null);
});
