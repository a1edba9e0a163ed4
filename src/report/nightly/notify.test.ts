import { describe, expect, test } from "vitest";

import { webhookRefusal, webhookRequest } from "./notify.ts";

const message = { title: "b 2026-11-22", text: "hello", data: { n: 1 } };
const keys = { url: "https://example.com/hook?key=1", secret: "SECabc", now: 1_763_748_000_123 };

test("企业微信: Markdown, cut at whole lines within 4096 bytes", () => {
  const text = "一行文字\n".repeat(1_000);
  const { url, body } = webhookRequest("企业微信", { ...message, text }, keys);
  expect(url).toBe(keys.url);
  const sent = JSON.parse(body) as { msgtype: string; markdown: { content: string } };
  expect(sent.msgtype).toBe("markdown");
  expect(Buffer.byteLength(sent.markdown.content)).toBeLessThanOrEqual(4_096);
  expect(sent.markdown.content.endsWith("一行文字")).toBe(true);
});

test("钉钉: signed in the query", () => {
  // python3: base64.b64encode(hmac.new(secret, f"{now}\n{secret}".encode(), hashlib.sha256).digest())
  const { searchParams } = new URL(webhookRequest("钉钉", message, keys).url);
  expect(searchParams.get("timestamp")).toBe("1763748000123");
  expect(searchParams.get("sign")).toBe("sXz1UjptjncM7CaJ/BQuBWSLx7nJDtrt0WUv/yjReUs=");
  expect(searchParams.get("key")).toBe("1");
  expect(webhookRequest("钉钉", message, { ...keys, secret: null }).url).toBe(keys.url);
});

test("飞书: signed in the body", () => {
  // python3: base64.b64encode(hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest())
  const { body } = webhookRequest("飞书", message, keys);
  expect(JSON.parse(body)).toEqual({
    timestamp: "1763748000",
    sign: "VTvhlh7RW2Fp/H+CYJ0N7NNYEihXGWfR4U7vjNVwAII=",
    msg_type: "text",
    content: { text: "b 2026-11-22\nhello" },
  });
});

test("generic: signed in a header", () => {
  // python3: hmac.new(secret, body, hashlib.sha256).hexdigest()
  const { body, headers } = webhookRequest("generic", message, keys);
  expect(body).toBe('{"title":"b 2026-11-22","text":"hello","data":{"n":1}}');
  expect(headers["x-baimo-signature"]).toBe(
    "sha256=e6dfb6101f7b73fc2cd84685cb7462d75a74278cd8141bc9d32b4cddda3c3906",
  );
});

describe("vendors say in the body that they refused", () => {
  test.each([
    [200, '{"errcode":0,"errmsg":"ok"}', null],
    [
      200,
      '{"errcode":310000,"errmsg":"sign not match"}',
      '{"errcode":310000,"errmsg":"sign not match"}',
    ],
    [200, '{"code":19021,"msg":"sign match fail"}', '{"code":19021,"msg":"sign match fail"}'],
    [200, '{"StatusCode":0,"code":0}', null],
    [204, "", null],
    [500, "oops", "HTTP 500 oops"],
  ])("%i %s", (status, body, problem) => {
    expect(webhookRefusal(status, body)).toBe(problem);
  });
});
