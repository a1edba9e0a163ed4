import { setTimeout as sleep } from "node:timers/promises";

import type { Notify } from "../../domain/config.ts";
import type { Lang } from "../../domain/text.ts";
import type { Notification, WebhookKeys } from "../../report/nightly/webhook/request.ts";
import type { Network } from "../../transport/network.ts";

import { webhookRefusal, type WebhookRefusal } from "../../report/nightly/webhook/refusal.ts";
import { webhookRequest } from "../../report/nightly/webhook/request.ts";
import { redact } from "../../text/secrets/redact.ts";
import { createHttp, type Http } from "../../transport/http.ts";

const deadlines = { first_byte: 10_000, idle: 10_000, total: 20_000 };

/** Waits before a message is sent again: the vendors count by the minute. */
const passingWaits_ms = [5_000, 20_000, 60_000] as const;

export type WebhookOptions = {
  readonly signal: AbortSignal;
  readonly network: Network;
  /** Waits before further attempts. */
  readonly waits_ms?: readonly number[];
};

/**
 * Sends a message, again where it was refused for a time only, and signed anew. Resolves to why it was not accepted, or null; the
 * address is a secret and never part of it.
 */
export async function sendWebhook(
  kind: Notify["kind"],
  message: Notification,
  keys: Omit<WebhookKeys, "now"> & { readonly now: () => number },
  { waits_ms = passingWaits_ms, ...options }: WebhookOptions,
): Promise<string | null> {
  const { lang } = message;
  if (!URL.canParse(keys.url)) return { zh: "地址不成网址", en: "the address is no URL" }[lang];
  const http = createHttp({ connections: 1, connect_ms: 10_000 });
  try {
    for (let attempt = 0; ; attempt++) {
      const signed = { ...keys, now: keys.now() };
      const refusal = await sendOnce(http, webhookRequest(kind, message, signed), kind, options);
      if (refusal === null) return null;
      const wait = refusal.isPassing ? waits_ms[attempt] : undefined;
      if (wait === undefined || !(await waited(wait, options.signal))) {
        return toldOf(refusal, attempt + 1, keys, lang);
      }
    }
  } finally {
    await http.close();
  }
}

async function sendOnce(
  http: Http,
  request: ReturnType<typeof webhookRequest>,
  kind: Notify["kind"],
  options: Pick<WebhookOptions, "signal" | "network">,
): Promise<WebhookRefusal | null> {
  const chunks: Buffer[] = [];
  let status = 0;
  const receiver = {
    head: (seen: number) => {
      status = seen;
    },
    data: (chunk: Buffer) => chunks.push(Buffer.from(chunk)) > 0,
  };
  const { failure } = await http.exchange({ method: "POST", ...request }, receiver, {
    deadlines,
    ...options,
  });
  if (failure !== null) return { said: failure.code, advice: null, isPassing: true };
  return webhookRefusal(kind, status, Buffer.concat(chunks).toString("utf8"));
}

function toldOf(
  { said, advice, isPassing }: WebhookRefusal,
  attempts: number,
  { url, secret }: Pick<WebhookKeys, "url" | "secret">,
  lang: Lang,
): string {
  const zh = lang === "zh";
  const times =
    isPassing && attempts > 1 ? (zh ? `（试了 ${attempts} 次）` : ` (${attempts} attempts)`) : "";
  const todo = advice === null ? "" : zh ? `；${advice.zh}` : `; ${advice.en}`;
  return `${redact(said, secretsOf(url, secret))}${times}${todo}`;
}

/** The parts of an address by which one may write to the group. */
function secretsOf(url: string, secret: string | null): readonly string[] {
  const { pathname, searchParams } = new URL(url);
  const parts = [...searchParams.values(), ...pathname.split("/"), secret ?? ""];
  return [url, ...parts.filter((part) => part.length >= 8)];
}

/** False where the process is asked to stop meanwhile. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
