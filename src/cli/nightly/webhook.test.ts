import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";

import { afterEach, beforeEach, expect, test } from "vitest";

import { directNetwork } from "../../transport/network.ts";
import { sendWebhook } from "./webhook.ts";

const secret = "SECnight";
const now = Date.UTC(2026, 10, 30, 18);

type Sent = {
  readonly msgtype?: string;
  readonly msg_type?: string;
  readonly markdown?: {
    readonly title?: string;
    readonly text?: string;
    readonly content?: string;
  };
  readonly content?: { readonly post: Readonly<Record<string, PostBody>> };
  readonly timestamp?: string;
  readonly sign?: string;
};
type PostBody = {
  readonly title?: string;
  readonly content: readonly (readonly { readonly tag: string; readonly text: string }[])[];
};

/** Checks a message as the vendors' documents say that they do, and answers in their words. */
const vendors = {
  企业微信: ({ msgtype, markdown }: Sent, url: URL): unknown => {
    if (url.searchParams.get("key") !== "wecom-key-0123")
      return { errcode: 93000, errmsg: `invalid webhook url ${url.search}` };
    const content = markdown?.content ?? "";
    if (msgtype !== "markdown" || content === "")
      return { errcode: 44004, errmsg: "empty content" };
    return Buffer.byteLength(content) > 4_096
      ? { errcode: 40058, errmsg: "markdown.content exceed max length 4096" }
      : { errcode: 0, errmsg: "ok" };
  },
  钉钉: ({ msgtype, markdown }: Sent, url: URL, bytes: number): unknown => {
    if (url.searchParams.get("access_token") !== "ding-token-0123")
      return { errcode: 300005, errmsg: "token is not exist" };
    const timestamp = url.searchParams.get("timestamp") ?? "";
    const sign = createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
    const isLate = Math.abs(Number(timestamp) - now) > 3_600_000;
    if (isLate || url.searchParams.get("sign") !== sign)
      return { errcode: 310000, errmsg: "sign not match" };
    if (bytes > 20_000) return { errcode: 460101, errmsg: "message too long, exceed 20000 bytes" };
    const isWhole =
      msgtype === "markdown" && markdown?.title !== "" && markdown?.text !== undefined;
    return isWhole ? { errcode: 0, errmsg: "ok" } : { errcode: 40035, errmsg: "缺少参数 json" };
  },
  飞书: ({ msg_type, content, timestamp = "", sign }: Sent, url: URL, bytes: number): unknown => {
    if (url.pathname !== "/open-apis/bot/v2/hook/feishu-hook-0123")
      return { code: 19001, msg: "param invalid: incoming webhook access token invalid" };
    const own = createHmac("sha256", `${timestamp}\n${secret}`).update("").digest("base64");
    const isLate = Math.abs(Number(timestamp) * 1_000 - now) > 3_600_000;
    if (isLate || sign !== own)
      return {
        code: 19021,
        msg: "sign match fail or timestamp is not within one hour from current time",
      };
    const [body] = Object.values(content?.post ?? {});
    const isWhole =
      msg_type === "post" && body?.content.every((line) => line.every(({ tag }) => tag === "text"));
    if (bytes > 20 << 10 || isWhole !== true) return { code: 9499, msg: "Bad Request", data: {} };
    return { code: 0, msg: "success", data: {} };
  },
} as const;

type Vendor = keyof typeof vendors;
const paths: Readonly<Record<Vendor, string>> = {
  企业微信: "/cgi-bin/webhook/send?key=wecom-key-0123",
  钉钉: "/robot/send?access_token=ding-token-0123",
  飞书: "/open-apis/bot/v2/hook/feishu-hook-0123",
};

let server: Server;
let base = "";
let vendor: Vendor = "企业微信";
/** Answers that come before the vendor's own, one a request. */
let first: string[] = [];
let requests = 0;
beforeEach(async () => {
  first = [];
  requests = 0;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      requests += 1;
      const bytes = Buffer.concat(chunks);
      const url = new URL(request.url ?? "", base);
      const answer = first.shift();
      const sent = JSON.parse(bytes.toString("utf8")) as Sent;
      response.setHeader("content-type", "application/json");
      response.end(answer ?? JSON.stringify(vendors[vendor](sent, url, bytes.length)));
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterEach(() => new Promise((done) => server.close(done)));

type Given = { readonly path?: string; readonly secret?: string | null; readonly now?: number };

function send(kind: Vendor, lines: readonly string[], given: Given = {}): Promise<string | null> {
  vendor = kind;
  return sendWebhook(
    kind,
    { title: "nightly 2026-12-01", lines, data: {}, lang: "zh" },
    {
      url: `${base}${given.path ?? paths[kind]}`,
      secret: given.secret === undefined ? secret : given.secret,
      now: () => given.now ?? now,
    },
    { signal: new AbortController().signal, network: directNetwork, waits_ms: [0, 0, 0] },
  );
}

const kinds = Object.keys(paths) as Vendor[];

test.each(kinds)("%s accepts a short message, a long one and one long line", async (kind) => {
  expect(await send(kind, ["昨夜：31 个目标，31 无变化"])).toBeNull();
  expect(
    await send(
      kind,
      Array.from({ length: 3_000 }, (_, at) => `第 ${at} 行`),
    ),
  ).toBeNull();
  expect(await send(kind, ["字".repeat(30_000)])).toBeNull();
});

test.each([
  ["企业微信", '{"errcode":45009,"errmsg":"api freq out of limit"}'],
  ["钉钉", '{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}'],
  ["飞书", '{"code":11232,"data":{},"msg":"frequency limited"}'],
] as const)(
  "%s: too many messages are sent again, and told where that does not help",
  async (kind, busy) => {
    first = [busy, busy];
    expect(await send(kind, ["夜"])).toBeNull();
    expect(requests).toBe(3);
    first = [busy, busy, busy, busy];
    expect(await send(kind, ["夜"])).toBe(`${busy}（试了 4 次）`);
  },
);

test("what is wrong for good is told once, with what to do, and without the address", async () => {
  const wrong = await send("企业微信", ["夜"], { path: "/cgi-bin/webhook/send?key=leaked-key-99" });
  expect(wrong).toContain('"errcode":93000');
  expect(wrong).toContain("从群设置里重新复制");
  expect(wrong).not.toContain("leaked-key-99");
  expect(requests).toBe(1);
  const unsigned = await send("钉钉", ["夜"], { secret: "other" });
  expect(unsigned).toContain("sign not match");
  expect(unsigned).toContain("加签密钥");
  // The clock of this machine is two hours late.
  expect(await send("飞书", ["夜"], { now: now - 7_200_000 })).toContain("本机时钟");
});
