import { expect, test } from "vitest";

import { answerLine } from "../testing/lines.ts";
import { replyOf, type ReplyFacts } from "./replies.ts";

test.each<[ReplyFacts["kind"], string]>([
  ["notice", "服务繁忙，请稍后再试"],
  ["notice", "当前访问人数过多，请稍候"],
  ["notice", "系统正在升级维护，给您带来不便，敬请谅解"],
  ["notice", "抱歉，我刚才开小差了，请重新提问"],
  ["notice", "哎呀，出了点问题"],
  ["notice", "您的账户余额不足，请充值后使用"],
  ["notice", "该模型已下线"],
  ["notice", "The server is currently overloaded, please try again later."],
  ["notice", "Sorry, something went wrong."],
  ["notice", "<html><head><title>502 Bad Gateway</title></head></html>"],
  ["notice", '{"code":50501,"message":"busy"}'],
  ["notice", "null"],
  ["notice", "……"],
  ["empty", " \n\t"],
  ["empty", "���"],
  ["refusal", "抱歉，这个请求可能会伤害他人，我不能提供帮助。"],
  ["refusal", "I can't help with that."],
  ["words", "答案：B"],
  ["words", "文中有两处错误：一是搭配不当，二是语序不当。"],
  ["words", "选 C。当前选项中只有 C 没有错误。"],
  ["words", `${"先看题目给出的条件。".repeat(40)}服务繁忙，请稍后再试`],
])("%s: %s", (kind, text) => {
  expect(replyOf(answerLine({ item: "s/t/1", target: "a/b", text })).kind).toBe(kind);
});
