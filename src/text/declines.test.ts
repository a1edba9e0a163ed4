import { expect, test } from "vitest";

import { declines } from "./declines.ts";

test.each([
  "抱歉，这道题涉及敏感信息，我无法作答。",
  "非常抱歉，我目前没办法继续这个话题。",
  "對不起，我無法提供相關內容。",
  "该问题暂时无法回答，请换一个话题。",
  "我们换个话题聊聊吧。",
  "作为一个语言模型，我不能提供这方面的建议。",
  "对此类请求不予提供。",
  "我帮不了这个忙。",
  "抱歉，恕难作答。",
  "恕难作答。",
  "恕我不能作答。",
  "恕我无法给出答案。",
  "恕難從命。",
  "这道题我放弃作答。",
  "本题无法作答。",
  "这个问题我拿不准，为了不误导你，就不随便作答了。",
  "没有把握，我就不乱答了。",
  "没有把握的事，我选择不回答。",
  "I'd rather not answer.",
  "I would prefer not to guess.",
  "I'm sorry, but I can’t assist with that request.",
  "I cannot help with this.",
  "Unfortunately I am unable to discuss it.",
])("%s is a refusal", (reply) => {
  expect(declines(reply)).toBe(true);
});

test.each([
  "",
  "我不知道。",
  "我不确定，可能是乙。",
  "不能。",
  "选 B，因为水不能燃烧。",
  "这个命题不成立，所以选丙。",
  "一年有十二个月。\n答案：B",
  "题目给的条件不足以判断。",
  "题目的表述有些含糊，几种可能都不能完全说服自己。",
  "请勿随便作答。",
  "他被老师点名，却拒绝回答。",
  "宽恕不难，难的是忘记。",
  "法院不予支持。",
  "无法回答",
  "请先作答，再回答追问。",
  "The answer cannot be negative, so it is 4.",
  `${"先列出已知条件，再逐步化简。".repeat(20)}抱歉，我无法回答。`,
])("%s is none", (reply) => {
  expect(declines(reply)).toBe(false);
});
