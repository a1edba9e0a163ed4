import { randomUUID } from "node:crypto";

import type { ReceivedHttp, SentHttp } from "../kit/protocol.ts";

import { bceTrouble } from "../kit/bce.ts";
import { respond, sideOnly } from "../kit/parts.ts";

const monthS = 2_592_000;

/** Baidu's token endpoints. They serve no model. */
export const protocol = sideOnly("baidu-tokens", (request) => {
  const { method, path } = request;
  if (method === "POST" && path === "/oauth/2.0/token") return oauth(request);
  return method === "GET" && path === "/v1/BCE-BEARER/token" ? bearer(request) : null;
});

function oauth({ query }: ReceivedHttp): SentHttp {
  const good = ["client_id", "client_secret"].every(
    (name) => query.get(name)?.startsWith("sim-") === true,
  );
  if (!good || query.get("grant_type") !== "client_credentials") {
    return respond(401, { error: "invalid_client", error_description: "unknown client id" });
  }
  return respond(200, { access_token: token(monthS), expires_in: monthS, session_key: "" });
}

function bearer(request: ReceivedHttp): SentHttp {
  const trouble = bceTrouble(request, ["host"]);
  if (trouble !== null) return respond(401, { code: "IamSignatureInvalid", ...trouble });
  const life = Number(request.query.get("expireInSeconds") ?? 1800);
  return respond(201, {
    userId: "sim",
    token: token(life),
    status: "enable",
    createTime: new Date().toISOString(),
    expireTime: new Date(Date.now() + life * 1000).toISOString(),
  });
}

/** Tokens contain their expiry time. */
const token = (life_s: number): string => `sim-token-${Date.now() + life_s * 1000}-${randomUUID()}`;
