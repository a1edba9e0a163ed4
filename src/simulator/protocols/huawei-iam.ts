import { randomUUID } from "node:crypto";

import { z } from "zod";

import type { ServedProtocol, SentHttp } from "../kit/protocol.ts";

import { noModels, refuse, respond } from "../kit/parts.ts";

const lifeS = 24 * 3600;
const Body = z.looseObject({
  auth: z.looseObject({
    identity: z.looseObject({
      methods: z.array(z.literal("hw_ak_sk")).min(1),
      hw_ak_sk: z.looseObject({
        access: z.looseObject({ key: z.string() }),
        secret: z.looseObject({ key: z.string() }),
      }),
    }),
    scope: z.looseObject({ project: z.looseObject({ name: z.string().min(1) }) }),
  }),
});

/** The token service of Huawei Cloud. It serves no model; its tokens are valid for a day. */
export const protocol: ServedProtocol = {
  id: "huawei-iam",
  route: () => null,
  authorise: () => null,
  decode: () => refuse("no such operation"),
  trouble: (trouble) => respond(400, { error_msg: trouble.message, error_code: "IAM.0011" }),
  models: noModels,
  whole: () => respond(404, {}),
  stream_headers: {},
  frames: () => [],
  trouble_frame: () => "",
  side: ({ method, path, body }) =>
    method === "POST" && path === "/v3/auth/tokens" ? granted(body) : null,
};

function granted(body: Buffer): SentHttp {
  const asked = Body.safeParse(parsed(body));
  if (!asked.success) {
    const message = asked.error.issues[0]?.path.join(".") ?? "";
    return respond(400, {
      error: { code: 400, message: `Invalid ${message}`, title: "Bad Request" },
    });
  }
  const { access, secret } = asked.data.auth.identity.hw_ak_sk;
  if (!access.key.startsWith("sim-") || !secret.key.startsWith("sim-")) {
    const message = "The access key or secret key is wrong.";
    return respond(401, { error: { code: 401, message, title: "Unauthorized" } });
  }
  const issued = Date.now();
  const expires = issued + lifeS * 1000;
  const token = {
    issued_at: new Date(issued).toISOString(),
    expires_at: new Date(expires).toISOString(),
    project: asked.data.auth.scope.project,
  };
  return respond(201, { token }, { "x-subject-token": `sim-token-${expires}-${randomUUID()}` });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
