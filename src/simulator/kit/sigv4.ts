import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import type { Trouble } from "./exchange.ts";
import type { ReceivedHttp } from "./protocol.ts";

/** Secrets of the simulator's AWS accounts by access key id. */
const accounts = new Map([["sim-access-key", "sim-secret-key"]]);
const fields =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Checks AWS Signature Version 4 with its own implementation of the rules, so that a mistake in a signer cannot pass.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function sigv4Trouble(request: ReceivedHttp): Trouble | null {
  const found = fields.exec(request.headers.authorization ?? "");
  if (found === null)
    return denied("MissingAuthenticationTokenException", "Missing Authentication Token");
  const [, id = "", day = "", region = "", service = "", names = "", signature = ""] = found;
  const secret = accounts.get(id);
  if (secret === undefined) {
    return denied(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    );
  }
  const expected = signatureOf(request, { secret, scope: [day, region, service], names });
  if (timingSafeEqual(expected, Buffer.from(signature, "hex"))) return null;
  return denied(
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided.",
  );
}

/** The signature that a request must have. The scope is day, region and service; `names` are the signed headers. */
export function signatureOf(
  request: ReceivedHttp,
  given: { readonly secret: string; readonly scope: readonly string[]; readonly names: string },
): Buffer {
  const stamp = String(request.headers["x-amz-date"] ?? "");
  const parts = [...given.scope, "aws4_request"];
  const digest = sha256(canonical(request, given.names));
  const text = ["AWS4-HMAC-SHA256", stamp, parts.join("/"), digest].join("\n");
  const key = parts.reduce<Buffer>(
    (inner, part) => createHmac("sha256", inner).update(part).digest(),
    Buffer.from(`AWS4${given.secret}`),
  );
  return createHmac("sha256", key).update(text).digest();
}

const denied = (code: string, message: string): Trouble => ({
  outcome: "auth",
  status: 403,
  code,
  message,
});

function canonical({ method, path, query, headers, body }: ReceivedHttp, names: string): string {
  const uri = path.split("/").map(encoded).join("/");
  // Sorted by name, then value: comparing "name=value" would put a name that extends another with "-" or a digit first.
  const sorted = [...query.entries()]
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .toSorted(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const lines = names.split(";").map(
    (name) =>
      `${name}:${String(headers[name] ?? "")
        .trim()
        .replaceAll(/ +/g, " ")}\n`,
  );
  return [method, uri, sorted, lines.join(""), names, sha256(body)].join("\n");
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

const order = (left: string, right: string): number => (left < right ? -1 : 1);

const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
