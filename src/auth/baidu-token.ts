import type { Scheme, SchemeContext } from "../calling/auth/scheme.ts";
import type { HttpRequest } from "../transport/http.ts";

import { requestToken } from "../calling/auth/token-request.ts";

/**
 * An access token for an application's key, sent in the query of every request and valid for 30 days. Secrets:
 * `client_id` (the API Key), `client_secret` (the Secret Key); setting: `url` of the token endpoint.
 * Source: https://cloud.baidu.com/doc/WENXINWORKSHOP/s/Ilkkrb0i5
 */
export const scheme: Scheme = {
  id: "baidu-token",
  secrets: ["client_id", "client_secret"],
  settings: ["url"],
  renews: true,
  authorize: async (request, secrets, auth, context) => {
    const { client_id = "", client_secret = "" } = secrets;
    const { url = "https://aip.baidubce.com/oauth/2.0/token" } = auth.with ?? {};
    const key = ["baidu", url, client_id, client_secret].join(" ");
    const token = await context.tokens.get(key, refusedIn(context), () => {
      const endpoint = new URL(url);
      const given = { grant_type: "client_credentials", client_id, client_secret };
      for (const [name, value] of Object.entries(given)) endpoint.searchParams.set(name, value);
      return requestToken(context.http, endpoint.href, {});
    });
    return { ...request, url: withToken(request, token) };
  },
  simulated: (origin) => ({
    secrets: { client_id: "sim-id", client_secret: "sim-secret" },
    with: { url: `${origin}/oauth/2.0/token` },
  }),
};

const refusedIn = ({ refused }: SchemeContext): string | null =>
  refused === null ? null : new URL(refused.url).searchParams.get("access_token");

function withToken(request: HttpRequest, token: string): string {
  const url = new URL(request.url);
  url.searchParams.set("access_token", token);
  return url.href;
}
