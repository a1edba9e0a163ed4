import { createHmac } from "node:crypto";

import type { Scheme } from "../calling/auth/scheme.ts";

/**
 * A 讯飞 WebSocket URL, signed with an application's key; the vendor's clock and ours may differ by up to five minutes.
 * Secrets: `api_key`, `api_secret`.
 * Source: https://www.xfyun.cn/doc/spark/general_url_authentication.html
 */
export const scheme: Scheme = {
  id: "spark-url",
  secrets: ["api_key", "api_secret"],
  authorize: (request, secrets, _auth, { now }) => {
    const { api_key = "", api_secret = "" } = secrets;
    return Promise.resolve({ ...request, url: signedUrl(request.url, api_key, api_secret, now()) });
  },
  simulated: () => ({ secrets: { api_key: "sim-id", api_secret: "sim-secret" } }),
};

export function signedUrl(address: string, api_key: string, api_secret: string, now: Date): string {
  const url = new URL(address);
  const { host, pathname } = url;
  const date = now.toUTCString();
  const text = `host: ${host}\ndate: ${date}\nGET ${pathname} HTTP/1.1`;
  const signature = createHmac("sha256", api_secret).update(text).digest("base64");
  const origin = [
    `api_key="${api_key}"`,
    `algorithm="hmac-sha256"`,
    `headers="host date request-line"`,
    `signature="${signature}"`,
  ].join(", ");
  const authorization = Buffer.from(origin).toString("base64");
  for (const [name, value] of Object.entries({ authorization, date, host })) {
    url.searchParams.set(name, value);
  }
  return url.href;
}
