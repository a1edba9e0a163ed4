import { createHash, createPrivateKey, sign } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { Scheme } from "../calling/auth/scheme.ts";
import type { HttpRequest } from "../transport/http.ts";

import { CredentialError } from "../calling/auth/credential-error.ts";
import { simulatedPrivateKey } from "../domain/request/simulated-key.ts";

/**
 * Oracle Cloud's request signature, version 1 (draft-cavage-http-signatures-08 with rsa-sha256). Secrets:
 * `tenancy`, `user`, `fingerprint` and `private_key`, a PEM text or the path to one.
 * Source: https://docs.oracle.com/iaas/Content/API/Concepts/signingrequests.htm
 */
export const scheme: Scheme = {
  id: "oci",
  secrets: ["tenancy", "user", "fingerprint", "private_key"],
  authorize: async (request, secrets, _auth, { now }) => {
    const { tenancy = "", user = "", fingerprint = "", private_key = "" } = secrets;
    const keyId = `${tenancy}/${user}/${fingerprint}`;
    return signed(request, { keyId, pem: await readPem(private_key) }, now());
  },
  simulated: () => ({
    secrets: {
      tenancy: "sim-tenancy",
      user: "sim-user",
      fingerprint: "sim-fingerprint",
      private_key: simulatedPrivateKey,
    },
  }),
};

/** The request with its date, the digest of its body and the signature over both. */
export function signed(
  request: HttpRequest,
  { keyId, pem }: { readonly keyId: string; readonly pem: string },
  now: Date,
): HttpRequest {
  const date = now.toUTCString();
  const { names, text, body } = signingText(request, date);
  const signature = sign("RSA-SHA256", Buffer.from(text), createPrivateKey(pem));
  const fields = [
    `version="1"`,
    `headers="${names.join(" ")}"`,
    `keyId="${keyId}"`,
    `algorithm="rsa-sha256"`,
    `signature="${signature.toString("base64")}"`,
  ];
  return {
    ...request,
    headers: {
      ...request.headers,
      date,
      ...body,
      authorization: `Signature ${fields.join(",")}`,
    },
  };
}

/** The text to sign, the names of its lines, and the body headers among them. */
export function signingText(request: HttpRequest, date: string) {
  const { host, pathname, search } = new URL(request.url);
  const target = `${request.method.toLowerCase()} ${pathname}${search}`;
  const body = request.body === null ? {} : bodyHeaders(request, request.body);
  const covered = Object.entries<string>({ date, "(request-target)": target, host, ...body });
  return {
    names: covered.map(([name]) => name),
    text: covered.map(([name, value]) => `${name}: ${value}`).join("\n"),
    body,
  };
}

const bodyHeaders = ({ headers }: HttpRequest, body: string) => ({
  "content-length": String(Buffer.byteLength(body)),
  "content-type": headers["content-type"] ?? "application/json",
  "x-content-sha256": createHash("sha256").update(body).digest("base64"),
});

async function readPem(key: string): Promise<string> {
  if (key.includes("PRIVATE KEY")) return key;
  try {
    return await readFile(key, "utf8");
  } catch {
    throw new CredentialError("auth", "the Oracle private key cannot be read");
  }
}
