import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import type { Trouble } from "./exchange.ts";
import type { ReceivedHttp } from "./protocol.ts";

/** Secrets of the simulator's accounts by secret id. */
const accounts = new Map([["sim-id", "sim-secret"]]);
const form =
  /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/([^/]+)\/tc3_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const skewS = 300;

/**
 * Checks a Tencent Cloud signature with the simulator's own implementation of the rules, so that a mistake in a signer
 * cannot pass.
 * Source: https://cloud.tencent.com/document/api/1729/101843
 */
export function tc3Trouble(request: ReceivedHttp): Trouble | null {
  const found = form.exec(request.headers.authorization ?? "");
  if (found === null) return denied("SignatureFailure", "there is no TC3-HMAC-SHA256 signature");
  const [, id = "", day = "", service = "", names = "", signature = ""] = found;
  const secret = accounts.get(id);
  if (secret === undefined) return denied("SecretIdNotFound", "the SecretId is not found");
  const stamp = Number(request.headers["x-tc-timestamp"]);
  if (!(Math.abs(stamp - Date.now() / 1000) < skewS)) {
    return denied("SignatureExpire", "the signature has expired");
  }
  // The vendor's SDK signs the host without its port.
  const { host = "" } = request.headers;
  const good = [host, host.replace(/:\d+$/, "")].some((signed) => {
    const canonical = canonicalOf(request, names, signed);
    const scope = `${day}/${service}/tc3_request`;
    const text = ["TC3-HMAC-SHA256", stamp, scope, sha256(canonical)].join("\n");
    const date = hmac(`TC3${secret}`, day);
    const expected = hmac(hmac(hmac(date, service), "tc3_request"), text);
    return timingSafeEqual(expected, Buffer.from(signature, "hex"));
  });
  return good ? null : denied("SignatureFailure", "the signature does not match");
}

function canonicalOf(
  { method, path, query, headers, body }: ReceivedHttp,
  names: string,
  host: string,
): string {
  const lines = names.split(";").map((name) => {
    const value = name === "host" ? host : String(headers[name] ?? "");
    return `${name}:${value.trim().toLowerCase()}\n`;
  });
  return [method, path, query.toString(), lines.join(""), names, sha256(body)].join("\n");
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

const denied = (name: string, message: string): Trouble => ({
  outcome: "auth",
  code: `AuthFailure.${name}`,
  message,
});
