import { createHmac } from "node:crypto";

import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, Trouble } from "../kit/exchange.ts";
import type { Meta, ServedProtocol, ReceivedHttp } from "../kit/protocol.ts";

import { decodeBody, deltaFrames, frame, noModels, respond } from "../kit/parts.ts";

const operation = /\/(?:v\d\.\d\/chat|chat\/[a-z0-9-]+|v1\/x1)$/;
const accounts = new Map([["sim-id", "sim-secret"]]);
const skewS = 300;

const Body = z.looseObject({
  header: z.looseObject({ app_id: z.string().min(1), uid: z.string().max(32).optional() }),
  parameter: z.looseObject({
    chat: z.looseObject({
      domain: z.string().min(1),
      temperature: z.number().gt(0).max(2).optional(),
      top_k: z.int().min(1).max(6).optional(),
      max_tokens: z.int().positive().optional(),
      thinking: z.looseObject({ type: z.enum(["enabled", "disabled", "auto"]) }).optional(),
    }),
  }),
  payload: z.looseObject({
    message: z.looseObject({
      text: z
        .array(
          z.looseObject({ role: z.enum(["system", "user", "assistant"]), content: z.string() }),
        )
        .min(1),
    }),
  }),
});

/** The HTTP API has the same codes. */
export const sparkCodes: Partial<Record<Outcome, readonly [code: number, message: string]>> = {
  auth: [10016, "AppIdNoAuthError"],
  permission: [10015, "AppIdBlacklisted"],
  "model-not-found": [10163, "ParamValidationError"],
  "bad-request": [10005, "InvalidParamError"],
  "context-overflow": [10907, "TokenLimitError"],
  "filtered-input": [10013, "InputAuditError"],
  "filtered-output": [10014, "OutputAuditError"],
  "rate-limited": [11202, "AppIdQpsOverFlowError"],
  quota: [11201, "DailyLimitError"],
  overloaded: [10008, "ServiceCapacityError"],
  timeout: [10222, "EngineNetworkError"],
  server: [10012, "EngineInternalError"],
};

/** 讯飞星火 over a WebSocket. There are no finish reasons, and an error is a frame. */
export const protocol: ServedProtocol = {
  id: "spark",
  upgrades: true,
  route: (method, path) => (method === "GET" && operation.test(path) ? "chat" : null),
  authorise,
  decode: (request) =>
    decodeBody(request, Body, ({ parameter: { chat }, payload }) => ({
      model: chat.domain,
      messages: payload.message.text.map(({ role, content }) => ({ role, text: content })),
      stream: true,
      include_usage: true,
      max_tokens: chat.max_tokens ?? null,
      stop: [],
      thinking: chat.thinking === undefined ? null : chat.thinking.type !== "disabled",
    })),
  trouble: (trouble, meta) =>
    trouble.outcome === "auth" && trouble.status !== undefined
      ? respond(trouble.status, { message: trouble.message })
      : respond(trouble.status ?? 200, refusal(trouble, meta)),
  models: noModels,
  whole: () => respond(404, {}),
  stream_headers: {},
  frames: (_chat, answer, paced, meta) => {
    let seq = 0;
    const event = (status: number, text: object, more: object = {}) => {
      const choices = {
        status,
        seq,
        text: [{ role: "assistant", index: 0, content: "", ...text }],
      };
      seq += 1;
      const header = { code: 0, message: "Success", sid: meta.request_id, status };
      return JSON.stringify({ header, payload: { choices, ...more } });
    };
    const deltas = deltaFrames(paced, (part, text) =>
      event(seq === 0 ? 0 : 1, part === "text" ? { content: text } : { reasoning_content: text }),
    );
    const usage = { usage: { text: countsOf(answer) } };
    const cut: Trouble = { outcome: "filtered-output", message: "" };
    const end =
      answer.finish === "filter"
        ? JSON.stringify({ ...refusal(cut, meta), payload: usage })
        : event(2, {}, usage);
    return [...deltas, frame("finish", paced.end_ms, end)];
  },
  trouble_frame: (trouble, meta) => JSON.stringify(refusal(trouble, meta)),
};

function refusal({ outcome, message, code }: Trouble, { request_id }: Meta) {
  const [number, name] = sparkCodes[outcome] ?? [10012, "EngineInternalError"];
  const text = outcome === "overloaded" ? message : `${name}: ${message}`;
  const header = {
    code: code === undefined ? number : Number(code),
    message: text,
    sid: request_id,
    status: 2,
  };
  return { header };
}

const countsOf = ({ usage }: Answer) => ({
  question_tokens: usage.input,
  prompt_tokens: usage.input,
  completion_tokens: usage.output,
  total_tokens: usage.input + usage.output,
  completion_tokens_details: { reasoning_tokens: usage.reasoning },
});

/** Checks the signed URL with the simulator's own implementation. */
function authorise({ path, query, headers }: ReceivedHttp): Trouble | null {
  const given = Buffer.from(query.get("authorization") ?? "", "base64").toString("utf8");
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(given)?.[1] ?? "";
  const secret = accounts.get(field("api_key"));
  const date = query.get("date") ?? "";
  if (secret === undefined) return denied(401, "HMAC signature cannot be verified");
  if (!(Math.abs(Date.parse(date) - Date.now()) < skewS * 1000)) {
    return denied(
      403,
      "HMAC signature cannot be verified, a valid date or x-date header is required",
    );
  }
  const lines = [`host: ${headers.host ?? ""}`, `date: ${date}`, `GET ${path} HTTP/1.1`];
  const expected = createHmac("sha256", secret).update(lines.join("\n")).digest("base64");
  const good = field("signature") === expected && query.get("host") === headers.host;
  return good ? null : denied(403, "HMAC signature does not match");
}

const denied = (status: number, message: string): Trouble => ({ outcome: "auth", status, message });
