import { createHmac } from "node:crypto";

import type { Notify } from "../../../domain/config.ts";
import type { Lang, Text } from "../../../domain/text.ts";

/** A webhook call, ready to be sent. */
export type WebhookRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Notification = {
  readonly title: string;
  /** Without Markdown of their own. */
  readonly lines: readonly string[];
  /** For machines; sent by `generic` alone. */
  readonly data: unknown;
  readonly lang: Lang;
};

export type WebhookKeys = {
  readonly url: string;
  readonly secret: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/**
 * What the vendors accept at most: 企业微信 4096 bytes of `markdown.content` (else errcode 40058), 钉钉 20000 bytes of message
 * (else errcode 460101), 飞书 a body of 20 KB.
 */
const mostBytes = { 企业微信: 4_096, 钉钉: 20_000, 飞书: 20 << 10 } as const;

/** Stands where lines were left out. */
const cutMark: Text = {
  zh: "（太长，其余见晨报）",
  en: "(too long; the morning page has the rest)",
};

/**
 * The request of one webhook, signed where the vendor asks for it, and cut at what the vendor accepts:
 * 企业微信 (developer.work.weixin.qq.com/document/path/91770): the address itself is the key; Markdown.
 * 钉钉 (open.dingtalk.com, 自定义机器人安全设置): base64 HMAC-SHA256 of `timestamp\nsecret` with the secret, in the query; Markdown.
 * 飞书 (open.feishu.cn, 自定义机器人使用指南): base64 HMAC-SHA256 of nothing with the key `timestamp\nsecret`, in the body; paragraphs,
 * because its texts know no Markdown.
 * generic: JSON; with a secret `x-baimo-signature: sha256=` and the hex HMAC-SHA256 of the body.
 */
export function webhookRequest(
  kind: Notify["kind"],
  message: Notification,
  { url, secret, now }: WebhookKeys,
): WebhookRequest {
  const headers = { "content-type": "application/json; charset=utf-8" };
  switch (kind) {
    case "企业微信": {
      const bodyOf = (lines: readonly string[]): WeComBody => ({
        msgtype: "markdown",
        markdown: { content: markdownOf(message.title, lines) },
      });
      const fits = (body: WeComBody): boolean =>
        Buffer.byteLength(body.markdown.content) <= mostBytes.企业微信;
      return { url, headers, body: JSON.stringify(fitting(message, bodyOf, fits)) };
    }
    case "钉钉": {
      const bodyOf = (lines: readonly string[]) => ({
        msgtype: "markdown",
        markdown: { title: message.title, text: markdownOf(message.title, lines) },
      });
      const signed = secret === null ? url : signedDingTalk(url, secret, now);
      const body = fitting(message, bodyOf, (all) => sizeOf(all) <= mostBytes.钉钉);
      return { url: signed, headers, body: JSON.stringify(body) };
    }
    case "飞书": {
      const signature = secret === null ? {} : signedFeishu(secret, now);
      const locale = { zh: "zh_cn", en: "en_us" }[message.lang];
      const bodyOf = (lines: readonly string[]) => ({
        ...signature,
        msg_type: "post",
        content: {
          post: {
            [locale]: {
              title: message.title,
              content: lines.map((text) => [{ tag: "text", text }]),
            },
          },
        },
      });
      const body = fitting(message, bodyOf, (all) => sizeOf(all) <= mostBytes.飞书);
      return { url, headers, body: JSON.stringify(body) };
    }
    case "generic": {
      const { title, lines, data } = message;
      const body = JSON.stringify({ title, text: markdownOf(title, lines), data });
      if (secret === null) return { url, headers, body };
      const signature = createHmac("sha256", secret).update(body).digest("hex");
      return { url, headers: { ...headers, "x-baimo-signature": `sha256=${signature}` }, body };
    }
  }
}

type WeComBody = { readonly msgtype: string; readonly markdown: { readonly content: string } };

const markdownOf = (title: string, lines: readonly string[]): string =>
  [`**${title}**`, ...lines].join("\n\n");

const sizeOf = (body: unknown): number => Buffer.byteLength(JSON.stringify(body));

/** The message with as many of its lines as fit, the first of them cut where not even that one does. */
function fitting<Body>(
  { lines, lang }: Notification,
  bodyOf: (lines: readonly string[]) => Body,
  fits: (body: Body) => boolean,
): Body {
  const whole = bodyOf(lines);
  if (fits(whole)) return whole;
  const mark = cutMark[lang];
  const count = most(lines.length, (kept) => fits(bodyOf([...lines.slice(0, kept), mark])));
  if (count > 0) return bodyOf([...lines.slice(0, count), mark]);
  const chars = Array.from(lines[0] ?? "");
  const part = (length: number) => [`${chars.slice(0, length).join("")}…`, mark];
  return bodyOf(part(most(chars.length, (length) => fits(bodyOf(part(length))))));
}

/** The largest number up to `end` that passes, where all below it do; 0 where none does. */
function most(end: number, passes: (count: number) => boolean): number {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (passes(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
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
