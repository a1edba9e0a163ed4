import type { Token } from "../calling/auth/tokens.ts";
import type { HttpRequest } from "../transport/http.ts";

import { bceAuthorization } from "../calling/auth/bce.ts";
import { type Scheme, withHeader } from "../calling/auth/scheme.ts";
import {
  callTokenEndpoint,
  defaultLifeS,
  refusedToken,
  type TokenAnswer,
  tokenRefusal,
} from "../calling/auth/token-request.ts";

const lifeS = 86_400;
const expiresS = 1800;

/**
 * A bearer token valid for a day, obtained with a request signed by an access key of Baidu AI Cloud. Secrets:
 * `access_key_id`, `secret_access_key`; setting: `iam`, the origin of the token endpoint.
 * Source: https://cloud.baidu.com/doc/WENXINWORKSHOP/s/Um2wxbaps
 */
export const scheme: Scheme = {
  id: "bce-bearer",
  secrets: ["access_key_id", "secret_access_key"],
  settings: ["iam"],
  renews: true,
  authorize: async (request, secrets, auth, context) => {
    const { access_key_id = "", secret_access_key = "" } = secrets;
    const { iam = "https://iam.bj.baidubce.com" } = auth.with ?? {};
    const key = ["bce", iam, access_key_id, secret_access_key].join(" ");
    const url = `${iam}/v1/BCE-BEARER/token?expireInSeconds=${lifeS}`;
    const token = await context.tokens.get(key, refusedToken(context), async () => {
      const headers = { host: new URL(url).host };
      const signed: HttpRequest = {
        method: "GET",
        url,
        headers: {
          authorization: bceAuthorization(
            { method: "GET", url, headers },
            { access_key_id, secret_access_key },
            context.now(),
            expiresS,
          ),
        },
        body: null,
      };
      return tokenIn(await callTokenEndpoint(context.http, signed), context.now());
    });
    return withHeader(request, "authorization", `Bearer ${token}`);
  },
  simulated: (origin) => ({
    secrets: { access_key_id: "sim-id", secret_access_key: "sim-secret" },
    with: { iam: origin },
  }),
};

/** Success is 201; the expiry is given as a time, not as a duration. */
function tokenIn(answer: TokenAnswer, now: Date): Token {
  const { token, expireTime } = answer.json;
  if (answer.status !== 201 || typeof token !== "string" || token === "") {
    throw tokenRefusal(answer, answer.json);
  }
  const left = (Date.parse(String(expireTime)) - now.getTime()) / 1000;
  return { value: token, expires_in_s: left > 0 ? left : defaultLifeS };
}
