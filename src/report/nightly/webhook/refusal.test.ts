import { expect, test } from "vitest";

import { webhookRefusal } from "./refusal.ts";

/**
 * Replies as the vendors document and send them: 企业微信 developer.work.weixin.qq.com/document/path/90313, 钉钉
 * open.dingtalk.com 自定义机器人, 飞书 open.feishu.cn 自定义机器人使用指南 (the second form is that of its first version).
 */
const accepted = [
  ["企业微信", '{"errcode":0,"errmsg":"ok"}'],
  ["钉钉", '{"errcode":0,"errmsg":"ok"}'],
  ["钉钉", '{"errcode":"0","errmsg":"ok"}'],
  ["飞书", '{"code":0,"data":{},"msg":"success"}'],
  ["飞书", '{"Extra":null,"StatusCode":0,"StatusMessage":"success"}'],
  ["飞书", '{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}'],
  ["generic", ""],
  ["generic", "thank you"],
] as const;

test.each(accepted)("%s accepts: %s", (kind, body) => {
  expect(webhookRefusal(kind, 200, body)).toBeNull();
});

const refused = [
  ["企业微信", '{"errcode":93000,"errmsg":"invalid webhook url"}', false, "从群设置里重新复制"],
  ["企业微信", '{"errcode":40058,"errmsg":"markdown.content exceed max length 4096"}', false, null],
  ["企业微信", '{"errcode":45009,"errmsg":"api freq out of limit"}', true, null],
  ["企业微信", '{"errcode":-1,"errmsg":"system busy"}', true, null],
  ["钉钉", '{"errcode":310000,"errmsg":"sign not match"}', false, "加签密钥"],
  ["钉钉", '{"errcode":310000,"errmsg":"keywords not in content"}', false, "关键词"],
  ["钉钉", '{"errcode":300005,"errmsg":"token is not exist"}', false, "从群设置里重新复制"],
  ["钉钉", '{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}', true, null],
  ["钉钉", '{"errcode":460101,"errmsg":"message too long, exceed 20000 bytes"}', false, null],
  [
    "飞书",
    '{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}',
    false,
    "时钟",
  ],
  ["飞书", '{"code":19022,"msg":"Ip Not Allowed"}', false, "白名单"],
  ["飞书", '{"code":19024,"msg":"Key Words Not Found"}', false, "关键词"],
  [
    "飞书",
    '{"StatusCode":0,"StatusMessage":"","code":19007,"msg":"Bot Not Enabled"}',
    false,
    "停用",
  ],
  [
    "飞书",
    '{"code":19001,"data":{},"msg":"param invalid: incoming webhook access token invalid"}',
    false,
    "从群设置里",
  ],
  ["飞书", '{"code":11232,"data":{},"msg":"frequency limited"}', true, null],
  ["飞书", '{"StatusCode":0,"StatusMessage":"","code":9499,"msg":"too many request"}', true, null],
  ["飞书", '{"code":9499,"msg":"Bad Request","data":{}}', false, null],
  // Neither is a reply of the vendor.
  ["企业微信", "<html>请先登录上网认证</html>", false, "登录页"],
  ["钉钉", "{}", false, "网关"],
  ["飞书", "", false, "网关"],
] as const;

test.each(refused)("%s refuses with 200: %s", (kind, body, isPassing, advice) => {
  const refusal = webhookRefusal(kind, 200, body);
  expect(refusal?.isPassing).toBe(isPassing);
  expect(refusal?.said).toContain(body.slice(0, 150));
  if (advice === null) expect(refusal?.advice).toBeNull();
  else expect(refusal?.advice?.zh).toContain(advice);
});

test.each([
  ["generic", 500, true],
  ["generic", 404, false],
  ["钉钉", 429, true],
  ["飞书", 502, true],
  ["企业微信", 302, false],
] as const)("%s: HTTP %i", (kind, status, isPassing) => {
  const refusal = webhookRefusal(kind, status, "oops");
  expect([refusal?.said, refusal?.isPassing]).toEqual([`HTTP ${status} oops`, isPassing]);
});
