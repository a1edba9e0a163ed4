import { createPublicKey, randomUUID, verify } from "node:crypto";

import type { ReceivedHttp, SentHttp } from "../kit/protocol.ts";

import { simulatedPrivateKey } from "../../domain/request/simulated-key.ts";
import { respond, sideOnly } from "../kit/parts.ts";

const lifeS = 3600;
const publicKey = createPublicKey(simulatedPrivateKey);

/** Token endpoints of Google, Microsoft and IBM. They serve no model; their tokens are valid for an hour. */
export const protocol = sideOnly("tokens", (request) => {
  if (request.method !== "POST") return null;
  if (request.path === "/identity/token") return ibm(formOf(request));
  if (request.path === "/token") return google(formOf(request));
  return /^\/[^/]+\/oauth2\/v2\.0\/token$/.test(request.path) ? entra(formOf(request)) : null;
});

const formOf = ({ body }: ReceivedHttp): URLSearchParams => new URLSearchParams(body.toString());

function ibm(form: URLSearchParams): SentHttp {
  if (form.get("apikey")?.startsWith("sim-") === true) return granted();
  return respond(400, {
    errorCode: "BXNIM0415E",
    errorMessage: "Provided API key could not be found.",
  });
}

function google(form: URLSearchParams): SentHttp {
  const [head = "", claims = "", signature = ""] = (form.get("assertion") ?? "").split(".");
  const bytes = Buffer.from(`${head}.${claims}`);
  const good = verify("RSA-SHA256", bytes, publicKey, Buffer.from(signature, "base64url"));
  return good
    ? granted()
    : respond(400, {
        error: "invalid_grant",
        error_description: "Invalid JWT Signature.",
      });
}

function entra(form: URLSearchParams): SentHttp {
  if (form.get("client_secret")?.startsWith("sim-") === true) return granted();
  return respond(401, {
    error: "invalid_client",
    error_description: "AADSTS7000215: Invalid client secret provided.",
  });
}

/** Tokens contain their expiry time. */
const granted = (): SentHttp =>
  respond(200, {
    access_token: `sim-token-${Date.now() + lifeS * 1000}-${randomUUID()}`,
    token_type: "Bearer",
    expires_in: lifeS,
    expiration: Math.floor(Date.now() / 1000) + lifeS,
  });
