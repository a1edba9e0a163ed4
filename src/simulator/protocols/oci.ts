import { createHash, createPublicKey, verify } from "node:crypto";

import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, ChatRequest, Trouble } from "../kit/exchange.ts";
import type { ServedProtocol, ReceivedHttp } from "../kit/protocol.ts";

import { simulatedPrivateKey } from "../../domain/request/simulated-key.ts";
import {
  bearerOf,
  Content,
  decodeBody,
  deltaFrames,
  eventStream,
  frame,
  keyTrouble,
  noModels,
  respond,
  contentText,
} from "../kit/parts.ts";

const Body = z.looseObject({
  compartmentId: z.string().min(1),
  servingMode: z.looseObject({
    servingType: z.enum(["ON_DEMAND", "DEDICATED"]),
    modelId: z.string().optional(),
    endpointId: z.string().optional(),
  }),
  chatRequest: z.looseObject({
    apiFormat: z.literal("GENERIC"),
    messages: z
      .array(
        z.looseObject({
          role: z.enum(["SYSTEM", "USER", "ASSISTANT", "DEVELOPER"]),
          content: Content,
        }),
      )
      .min(1),
    maxTokens: z.int().positive().optional(),
    maxCompletionTokens: z.int().positive().optional(),
    temperature: z.number().min(0).max(2).optional(),
    stop: z.array(z.string()).optional(),
    isStream: z.boolean().optional(),
    reasoningEffort: z.enum(["NONE", "MINIMAL", "LOW", "MEDIUM", "HIGH"]).optional(),
  }),
});

const errors: Partial<Record<Outcome, readonly [status: number, code: string]>> = {
  auth: [401, "NotAuthenticated"],
  permission: [403, "NotAuthorized"],
  "model-not-found": [404, "NotAuthorizedOrNotFound"],
  "bad-request": [400, "InvalidParameter"],
  "context-overflow": [400, "InvalidParameter"],
  "filtered-input": [400, "ContentFilter"],
  "rate-limited": [429, "TooManyRequests"],
  quota: [400, "QuotaExceeded"],
  overloaded: [503, "ServiceUnavailable"],
};

const publicKey = createPublicKey(simulatedPrivateKey);

/** Oracle OCI Generative AI in its generic format; signatures are checked. */
export const protocol: ServedProtocol = {
  id: "oci",
  route: (method, path) => (method === "POST" && path.endsWith("/actions/chat") ? "chat" : null),
  authorise: (request) => {
    const key = bearerOf(request);
    return key === undefined ? signatureTrouble(request) : keyTrouble(key);
  },
  decode: (request) =>
    decodeBody(request, Body, ({ servingMode, chatRequest }) => ({
      model: servingMode.modelId ?? servingMode.endpointId ?? "",
      messages: chatRequest.messages.map(({ role, content }) => ({
        role: roles[role],
        text: contentText(content),
      })),
      stream: chatRequest.isStream ?? false,
      include_usage: true,
      max_tokens: chatRequest.maxTokens ?? chatRequest.maxCompletionTokens ?? null,
      stop: chatRequest.stop ?? [],
      thinking:
        chatRequest.reasoningEffort === undefined ? null : chatRequest.reasoningEffort !== "NONE",
    })),
  trouble: (trouble, meta) => {
    const { status, body } = troubleBody(trouble);
    return respond(status, body, { "opc-request-id": meta.request_id });
  },
  models: noModels,
  whole: (chat, answer, meta) => {
    const content = [{ type: "TEXT", text: answer.text }];
    const thought = answer.reasoning === "" ? {} : { reasoningContent: answer.reasoning };
    const message = { role: "ASSISTANT", content, ...thought };
    const choice = { index: 0, message, finishReason: finishes[answer.finish] };
    const chatResponse = {
      apiFormat: "GENERIC",
      timeCreated: new Date(meta.created * 1000).toISOString(),
      choices: [choice],
      usage: usageOf(answer),
    };
    return respond(200, { modelId: chat.model, modelVersion: "1.0", chatResponse });
  },
  // Oracle's SDK does not recognise a stream whose content type has a charset.
  stream_headers: { ...eventStream, "content-type": "text/event-stream" },
  frames: (_chat: ChatRequest, answer, paced) => {
    const event = (fields: object) => `data: ${JSON.stringify({ index: 0, ...fields })}\n\n`;
    const deltas = deltaFrames(paced, (part, text) => {
      const content = [{ type: "TEXT", text }];
      const piece = part === "text" ? { content } : { reasoningContent: text };
      return event({ message: { role: "ASSISTANT", ...piece }, pad: "aaa" });
    });
    const end = event({ finishReason: finishes[answer.finish], usage: usageOf(answer) });
    return [...deltas, frame("finish", paced.end_ms, end)];
  },
  trouble_frame: (trouble) => `data: ${JSON.stringify(troubleBody(trouble).body)}\n\n`,
};

const roles = {
  SYSTEM: "system",
  DEVELOPER: "system",
  USER: "user",
  ASSISTANT: "assistant",
} as const;
const finishes = { stop: "stop", length: "length", filter: "content_filter" } as const;

const usageOf = ({ usage }: Answer) => ({
  promptTokens: usage.input,
  completionTokens: usage.output,
  totalTokens: usage.input + usage.output,
  promptTokensDetails: { cachedTokens: usage.cached_input },
  completionTokensDetails: { reasoningTokens: usage.reasoning },
});

function troubleBody(trouble: Trouble) {
  const [status, code] = errors[trouble.outcome] ?? [500, "InternalServerError"];
  const message =
    trouble.outcome === "context-overflow"
      ? `This model's maximum context length is passed. ${trouble.message}`
      : trouble.message;
  return { status: trouble.status ?? status, body: { code: trouble.code ?? code, message } };
}

const fields = /^Signature (.+)$/;

/** Version 1 of Oracle's request signatures: the listed headers in their order, and the digest of the body. */
function signatureTrouble({ method, path, query, headers, body }: ReceivedHttp): Trouble | null {
  const text = fields.exec(headers.authorization ?? "")?.[1] ?? "";
  const given = Object.fromEntries(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const search = query.size === 0 ? "" : `?${query.toString()}`;
  // Oracle's SDK lists some of them in upper case and signs them in lower case.
  const names = (given["headers"] ?? "").toLowerCase().split(" ");
  const signed = names
    .map((name) =>
      name === "(request-target)"
        ? `${name}: ${method.toLowerCase()} ${path}${search}`
        : `${name}: ${String(headers[name] ?? "")}`,
    )
    .join("\n");
  const digest = createHash("sha256").update(body).digest("base64");
  const signature = Buffer.from(given["signature"] ?? "", "base64");
  const good =
    given["keyId"]?.startsWith("sim-") === true &&
    headers["x-content-sha256"] === digest &&
    ["(request-target)", "host", "x-content-sha256"].every((name) => names.includes(name)) &&
    verify("RSA-SHA256", Buffer.from(signed), publicKey, signature);
  return good
    ? null
    : {
        outcome: "auth",
        message:
          "The required information to complete authentication was not provided or was incorrect.",
      };
}
