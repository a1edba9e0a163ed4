import { type Scheme, withHeader } from "../calling/auth/scheme.ts";
import { refusedToken, requestToken } from "../calling/auth/token-request.ts";

/**
 * An IBM Cloud IAM token for an API key. Setting: `url` of the token endpoint.
 * Source: https://cloud.ibm.com/docs/account?topic=account-iamtoken_from_apikey
 */
export const scheme: Scheme = {
  id: "ibm-iam",
  secrets: ["key"],
  settings: ["url"],
  renews: true,
  authorize: async (request, { key = "" }, auth, context) => {
    const { url = "https://iam.cloud.ibm.com/identity/token" } = auth.with ?? {};
    const token = await context.tokens.get(`iam ${url} ${key}`, refusedToken(context), () =>
      requestToken(context.http, url, {
        apikey: key,
        grant_type: "urn:ibm:params:oauth:grant-type:apikey",
        response_type: "cloud_iam",
      }),
    );
    return withHeader(request, "authorization", `Bearer ${token}`);
  },
  simulated: (origin) => ({
    secrets: { key: "sim-key" },
    with: { url: `${origin}/identity/token` },
  }),
};
