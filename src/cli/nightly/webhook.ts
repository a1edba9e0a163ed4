import type { Notify } from "../../domain/config.ts";
import type { Notification, WebhookKeys } from "../../report/nightly/notify.ts";
import type { Network } from "../../transport/network.ts";

import { webhookRefusal, webhookRequest } from "../../report/nightly/notify.ts";
import { createHttp } from "../../transport/http.ts";

const deadlines = { first_byte: 10_000, idle: 10_000, total: 20_000 };

/** Sends a message once. Resolves to why it was not accepted, or null; the address is a secret and never part of it. */
export async function sendWebhook(
  kind: Notify["kind"],
  message: Notification,
  keys: WebhookKeys,
  { signal, network }: { readonly signal: AbortSignal; readonly network: Network },
): Promise<string | null> {
  if (!URL.canParse(keys.url)) return "bad address";
  const http = createHttp({ connections: 1, connect_ms: 10_000 });
  const chunks: Buffer[] = [];
  let status = 0;
  try {
    const request = { method: "POST" as const, ...webhookRequest(kind, message, keys) };
    const receiver = {
      head: (seen: number) => {
        status = seen;
      },
      data: (chunk: Buffer) => chunks.push(Buffer.from(chunk)) > 0,
    };
    const { failure } = await http.exchange(request, receiver, { deadlines, signal, network });
    if (failure !== null) return failure.code;
    return webhookRefusal(status, Buffer.concat(chunks).toString("utf8"));
  } finally {
    await http.close();
  }
}
