import { hs256 } from "../calling/auth/jwt.ts";
import { type Scheme, withHeader } from "../calling/auth/scheme.ts";
import { refusedToken } from "../calling/auth/token-request.ts";

const lifeS = 1800;
/** The token is valid from slightly in the past, to allow for clock differences. */
const beforeS = 5;

/**
 * A token for 商汤 日日新, signed locally with an access key and valid for half an hour. Secrets: `access_key_id`,
 * `secret_access_key`.
 * Source: https://platform.sensenova.cn/doc?path=/platform/auth/ServerAuth.md
 */
export const scheme: Scheme = {
  id: "sensenova-jwt",
  secrets: ["access_key_id", "secret_access_key"],
  renews: true,
  authorize: async (request, secrets, _auth, context) => {
    const { access_key_id = "", secret_access_key = "" } = secrets;
    const key = `sensenova ${access_key_id} ${secret_access_key}`;
    const token = await context.tokens.get(key, refusedToken(context), () => {
      const value = senseNovaToken(access_key_id, secret_access_key, context.now());
      return Promise.resolve({ value, expires_in_s: lifeS });
    });
    return withHeader(request, "authorization", `Bearer ${token}`);
  },
  simulated: () => ({
    secrets: { access_key_id: "sim-id", secret_access_key: "sim-secret" },
  }),
};

export function senseNovaToken(id: string, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const claims = { iss: id, exp: seconds + lifeS, nbf: seconds - beforeS };
  return hs256({ alg: "HS256", typ: "JWT" }, claims, secret);
}
