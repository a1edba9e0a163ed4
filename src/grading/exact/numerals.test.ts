import { expect, test } from "vitest";

import { gradeSample } from "../grade.ts";
import { loadGrader, parseGraderOptions } from "../graders.ts";
import { sampleOf } from "../testing/sample.ts";

const term = "合同约定收货后30个工作日内付款。付款期限是多久？";
const grader = await loadGrader("exact");

test.each<[reply: string, answer: string, question: string, verdict: string]>([
  ["东方红1号", "东方红一号", "第一颗人造地球卫星的名称是？", "right"],
  ["东方红2号", "东方红一号", "第一颗人造地球卫星的名称是？", "wrong"],
  ["三十个工作日", "30个工作日", term, "right"],
  ["收货后三十个工作日内", "30个工作日", term, "right"],
  ["收货后三十三个工作日内", "30个工作日", term, "wrong"],
  ["验收后三十个工作日内", "30个工作日", term, "unresolved"],
  ["二〇〇八年", "2008年", "北京奥运会在哪一年？", "right"],
  ["两百零五号楼", "205号楼", "财务部在哪栋楼？", "right"],
  ["两个", "2个", "水分子有几个氢原子？", "right"],
  ["一百一十米", "110米", "跑道多长？", "right"],
  ["一百零一米", "110米", "跑道多长？", "wrong"],
  ["100度", "百度", "哪家公司做的搜索？", "wrong"],
  ["3号", "三号", "把“三号”写成阿拉伯数字以外的汉字形式。", "wrong"],
  ["不亦说（yuè）乎", "不亦说乎", "“学而时习之”的下一句是？", "right"],
  ["不亦说（同“悦”）乎", "不亦说乎", "“学而时习之”的下一句是？", "right"],
  ["不亦说（shuō）乎", "不亦说（yuè）乎", "给“说”注音。", "wrong"],
])("答案：%s for %s, where it asks %s: %s", async (said, answer, question, verdict) => {
  if (grader === null) throw new Error("exact");
  const sample = sampleOf(`答案：${said}`, { question, answer });
  const grade = await gradeSample(grader, parseGraderOptions(grader, {}), sample);
  expect(grade).toMatchObject({ verdict });
});
