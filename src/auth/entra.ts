import { type Scheme, withHeader } from "../calling/auth/scheme.ts";
import { refusedToken, requestToken } from "../calling/auth/token-request.ts";

/**
 * A Microsoft Entra token from client credentials. Secrets: `tenant_id`, `client_id`, `client_secret`; settings:
 * `authority` (default the public cloud) and `scope` (default Azure's cognitive services).
 * Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export const scheme: Scheme = {
  id: "entra",
  secrets: ["tenant_id", "client_id", "client_secret"],
  settings: ["authority", "scope"],
  renews: true,
  authorize: async (request, secrets, auth, context) => {
    const { tenant_id = "", client_id = "", client_secret = "" } = secrets;
    const {
      authority = "https://login.microsoftonline.com",
      scope = "https://cognitiveservices.azure.com/.default",
    } = auth.with ?? {};
    const url = `${authority}/${tenant_id}/oauth2/v2.0/token`;
    const key = ["entra", url, client_id, scope].join(" ");
    const token = await context.tokens.get(key, refusedToken(context), () =>
      requestToken(context.http, url, {
        client_id,
        client_secret,
        scope,
        grant_type: "client_credentials",
      }),
    );
    return withHeader(request, "authorization", `Bearer ${token}`);
  },
  simulated: (origin) => ({
    secrets: { tenant_id: "sim-tenant", client_id: "sim-client", client_secret: "sim-secret" },
    with: { authority: origin },
  }),
};
