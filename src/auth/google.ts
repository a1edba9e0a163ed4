import { createPrivateKey, sign } from "node:crypto";
import { readFile } from "node:fs/promises";

import { z } from "zod";

import { CredentialError } from "../calling/auth/credential-error.ts";
import { type Scheme, withHeader } from "../calling/auth/scheme.ts";
import { refusedToken, requestToken } from "../calling/auth/token-request.ts";
import { simulatedPrivateKey } from "../domain/request/simulated-key.ts";

const ServiceAccount = z.looseObject({
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string().optional(),
  token_uri: z.string().default("https://oauth2.googleapis.com/token"),
});
export type ServiceAccount = z.infer<typeof ServiceAccount>;

const cloudScope = "https://www.googleapis.com/auth/cloud-platform";
const grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const lifeS = 3600;

/**
 * An access token of a Google service account, obtained with a signed JWT (RFC 7523). The secret is the key file's
 * path or its JSON text.
 * Source: https://developers.google.com/identity/protocols/oauth2/service-account#httprest
 */
export const scheme: Scheme = {
  id: "google",
  secrets: ["key"],
  renews: true,
  authorize: async (request, { key = "" }, _auth, context) => {
    const token = await context.tokens.get(`google ${key}`, refusedToken(context), async () => {
      const account = await readAccount(key);
      const assertion = assertionOf(account, context.now());
      return requestToken(context.http, account.token_uri, { grant_type: grantType, assertion });
    });
    return withHeader(request, "authorization", `Bearer ${token}`);
  },
  simulated: (origin) => ({
    secrets: {
      key: JSON.stringify({
        type: "service_account",
        client_email: "sim@baimo.example",
        private_key: simulatedPrivateKey,
        private_key_id: "sim",
        token_uri: `${origin}/token`,
      }),
    },
  }),
};

/** The signed JWT that is exchanged for a token. */
export function assertionOf(account: ServiceAccount, now: Date): string {
  const { client_email, private_key, private_key_id, token_uri } = account;
  const issued = Math.floor(now.getTime() / 1000);
  const kid = private_key_id === undefined ? {} : { kid: private_key_id };
  const header = { alg: "RS256", typ: "JWT", ...kid };
  const claims = {
    iss: client_email,
    scope: cloudScope,
    aud: token_uri,
    iat: issued,
    exp: issued + lifeS,
  };
  const input = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const signature = sign("RSA-SHA256", Buffer.from(input), createPrivateKey(private_key));
  return `${input}.${signature.toString("base64url")}`;
}

async function readAccount(key: string): Promise<ServiceAccount> {
  try {
    const text = key.trimStart().startsWith("{") ? key : await readFile(key, "utf8");
    return ServiceAccount.parse(JSON.parse(text));
  } catch {
    // The cause may hold the private key.
    throw new CredentialError("auth", "the Google key is no service account key file");
  }
}
