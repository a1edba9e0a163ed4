import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";

import type { Scheme } from "../calling/auth/scheme.ts";
import type { HttpRequest } from "../transport/http.ts";

/**
 * AWS Signature Version 4 in the Authorization header. Secrets: `access_key_id`, `secret_access_key` and, with
 * temporary credentials, `session_token`; settings: `region`, `service` (default bedrock).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const scheme: Scheme = {
  id: "sigv4",
  secrets: ["access_key_id", "secret_access_key"],
  optional: ["session_token"],
  settings: ["region", "service"],
  authorize: async (request, secrets, auth, { now }) => {
    const { access_key_id = "", secret_access_key = "", session_token } = secrets;
    const { region = "us-east-1", service = "bedrock" } = auth.with ?? {};
    const signer = new SignatureV4({
      region,
      service,
      sha256: Hash.bind(null, "sha256"),
      credentials: {
        accessKeyId: access_key_id,
        secretAccessKey: secret_access_key,
        ...(session_token === undefined ? {} : { sessionToken: session_token }),
      },
    });
    const signed = await signer.sign(parts(request), { signingDate: now() });
    const { host: _, ...headers } = signed.headers;
    return { ...request, headers };
  },
  simulated: () => ({
    secrets: { access_key_id: "sim-access-key", secret_access_key: "sim-secret-key" },
  }),
};

/** The request in the signer's form. Its path is the one on the wire, which is encoded once more for the signature. */
function parts({ method, url, headers, body }: HttpRequest) {
  const { protocol, hostname, host, port, pathname, searchParams } = new URL(url);
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(searchParams.keys())) query[name] = searchParams.getAll(name);
  return {
    method,
    protocol,
    hostname,
    ...(port === "" ? {} : { port: Number(port) }),
    path: pathname,
    query,
    headers: { ...headers, host },
    ...(body === null ? {} : { body }),
  };
}
