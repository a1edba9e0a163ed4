import { expect, test } from "vitest";

import { webhookRequest } from "./request.ts";

const message = { title: "b 2026-11-22", lines: ["hello"], data: { n: 1 }, lang: "zh" } as const;
const keys = { url: "https://example.com/hook?key=1", secret: "SECabc", now: 1_763_748_000_123 };

const long = Array.from({ length: 4_000 }, (_, at) => `第 ${at} 行文字`);

test.each([
  ["企业微信", 4_096],
  ["钉钉", 20_000],
  ["飞书", 20_480],
] as const)("%s: cut at whole lines, and within the vendor's %i bytes", (kind, most) => {
  const { body } = webhookRequest(kind, { ...message, lines: long }, keys);
  const { size, lines } = readMessage(kind, body);
  expect(size).toBeLessThanOrEqual(most);
  // No line more would have fitted.
  expect(size).toBeGreaterThan(most - 100);
  expect(lines.at(-1)).toBe("（太长，其余见晨报）");
  expect(lines.slice(0, -1)).toEqual(long.slice(0, lines.length - 1));
  // One line that is longer than all of it is cut inside, and between characters.
  const one = webhookRequest(kind, { ...message, lines: ["𠮷".repeat(20_000)] }, keys);
  const [only, mark] = readMessage(kind, one.body).lines;
  expect(only).toMatch(/^(?:𠮷){500,}…$/u);
  expect(mark).toBe("（太长，其余见晨报）");
});

/** The bytes that the vendor counts, and the lines behind the title. */
function readMessage(kind: "企业微信" | "钉钉" | "飞书", body: string) {
  const sent = JSON.parse(body) as {
    markdown?: { content?: string; text?: string };
    content?: { post: { zh_cn: { content: { text: string }[][] } } };
  };
  const text = sent.markdown?.content ?? sent.markdown?.text ?? "";
  const lines =
    sent.content?.post.zh_cn.content.map(([part]) => part?.text ?? "") ??
    text.split("\n\n").slice(1);
  const size = Buffer.byteLength(kind === "企业微信" ? text : body);
  return { size, lines };
}

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
    msg_type: "post",
    content: {
      post: { zh_cn: { title: "b 2026-11-22", content: [[{ tag: "text", text: "hello" }]] } },
    },
  });
});

test("generic: signed in a header", () => {
  // python3: hmac.new(secret, body, hashlib.sha256).hexdigest()
  const { body, headers } = webhookRequest("generic", message, keys);
  expect(body).toBe('{"title":"b 2026-11-22","text":"**b 2026-11-22**\\n\\nhello","data":{"n":1}}');
  expect(headers["x-baimo-signature"]).toBe(
    "sha256=199cc802d21eccaab35148da7184ddaec018e3e4d8c41b7bd0f5bad8ed1fbead",
  );
});
