import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { targetEntry } from "../../testing/lines.ts";
import { createMask, maskSign } from "./mask.ts";

const M = maskSign;
const targets = [
  targetEntry("qwen/qwen3-max", { vendor: { zh: "阿里云 通义千问", en: "Alibaba Cloud Qwen" } }),
  targetEntry("house/yuanshan-7b", {
    vendor: { zh: "远山智能", en: "Yuanshan AI" },
    base_model: "yuanshan-base",
  }),
];
const mask = createMask(targets, ["小智"]);
const masked = (reply: string, prompt = "你好"): string => mask(reply, prompt).text;

describe("a reply that says who it is", () => {
  test.each([
    ["我是通义千问，由阿里云开发。", `我是${M}，由${M}开发。`],
    [
      "我是通义千问，由阿里云开发的大语言模型，很高兴见到你！",
      `我是${M}，由${M}开发的大语言模型，很高兴见到你！`,
    ],
    ["我是文心一言4.0，百度研发的知识增强大语言模型。", `我是${M}，${M}研发的知识增强大语言模型。`],
    ["你好，我是豆包，字节跳动推出的 AI 助手。", `你好，我是${M}，${M}推出的 AI 助手。`],
    [
      "我是 Kimi，月之暗面科技有限公司训练的人工智能助手",
      `我是 ${M}，${M}科技有限公司训练的人工智能助手`,
    ],
    ["作为腾讯混元大模型，我不能回答。", `作为${M}大模型，我不能回答。`],
    ["我是ＤｅｅｐＳｅｅｋ－Ｖ３，由深度求索公司创造。", `我是${M}，由${M}公司创造。`],
    ["我係通義千問，由阿里雲開發。", `我係${M}，由${M}開發。`],
    ["我是智谱\u200B清言（ChatGLM-4.6）。", `我是${M}（${M}）。`],
    [
      "I am Qwen, a large language model created by Alibaba Cloud.",
      `I am ${M}, a large language model created by ${M}.`,
    ],
    ["I'm Claude, made by Anthropic.", `I'm ${M}, made by ${M}.`],
    ["As an AI trained by Google, I cannot.", `As an AI trained by ${M}, I cannot.`],
    ["This is GPT-4o-mini speaking.", `This is ${M} speaking.`],
    ["我叫小白，是由某某科技研发的语言模型。", `我叫${M}，是由${M}研发的语言模型。`],
    [
      "I'm Zorblax, an AI assistant built by Zorb Labs.",
      `I'm ${M}, an AI assistant built by ${M}.`,
    ],
    ["我是yuanshan-7b，远山智能开发的模型。", `我是${M}，${M}开发的模型。`],
    ["小智为您解答。", `${M}为您解答。`],
  ])("%s", (reply, expected) => {
    expect(masked(reply)).toBe(expected);
  });
});

describe("what is no self-identification stays", () => {
  test.each([
    "盘古开天辟地，女娲补天。",
    "早餐是豆包、油条和小米粥。",
    "我是一个人工智能助手，可以帮你写诗。",
    "我是李白，字太白，号青莲居士。举头望明月！",
    "作为一个语言模型，我没有感情。",
    "I am not sure, but as an AI I can try.",
    "百度百科里说，文心即文章之心。",
    "由于天气原因，航班由北京飞往上海。",
    "双子座（Gemini）与云雀都在歌里。",
    "Step 1: add the seeds. Meta-analysis shows a spark.",
    "答案：A",
    "",
  ])("%s", (reply) => {
    expect(masked(reply)).toBe(reply);
  });

  test("a name that the prompt asks about stays, but not where the reply claims it", () => {
    const prompt = "介绍一下 DeepSeek 和 OpenAI。";
    expect(masked("DeepSeek 开源了模型，OpenAI 没有。", prompt)).toBe(
      "DeepSeek 开源了模型，OpenAI 没有。",
    );
    expect(masked("DeepSeek 很好。我是 DeepSeek 模型。", prompt)).toBe(
      `DeepSeek 很好。我是 ${M} 模型。`,
    );
    expect(masked("不如 Kimi。", prompt)).toBe(`不如 ${M}。`);
  });
});

test("names are counted, and masking again changes nothing", () => {
  const reply = "我是通义千问。Qwen3-Max 由阿里云开发。";
  const once = mask(reply, "");
  expect(once.names).toBe(3);
  expect(mask(once.text, "")).toEqual({ text: once.text, names: 0 });
});

test("whatever is said, none of the plain names is left, and other words are kept in order", () => {
  const piece = fc.constantFrom(
    "通义千问",
    "Qwen ",
    "ChatGPT ",
    "今天",
    "，",
    "。",
    "天气好",
    " ",
    "由",
    "开发",
    "我是",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const { text } = mask(pieces.join(""), "");
      expect(text).not.toMatch(/通义|(?<![a-z])qwen(?![a-z])|chatgpt(?![a-z])/i);
      expect(text.length).toBeLessThanOrEqual(pieces.join("").length * 4);
    }),
  );
});
