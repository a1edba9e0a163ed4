import { createHmac, timingSafeEqual } from "node:crypto";

import type { Trouble } from "./exchange.ts";
import type { ReceivedHttp } from "./protocol.ts";

/** Secrets of the simulator's accounts by access key id. */
const accounts = new Map([["sim-id", "sim-secret"]]);
const form =
  /^bce-auth-v1\/([^/]+)\/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\/(\d+)\/([^/]+)\/([0-9a-f]{64})$/;

/**
 * Checks a Baidu AI Cloud signature with the simulator's own implementation of the rules, so that a mistake in a signer
 * cannot pass. `signed` names the headers that must be signed.
 * Source: https://cloud.baidu.com/doc/Reference/s/Njwvz1wot
 */
export function bceTrouble(request: ReceivedHttp, signed: readonly string[]): Trouble | null {
  const found = form.exec(request.headers.authorization ?? "");
  if (found === null) return denied("there is no bce-auth-v1 signature");
  const [, id = "", stamp = "", life = "", names = "", signature = ""] = found;
  const secret = accounts.get(id);
  if (secret === undefined) return denied("the access key is unknown");
  const list = names.split(";");
  if (!signed.every((name) => list.includes(name)))
    return denied(`${signed.join()} must be signed`);
  if (Date.parse(stamp) + Number(life) * 1000 < Date.now()) return denied("the signature is old");
  const text = canonical(request, list);
  const key = hmac(secret, `bce-auth-v1/${id}/${stamp}/${life}`).toString("hex");
  const good = timingSafeEqual(hmac(key, text), Buffer.from(signature, "hex"));
  return good ? null : denied("the signature does not match");
}

function canonical({ method, path, query, headers }: ReceivedHttp, names: readonly string[]) {
  const pairs = [...query].map(([name, value]) => `${uri(name)}=${uri(value)}`);
  const lines = names.map((name) => `${uri(name)}:${uri(String(headers[name] ?? "").trim())}`);
  return [method, path, pairs.toSorted().join("&"), lines.toSorted().join("\n")].join("\n");
}

const hmac = (key: string, text: string): Buffer => createHmac("sha256", key).update(text).digest();

const uri = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const denied = (message: string): Trouble => ({ outcome: "auth", message });
