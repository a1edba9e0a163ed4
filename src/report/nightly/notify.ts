import { createHmac } from "node:crypto";

import type { Notify } from "../../domain/config.ts";

/** A webhook call, ready to be sent. */
export type WebhookRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Notification = {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** For machines; sent by `generic` alone. */
  readonly data: unknown;
};

export type WebhookKeys = {
  readonly url: string;
  readonly secret: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** The most bytes of Markdown that 企业微信 accepts; the others accept more. */
const mostBytes = 4_096;

/**
 * The request of one webhook, signed where the vendor asks for it:
 * 企业微信 (developer.work.weixin.qq.com, 群机器人): the address itself is the key; Markdown.
 * 钉钉 (open.dingtalk.com, 自定义机器人安全设置): base64 HMAC-SHA256 of `timestamp\nsecret` with the secret, in the query.
 * 飞书 (open.feishu.cn, 自定义机器人): base64 HMAC-SHA256 of nothing with the key `timestamp\nsecret`, in the body.
 * generic: JSON; with a secret `x-baimo-signature: sha256=` and the hex HMAC-SHA256 of the body.
 */
export function webhookRequest(
  kind: Notify["kind"],
  { title, text, data }: Notification,
  { url, secret, now }: WebhookKeys,
): WebhookRequest {
  const headers = { "content-type": "application/json; charset=utf-8" };
  switch (kind) {
    case "企业微信":
      return {
        url,
        headers,
        body: JSON.stringify({ msgtype: "markdown", markdown: { content: cut(text) } }),
      };
    case "钉钉":
      return {
        url: secret === null ? url : signedDingTalk(url, secret, now),
        headers,
        body: JSON.stringify({ msgtype: "markdown", markdown: { title, text } }),
      };
    case "飞书": {
      const message = { msg_type: "text", content: { text: `${title}\n${text}` } };
      const signature = secret === null ? {} : signedFeishu(secret, now);
      return { url, headers, body: JSON.stringify({ ...signature, ...message }) };
    }
    case "generic": {
      const body = JSON.stringify({ title, text, data });
      if (secret === null) return { url, headers, body };
      const signature = createHmac("sha256", secret).update(body).digest("hex");
      return { url, headers: { ...headers, "x-baimo-signature": `sha256=${signature}` }, body };
    }
  }
}

function signedDingTalk(url: string, secret: string, now: number): string {
  const sign = createHmac("sha256", secret).update(`${now}\n${secret}`).digest("base64");
  const signed = new URL(url);
  signed.searchParams.set("timestamp", String(now));
  signed.searchParams.set("sign", sign);
  return signed.href;
}

function signedFeishu(secret: string, now: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now / 1_000));
  const sign = createHmac("sha256", `${timestamp}\n${secret}`).update("").digest("base64");
  return { timestamp, sign };
}

/** Whole lines within the limit of bytes. */
function cut(text: string): string {
  let kept = "";
  for (const line of text.split("\n")) {
    const next = kept === "" ? line : `${kept}\n${line}`;
    if (Buffer.byteLength(next) > mostBytes) break;
    kept = next;
  }
  return kept;
}

/** Why a vendor rejected the message, or null where it did not: they answer 200 and give the reason in the body. */
export function webhookRefusal(status: number, body: string): string | null {
  if (status < 200 || status >= 300) return `HTTP ${status} ${body.slice(0, 200)}`;
  try {
    const reply: unknown = JSON.parse(body);
    if (typeof reply !== "object" || reply === null) return null;
    const code: unknown =
      Reflect.get(reply, "errcode") ??
      Reflect.get(reply, "code") ??
      Reflect.get(reply, "StatusCode");
    return typeof code === "number" && code !== 0 ? body.slice(0, 200) : null;
  } catch {
    return null;
  }
}
