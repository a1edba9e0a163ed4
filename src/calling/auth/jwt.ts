import { createHmac } from "node:crypto";

/** A JSON Web Token signed with HMAC-SHA256 (RFC 7515, RFC 7519). Members keep their order. */
export function hs256(header: object, claims: object, secret: string): string {
  const input = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}
