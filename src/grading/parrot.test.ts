import { expect, test } from "vitest";

import { gradeSample } from "./grade.ts";
import { loadGrader, parseGraderOptions } from "./graders.ts";
import { isParrot } from "./parrot.ts";
import { goldOf, sampleOf } from "./testing/sample.ts";

const room = goldOf({
  question: "房间每晚 300 元，住了三晚，押金 200 元，一共要付多少元？",
  answer: 1100,
});
const lake = goldOf({
  question: "下列湖泊中，面积最大的淡水湖是：",
  options: { A: "洞庭湖", B: "鄱阳湖", C: "太湖", D: "洪泽湖" },
  answer: "B",
});
const rivers = goldOf({
  question:
    "下列河流中，注入太平洋的有：\nA. 发源于青海的长江\nB. 发源于青海的黄河\nC. 流过新疆的塔里木河\nD. 流过广东的珠江",
  answer: "ABD",
});
const pause = goldOf({ question: "给“学而不思则罔”断句，用斜线隔开。", answer: "学而不思/则罔" });

test.each([
  [room, room.question],
  [room, `答案：${room.question}`],
  [room, `${room.question}\n请写出必要的步骤，并在最后一行用“答案：数字”给出结果，不带单位。`],
  [room, "房间，每晚，300，元，住，三晚，押金，200，元，要付"],
  [lake, "洞庭湖\n鄱阳湖\n太湖\n洪泽湖"],
  [lake, "A. 洞庭湖\nB. 鄱阳湖\nC. 太湖\nD. 洪泽湖"],
  [lake, `${lake.question}\nA. 洞庭湖\nB. 鄱阳湖\nC. 太湖\nD. 洪泽湖`],
  [rivers, rivers.question],
])("%# repeats what was asked", (gold, reply) => {
  expect(isParrot(reply, gold)).toBe(true);
});

test.each([
  [room, "答案：1100"],
  [room, `${room.question}\n答案：1100`],
  [room, "房间每晚 300 元，住了三晚，押金 200 元，一共要付 1100 元"],
  [lake, "鄱阳湖"],
  [lake, `${lake.question}\nB. 鄱阳湖`],
  [rivers, "A. 发源于青海的长江\nB. 发源于青海的黄河\nD. 流过广东的珠江"],
  [rivers, "A. 发源于青海的长江\nB. 发源于青海的黄河\nC. 流过新疆的塔里木河\nD. 流过广东的珠江"],
  [lake, "A. 洞庭湖 ✗\nB. 鄱阳湖 ✓\nC. 太湖 ✗\nD. 洪泽湖 ✗"],
  [lake, "面积最大的淡水湖是鄱阳湖"],
  [pause, "学而不思/则罔"],
  [pause, "给“学而不思/则罔”断句"],
])("%# answers", (gold, reply) => {
  expect(isParrot(reply, gold)).toBe(false);
});

const month = {
  question: "劳动合同期限三个月以上不满一年的，试用期不得超过：",
  options: { A: "三个月", B: "一个月", C: "半个月", D: "二个月" },
  answer: "B",
};
const one = { question: "这个班有多少名班长？", answer: 1 };

test.each([
  ["choice", month],
  ["numeric", one],
])("%s: who introduces itself names no number", async (id, gold) => {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(id);
  const reply = "作为一个人工智能语言模型，我没有足够的信息来完成这个任务。";
  const grade = await gradeSample(grader, parseGraderOptions(grader, {}), sampleOf(reply, gold));
  expect(grade.verdict).toBe("unresolved");
});
