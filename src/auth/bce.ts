import type { Scheme } from "../calling/auth/scheme.ts";

import { bceAuthorization, bceTime } from "../calling/auth/bce.ts";

const expiresS = 300;

/**
 * Signs every request with an access key of Baidu AI Cloud. Secrets: `access_key_id`, `secret_access_key`.
 * Source: https://cloud.baidu.com/doc/Reference/s/Njwvz1wot
 */
export const scheme: Scheme = {
  id: "bce",
  secrets: ["access_key_id", "secret_access_key"],
  authorize: (request, secrets, _auth, { now }) => {
    const { access_key_id = "", secret_access_key = "" } = secrets;
    const at = now();
    const headers = { host: new URL(request.url).host, "x-bce-date": bceTime(at) };
    const keys = { access_key_id, secret_access_key };
    const authorization = bceAuthorization({ ...request, headers }, keys, at, expiresS);
    return Promise.resolve({
      ...request,
      headers: { ...request.headers, "x-bce-date": headers["x-bce-date"], authorization },
    });
  },
  simulated: () => ({ secrets: { access_key_id: "sim-id", secret_access_key: "sim-secret" } }),
};
