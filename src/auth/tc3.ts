import { createHash, createHmac } from "node:crypto";

import type { Scheme } from "../calling/auth/scheme.ts";
import type { HttpRequest } from "../transport/http.ts";

const algorithm = "TC3-HMAC-SHA256";

/**
 * Signs every request with a Tencent Cloud key; the vendor's clock and ours may differ by up to five minutes. Secrets:
 * `secret_id`, `secret_key` and, with temporary credentials, `token`; settings: `service` (default hunyuan), `region`.
 * Source: https://cloud.tencent.com/document/api/1729/101843
 */
export const scheme: Scheme = {
  id: "tc3",
  secrets: ["secret_id", "secret_key"],
  optional: ["token"],
  settings: ["service", "region"],
  authorize: (request, secrets, auth, { now }) => {
    const { secret_id = "", secret_key = "", token } = secrets;
    const { service = "hunyuan", region } = auth.with ?? {};
    const timestamp = Math.floor(now().getTime() / 1000);
    const { header } = tc3Signature(request, { secret_id, secret_key, service }, timestamp);
    return Promise.resolve({
      ...request,
      headers: {
        ...request.headers,
        "x-tc-timestamp": String(timestamp),
        ...(region === undefined ? {} : { "x-tc-region": region }),
        ...(token === undefined ? {} : { "x-tc-token": token }),
        authorization: header,
      },
    });
  },
  simulated: () => ({ secrets: { secret_id: "sim-id", secret_key: "sim-secret" } }),
};

type Signer = {
  readonly secret_id: string;
  readonly secret_key: string;
  readonly service: string;
};

/** Signs content-type, host and, if present, x-tc-action. The hash of the canonical request is for tests. */
export function tc3Signature(
  { method, url, headers, body }: HttpRequest,
  { secret_id, secret_key, service }: Signer,
  timestamp: number,
): { readonly header: string; readonly signature: string; readonly canonical_hash: string } {
  const { host, pathname, search } = new URL(url);
  const covered: Record<string, string> = { "content-type": headers["content-type"] ?? "", host };
  const action = headers["x-tc-action"];
  if (action !== undefined) covered["x-tc-action"] = action.toLowerCase();
  const names = Object.keys(covered).join(";");
  const lines = Object.entries(covered).map(([name, value]) => `${name}:${value}\n`);
  const canonical = [method, pathname, search.slice(1), lines.join(""), names, sha256(body ?? "")];
  const canonical_hash = sha256(canonical.join("\n"));
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const text = [algorithm, timestamp, scope, canonical_hash].join("\n");
  const key = [date, service, "tc3_request"].reduce<Buffer>(hmac, Buffer.from(`TC3${secret_key}`));
  const signature = hmac(key, text).toString("hex");
  const header = `${algorithm} Credential=${secret_id}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { header, signature, canonical_hash };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const hmac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
