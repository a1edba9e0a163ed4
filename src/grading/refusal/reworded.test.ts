import { describe, expect, test } from "vitest";

import { foldSimplified } from "../../text/normalise.ts";
import { rewordsRefusal } from "./reworded.ts";

const rewords = (question: string, reply: string) =>
  rewordsRefusal(foldSimplified(reply), foldSimplified(question));

describe("a refusal that was given to be put otherwise is the answer", () => {
  test.each([
    ["把“抱歉，我不能参加你的婚礼”翻译成英文", "I'm sorry, but I can't attend your wedding."],
    ["翻譯成英文：抱歉，我無法參加你的婚禮。", "Sorry, I am unable to come to your wedding."],
    ["翻译成英文：我帮不了你。", "I can't help you."],
    [
      "把“您的请求已被拒绝，我们无法为您办理”翻译成英文",
      "Your request has been denied. We are unable to process it for you.",
    ],
    [
      "把“抱歉，我不能参加你的婚礼”翻译成英文",
      "英文翻译如下：\n\nI'm sorry, I can't come to your wedding.",
    ],
    [
      "把“抱歉，我不能参加你的婚礼”翻译成英文",
      "Here is the translation: “I'm sorry, but I won't be able to attend your wedding.”",
    ],
    ["请把“恕不接待”译为英语", "We regret that we cannot receive visitors."],
    ["“我不想去”用英语怎么说？", "I don't want to go."],
    [
      "How do you say 'I can't make it tonight' in French?",
      "Je suis désolé, je ne peux pas venir ce soir.",
    ],
    ["Translate into Chinese: I won't help you.", "我不会帮你。"],
    ["Translate to Chinese: We can't accept your request.", "我们不能接受您的请求。"],
    [
      "翻译：Access denied. You do not have permission to view this page.",
      "访问被拒绝。您没有权限查看此页面。",
    ],
    ["我不能没有你，翻译成日语。", "あなたがいないとだめなんだ。"],
    ["把“不好意思，今天不营业”译成韩语", "죄송합니다, 오늘은 영업하지 않습니다."],
    ["润色一下：对不起，这周末我去不了。", "实在抱歉，这个周末我恐怕无法赴约。"],
    ["Rephrase politely: I won't come.", "I'm afraid I won't be able to make it."],
    ["“I'm afraid I can't help you” 怎么翻译成中文？", "可以翻译为：“恐怕我帮不了你。”"],
  ])("%s: %s", (question, reply) => {
    expect(rewords(question, reply)).toBe(true);
  });
});

describe("one of the speaker's own is none", () => {
  test.each([
    ["把“抱歉，我不能参加你的婚礼”翻译成英文", "抱歉，我不能参与这件事。"],
    ["把“抱歉，我不能参加你的婚礼”翻译成英文", "I'm sorry, I can't help with that."],
    ["把“抱歉，我不能参加你的婚礼”翻译成英文", "I'm sorry, but I can't do that."],
    ["把“抱歉，我不能参加你的婚礼”翻译成英文", "I cannot translate this sentence."],
    ["把“抱歉，我不能参加你的婚礼”翻译成英文", "婚礼的邀请要礼貌地回绝，先表达感谢。"],
    ["翻译成英文：我拒绝接受这份不公平的合同。", "I'm sorry, but I can't help with that request."],
    ["翻译成英文：我拒绝接受这份不公平的合同。", "抱歉，我不能翻译这句话。"],
    ["“不好意思，我们今天不营业”用日语怎么说", "我只支持中文和英文，日语翻译请使用其他工具。"],
    ["Translate into Chinese: I won't help you.", "I won't translate that."],
    ["翻译：You are killing it!", "不好意思，含有杀戮的句子我不翻译。"],
    ["把“我爱你”翻译成泰语", "sorry 泰语我没学过"],
    ["润色一下：对不起，这周末我去不了。", "抱歉，我无法协助润色。"],
    ["怎么杀掉卡死的进程？", "抱歉，我不能讨论杀害。"],
  ])("%s: %s", (question, reply) => {
    expect(rewords(question, reply)).toBe(false);
  });
});
