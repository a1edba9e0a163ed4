import type { Token } from "../calling/auth/tokens.ts";
import type { HttpRequest } from "../transport/http.ts";

import { type Scheme, type Secrets, withHeader } from "../calling/auth/scheme.ts";
import {
  callTokenEndpoint,
  type TokenAnswer,
  tokenRefusal,
} from "../calling/auth/token-request.ts";

const header = "x-auth-token";
const defaultLifeS = 24 * 3600;

/**
 * A project token of Huawei Cloud's IAM for an access key, sent in the header `X-Auth-Token`. Secrets: `access_key`,
 * `secret_key`; settings: `region`, `project` (by name, default the region's) and `url` of the service. The token is
 * returned in a header and valid for a day.
 * Source: https://support.huaweicloud.com/api-iam/iam_30_0020.html
 */
export const scheme: Scheme = {
  id: "huawei-iam",
  secrets: ["access_key", "secret_key"],
  settings: ["region", "project", "url"],
  renews: true,
  authorize: async (request, secrets, auth, context) => {
    const { region = "cn-southwest-2", project: named = "" } = auth.with ?? {};
    const project = named === "" ? region : named;
    const url = auth.with?.["url"] ?? `https://iam.${region}.myhuaweicloud.com`;
    const key = ["huawei", url, project, secrets["access_key"]].join(" ");
    const refused = context.refused?.headers[header] ?? null;
    const token = await context.tokens.get(key, refused, async () => {
      const tokenCall = tokenRequest(`${url}/v3/auth/tokens`, secrets, project);
      return tokenIn(await callTokenEndpoint(context.http, tokenCall));
    });
    return withHeader(request, header, token);
  },
  simulated: (origin) => ({
    secrets: { access_key: "sim-access-key", secret_key: "sim-secret-key" },
    with: { url: origin },
  }),
};

function tokenRequest(
  url: string,
  { access_key = "", secret_key = "" }: Secrets,
  project: string,
): HttpRequest {
  const identity = {
    methods: ["hw_ak_sk"],
    hw_ak_sk: { access: { key: access_key }, secret: { key: secret_key } },
  };
  return {
    method: "POST",
    url,
    headers: { "content-type": "application/json;charset=utf8", accept: "application/json" },
    body: JSON.stringify({ auth: { identity, scope: { project: { name: project } } } }),
  };
}

function tokenIn(answer: TokenAnswer): Token {
  const { status, headers, json } = answer;
  const value = headers["x-subject-token"];
  if (status === 201 && typeof value === "string" && value !== "") {
    return { value, expires_in_s: lifeOf(objectIn(json["token"])) };
  }
  const inner = objectIn(json["error"]);
  throw tokenRefusal(answer, Object.keys(inner).length === 0 ? json : inner);
}

/** Computed from the vendor's own clock, because ours may be wrong. */
function lifeOf({ issued_at, expires_at }: Readonly<Record<string, unknown>>): number {
  const life = (Date.parse(String(expires_at)) - Date.parse(String(issued_at))) / 1000;
  return Number.isFinite(life) && life > 0 ? life : defaultLifeS;
}

const objectIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};
