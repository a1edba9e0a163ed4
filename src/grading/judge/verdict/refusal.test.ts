import { expect, test } from "vitest";

import { refusesToJudge } from "./refusal.ts";
import { verdictMark } from "./verdict.ts";

const code = "a1b2c3d4e5";
const mark = verdictMark(code);

test.each([
  "拒评",
  `${mark}拒评`,
  `${mark}无法评判`,
  `${mark}{"判定": "拒评"}`,
  `${mark}{"切题": "拒评"}`,
  `{"编号": "${code}", "拒评": "是"}`,
  "我拒绝评判。",
  "根据安全规范，我不能对此内容进行评分。",
  "作为人工智能助手，我无法对这类内容打分。",
  "该内容违反了使用政策，无法处理。",
  "内容涉嫌违规，已被拦截",
  "对不起，这个话题我不能讨论。",
  "I'm unable to evaluate this content as it contains harmful material.",
])("%s is a judge's refusal", (reply) => {
  expect(refusesToJudge(reply, code)).toBe(true);
});

test.each([
  "",
  "我觉得不错",
  "切题 4 分",
  "我无法确定给几分",
  "回答无法解决问题，切题 2 分",
  "问题回答得不能再好了，满分",
  "回答里拒绝了用户，很好，切题 5 分",
  "抱歉刚才格式不对，切题：4",
  `${verdictMark("0000000000")}拒评`,
  `回答拒绝评价当事人，这样做是对的。\n${mark}{"切题": 4`,
])("%s is none", (reply) => {
  expect(refusesToJudge(reply, code)).toBe(false);
});
