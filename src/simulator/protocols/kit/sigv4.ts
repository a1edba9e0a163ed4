import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import type { Trouble } from "../../ask.ts";
import type { WireRequest } from "../../protocol.ts";

/** Secrets of the simulator's AWS accounts by access key id. */
const accounts = new Map([["sim-access-key", "sim-secret-key"]]);
const fields =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Checks AWS Signature Version 4 by its own reading of the rules, so that no mistake of a signer passes here.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function sigv4Trouble(request: WireRequest): Trouble | null {
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
  const stamp = String(request.headers["x-amz-date"] ?? "");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", stamp, scope, sha256(canonical(request, names))].join("\n");
  const key = [day, region, service, "aws4_request"].reduce<Buffer>(
    (inner, part) => createHmac("sha256", inner).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const expected = createHmac("sha256", key).update(text).digest();
  if (timingSafeEqual(expected, Buffer.from(signature, "hex"))) return null;
  return denied(
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided.",
  );
}

const denied = (code: string, message: string): Trouble => ({
  outcome: "auth",
  status: 403,
  code,
  message,
});

function canonical({ method, path, query, headers, body }: WireRequest, names: string): string {
  const uri = path.split("/").map(encoded).join("/");
  const sorted = [...query.entries()]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
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

const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
