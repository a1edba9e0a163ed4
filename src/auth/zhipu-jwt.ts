import { CredentialError } from "../calling/auth/credential-error.ts";
import { hs256 } from "../calling/auth/jwt.ts";
import { type Scheme, withHeader } from "../calling/auth/scheme.ts";
import { refusedToken } from "../calling/auth/token-request.ts";

const lifeS = 210;

/**
 * A token signed locally with a 智谱 API key, `id.secret`, and valid for three and a half minutes; its times are in
 * milliseconds.
 * Source: https://docs.bigmodel.cn/cn/guide/develop/http/introduction
 */
export const scheme: Scheme = {
  id: "zhipu-jwt",
  secrets: ["key"],
  renews: true,
  authorize: async (request, { key = "" }, _auth, context) => {
    const token = await context.tokens.get(`zhipu ${key}`, refusedToken(context), () =>
      Promise.resolve({ value: zhipuToken(key, context.now()), expires_in_s: lifeS }),
    );
    return withHeader(request, "authorization", `Bearer ${token}`);
  },
  simulated: () => ({ secrets: { key: "sim-id.sim-secret" } }),
};

/** Throws a `CredentialError` if the key does not consist of two parts. */
export function zhipuToken(key: string, now: Date): string {
  const [id = "", secret = "", ...more] = key.split(".");
  if (id === "" || secret === "" || more.length > 0) {
    throw new CredentialError("auth", "the API key is not of the form id.secret");
  }
  const timestamp = now.getTime();
  const claims = { api_key: id, exp: timestamp + lifeS * 1000, timestamp };
  return hs256({ alg: "HS256", sign_type: "SIGN" }, claims, secret);
}
