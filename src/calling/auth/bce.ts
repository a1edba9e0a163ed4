import { createHmac } from "node:crypto";

/** The signed parts of a request; headers without a value are left out. */
export type BceRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type BceKeys = { readonly access_key_id: string; readonly secret_access_key: string };

/**
 * The Authorization header of Baidu AI Cloud's signature, version 1. The signing key is the hexadecimal text of a
 * hash, not its bytes.
 * Source: https://cloud.baidu.com/doc/Reference/s/Njwvz1wot
 */
export function bceAuthorization(
  request: BceRequest,
  { access_key_id, secret_access_key }: BceKeys,
  now: Date,
  expires_s: number,
): string {
  const prefix = `bce-auth-v1/${access_key_id}/${bceTime(now)}/${expires_s}`;
  const names = Object.keys(signable(request.headers)).toSorted();
  const signature = hmac(hmac(secret_access_key, prefix), canonical(request));
  return `${prefix}/${names.join(";")}/${signature}`;
}

/** ISO 8601 in UTC, to the second. */
export const bceTime = (now: Date): string => now.toISOString().replace(/\.\d+Z$/, "Z");

const hmac = (key: string, text: string): string =>
  createHmac("sha256", key).update(text).digest("hex");

export function canonical({ method, url, headers }: BceRequest): string {
  const { pathname, searchParams } = new URL(url);
  const path = pathname
    .split("/")
    .map((segment) => encoded(decodeURIComponent(segment)))
    .join("/");
  const query = [...searchParams]
    .filter(([name]) => name.toLowerCase() !== "authorization")
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join("&");
  const lines = Object.entries(signable(headers)).map(
    ([name, value]) => `${encoded(name)}:${encoded(value)}`,
  );
  return [method, path, query, lines.toSorted().join("\n")].join("\n");
}

const signable = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
      .filter(([, value]) => value !== ""),
  );

const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
