import { expect, test } from "vitest";

import type { ValueOptions } from "../grading/value/options.ts";

import { parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./value.ts";

type Row = readonly [reply: string, gold: string, verdict: "right" | "wrong" | "unresolved"];
type Given = Pick<ValueOptions, "type"> & Partial<ValueOptions> & { readonly question?: string };

const rows: (readonly [name: string, ...Row, Given])[] = [];

function table(name: string, given: Given, replies: readonly Row[]): void {
  rows.push(...replies.map((row) => [name, ...row, given] as const));
}

table("time", { type: "time", question: "会议几点结束？写成“时:分”。" }, [
  ["答案：14时整", "14:00", "right"],
  ["答案：下午两点", "14:00", "right"],
  ["下午2:00", "14:00", "right"],
  ["两点（下午）", "14:00", "right"],
  ["14:00（下午2点整）", "14:00", "right"],
  ["答案：２：００ PM", "14:00", "right"],
  ["14点00分", "14:00", "right"],
  ["会议在 14:00 结束。", "14:00", "right"],
  ["13:10 开始，开了 50 分钟，所以 14:00 结束。", "14:00", "right"],
  ["答案：凌晨1:00", "01:00", "right"],
  ["1时", "01:00", "right"],
  ["当天凌晨1点", "01:00", "right"],
  ["次日00:00", "00:00", "right"],
  ["答案：24:00", "00:00", "right"],
  ["零点", "0:00", "right"],
  ["晚上12点", "00:00", "right"],
  ["中午十二点", "12:00", "right"],
  ["九点半", "9:30", "right"],
  ["九点一刻", "9:15", "right"],
  ["差五分九点", "8:55", "right"],
  ["上午 9 点 05 分", "9:05", "right"],
  ["15点5分", "15:05", "right"],
  ["答案：14:00\n更正：应为 15:00。", "15:00", "right"],
  ["答案：14:00\n更正：应为 15:00。", "14:00", "wrong"],
  ["答案：两点", "14:00", "wrong"],
  ["答案：14:10", "14:00", "wrong"],
  ["答案：晚上两点", "14:00", "wrong"],
  ["14:00 或 15:00", "14:00", "unresolved"],
  ["答案：无法确定", "14:00", "unresolved"],
]);
table("time on a clock face", { type: "time", clock: 12 }, [
  ["下午两点", "两点", "right"],
  ["14:00", "两点", "right"],
  ["2:00", "两点", "right"],
  ["两点", "下午两点", "right"],
  ["凌晨两点", "下午两点", "wrong"],
  ["15:00", "两点", "wrong"],
]);
table("date", { type: "date" }, [
  ["答案：04月10日", "4月10日", "right"],
  ["4月10号", "4月10日", "right"],
  ["四月十日", "4月10日", "right"],
  ["2024年4月10日", "4月10日", "right"],
  ["2024-04-10", "2024年4月10日", "right"],
  ["April 10, 2024", "2024年4月10日", "right"],
  ["4/10", "4月10日", "right"],
  ["二〇二四年四月十日", "2024年4月10日", "right"],
  ["4月10日（星期三）", "4月10日", "right"],
  ["31＋28＋31＝90，所以第 100 天是 4 月 10 日。", "4月10日", "right"],
  ["4月10日", "2024年4月10日", "unresolved"],
  ["2023年4月10日", "2024年4月10日", "wrong"],
  ["4月11日", "4月10日", "wrong"],
]);
table("lunar date", { type: "date", calendar: "lunar" }, [
  ["农历腊月廿三", "腊月廿三", "right"],
  ["十二月二十三", "腊月廿三", "right"],
  ["2012年8月20日是农历七月初四。", "七月初四", "right"],
  ["闰六月初一", "闰六月初一", "right"],
  ["六月初一", "闰六月初一", "wrong"],
  ["冬月初五", "十一月初五", "right"],
  ["腊月廿二", "腊月廿三", "wrong"],
]);
table("weekday", { type: "weekday" }, [
  ["礼拜天", "星期日", "right"],
  ["答案：周日", "星期日", "right"],
  ["Sunday", "星期日", "right"],
  ["所以那一天是星期天。", "星期日", "right"],
  ["本周六上午", "周六上午", "right"],
  ["星期六早上", "周六上午", "right"],
  ["第四周的星期四", "第四周星期四", "right"],
  ["第4周周四", "第四周星期四", "right"],
  ["星期四", "第四周星期四", "unresolved"],
  ["下周四", "星期四", "right"],
  ["周六下午", "周六上午", "wrong"],
  ["星期三", "星期四", "wrong"],
]);
table("person", { type: "person", question: "宣传册由谁设计？" }, [
  ["宣传册由钱进设计。", "钱进", "right"],
  ["根据纪要，负责设计宣传册的是钱进。", "钱进", "right"],
  ["钱进（设计部）", "钱进", "right"],
  ["钱进先生", "钱进", "right"],
  ["答案：邓敏", "钱进", "wrong"],
  ["答案：钱进和邓敏", "钱进", "unresolved"],
]);
table("list", { type: "list", question: "由哪两个人验证？" }, [
  ["李工和小唐", "李工、小唐", "right"],
  ["李工，小唐", "李工、小唐", "right"],
  ["1. 李工\n2. 小唐", "李工、小唐", "right"],
  ["- 李工\n- 小唐", "李工、小唐", "right"],
  ["由李工和小唐两人验证。", "李工、小唐", "right"],
  ["验证的人分别是李工、小唐。", "李工、小唐", "right"],
  ["小唐、李工", "李工、小唐", "wrong"],
  ["李工", "李工、小唐", "wrong"],
  ["李工、小唐、何姐", "李工、小唐", "wrong"],
]);
table("list in any order", { type: "list", order: "free" }, [
  ["小唐、李工", "李工、小唐", "right"],
  ["小唐、何姐", "李工、小唐", "wrong"],
]);
table("span", { type: "span", clock: 12 }, [
  ["下午2点到4点", "两点到四点", "right"],
  ["14:00-16:00", "两点到四点", "right"],
  ["14:00至16:00", "两点到四点", "right"],
  ["下周三下午两点至四点之间", "两点到四点", "right"],
  ["上门时间约在两点到四点之间。", "两点到四点", "right"],
  ["2~4点", "两点到四点", "right"],
  ["两点到五点", "两点到四点", "wrong"],
  ["凌晨两点到四点", "下午两点到四点", "wrong"],
]);
table("span of dates", { type: "span", of: "date" }, [
  ["3月1日至5日", "3月1日到3月5日", "right"],
  ["3月1日—3月6日", "3月1日到3月5日", "wrong"],
]);
table("span of numbers", { type: "span", of: "number" }, [
  ["3~5", "3到5", "right"],
  ["三到五", "3到5", "right"],
  ["3到6", "3到5", "wrong"],
]);
table("base-n", { type: "base-n", base: 2, question: "45 写成二进制是多少？" }, [
  ["101101₂", "101101", "right"],
  ["(101101)₂", "101101", "right"],
  ["$101101_2$", "101101", "right"],
  ["0b101101", "101101", "right"],
  ["101101（二进制）", "101101", "right"],
  ["00101101", "101101", "right"],
  ["45 = 32 + 8 + 4 + 1，所以二进制是 101101。", "101101", "right"],
  ["101101₁₀", "101101", "unresolved"],
  ["101100", "101101", "wrong"],
]);
table("base 16", { type: "base-n", base: 16 }, [
  ["0x2D", "2d", "right"],
  ["2D", "2d", "right"],
  ["2E", "2d", "wrong"],
]);
table("character", { type: "character", question: "“门”字里面放一个“耳”字，是什么字？" }, [
  ["闻", "闻", "right"],
  ["答案：“闻”字", "闻", "right"],
  ["闻（wén）", "闻", "right"],
  ["聞", "闻", "right"],
  ["“门”里加“耳”，就是“闻”字。", "闻", "right"],
  ["是“闻”。", "闻", "right"],
  ["问", "闻", "wrong"],
]);
table("character as written", { type: "character", script: "as written" }, [
  ["答案：憂", "忧", "wrong"],
  ["“憂”的简化字是“忧”。", "忧", "right"],
]);
table("character in a blank", { type: "character", question: "成语“守株待（　）”填哪一个字？" }, [
  ["守株待兔", "兔", "right"],
  ["应填“兔”。", "兔", "right"],
  ["兔", "兔", "right"],
  ["守株待马", "兔", "wrong"],
]);
table("yes-no", { type: "yes-no", question: "27 是质数吗？" }, [
  ["否（27=3×9）", "否", "right"],
  ["27 不是质数。", "否", "right"],
  ["不是，27 能被 3 整除。", "否", "right"],
  ["×", "错", "right"],
  ["答案：错误", "×", "right"],
  ["❌", "否", "right"],
  ["该说法不正确。", "错", "right"],
  ["是的", "否", "wrong"],
  ["27 是质数。", "否", "wrong"],
  ["√", "正确", "right"],
  ["True", "对", "right"],
  ["无法判断", "否", "unresolved"],
]);
table("half", { type: "half", question: "歇后语“狗拿耗子”的后半句是什么？" }, [
  ["狗拿耗子——多管闲事", "多管闲事", "right"],
  ["狗拿耗子，多管闲事。", "多管闲事", "right"],
  ["后半句是“多管闲事”。", "多管闲事", "right"],
  ["多管闲事（比喻管得太宽）", "多管闲事", "right"],
  ["一清二白", "多管闲事", "wrong"],
]);
table("verse", { type: "half", question: "欲穷千里目" }, [
  ["欲穷千里目，更上一层楼。", "更上一层楼", "right"],
  ["更上一层楼（王之涣《登鹳雀楼》）", "更上一层楼", "right"],
  ["更上一层楼。——唐·王之涣《登鹳雀楼》", "更上一层楼", "right"],
  ["下一句是“更上一层楼”，出自王之涣的《登鹳雀楼》。", "更上一层楼", "right"],
  ["黄河入海流", "更上一层楼", "wrong"],
]);
table("formula", { type: "formula" }, [
  ["Fe₂O₃", "Fe2O3", "right"],
  ["Fe<sub>2</sub>O<sub>3</sub>", "Fe2O3", "right"],
  ["\\(\\ce{Fe2O3}\\)", "Fe2O3", "right"],
  ["$\\mathrm{Fe_2O_3}$", "Fe2O3", "right"],
  ["Fe₂O₃（氧化铁）", "Fe2O3", "right"],
  ["铁红的化学式是 Fe2O3。", "Fe2O3", "right"],
  ["SO₄²⁻", "SO4^2-", "right"],
  ["CuSO4·5H2O", "CuSO4·5H2O", "right"],
  ["O2 + 2H2 → 2H2O", "2H2 + O2 = 2H2O", "right"],
  ["CO", "Co", "wrong"],
  ["Fe3O4", "Fe2O3", "wrong"],
]);
table("identifier", { type: "identifier" }, [
  ["空气净化器 KJ400", "KJ400", "right"],
  ["因此房间号是306。", "306", "right"],
  ["306室", "306", "right"],
  ["合同编号：HT-0731", "HT-0731", "right"],
  ["K－4821", "K-4821", "right"],
  ["座位号里的字母是 K。", "K", "right"],
  ["0306", "306", "wrong"],
]);
table("json", { type: "json", from: "reply", order: "kept" }, [
  ['{ "a": 3.0, "b": "x" }', '{"a":3,"b":"x"}', "right"],
  ['{"b":"x","a":3}', '{"a":3,"b":"x"}', "wrong"],
  ['{"a"：3，"b"："x"}', '{"a":3,"b":"x"}', "wrong"],
  ['```json\n{"a":3,"b":"x"}\n```', '{"a":3,"b":"x"}', "wrong"],
]);
table("json in a reply", { type: "json" }, [
  ['结果如下：\n```json\n{"b":"x","a":3}\n```', '{"a":3,"b":"x"}', "right"],
  ['{"a":4,"b":"x"}', '{"a":3,"b":"x"}', "wrong"],
]);

test.each(rows)("%s: %j against %j is %s", async (_name, reply, answer, verdict, given) => {
  const { question = "", ...chosen } = given;
  const options = parseGraderOptions(grader, chosen);
  const sample = sampleOf(reply, { answer, question });
  expect(grader.check(sample.gold, options)).toEqual([]);
  expect(await grader.grade(sample, options, {})).toMatchObject({ verdict });
});

test.each([
  ["time", "下午", "aliases[0]"],
  ["date", "2月30日", "answer"],
  ["weekday", "八月", "answer"],
  ["base-n", "102", "answer"],
  ["formula", "铁", "answer"],
  ["json", "{a: 1}", "answer"],
  ["yes-no", "大概", "answer"],
  ["list", "李工", "answer"],
] as const)("a gold of %s that is none is named: %s", (type, bad, path) => {
  const gold =
    path === "answer" ? goldOf({ answer: bad }) : goldOf({ answer: "14:00", aliases: [bad] });
  expect(grader.check(gold, parseGraderOptions(grader, { type }))).toMatchObject([{ path }]);
});

test("an option of another type is named", () => {
  const options = parseGraderOptions(grader, { type: "time", base: 8 });
  expect(grader.check(goldOf({ answer: "14:00" }), options)).toMatchObject([
    { path: "grader.with.base" },
  ]);
});
