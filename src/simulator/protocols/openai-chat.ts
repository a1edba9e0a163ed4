import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { OpenAiDialect } from "../kit/dialect.ts";
import type { Answer, ChatRequest, Paced, Trouble } from "../kit/exchange.ts";
import type {
  Frame,
  FrameKind,
  Meta,
  ServedProtocol,
  Stamp,
  ReceivedHttp,
} from "../kit/protocol.ts";

import { dialectOf } from "../kit/dialects.ts";
import { dialectMessage, openAiDialectOf, dialectUsage, vendorIn } from "../kit/openai-dialect.ts";
import {
  calledOf,
  callPieces,
  OpenAiMessage,
  OpenAiTool,
  strayResult,
  talkOf,
} from "../kit/openai-talk.ts";
import { bearerOf, headerOf, keyTrouble, modelIn } from "../kit/parts.ts";

const Body = z.looseObject({
  /** Where it is missing, the deployment in the path names the model. */
  model: z.string().min(1).optional(),
  messages: z.array(OpenAiMessage).min(1),
  stream: z.boolean().nullish(),
  tools: z.array(OpenAiTool).nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  n: z.int().min(1).max(8).nullish(),
  enable_thinking: z.boolean().nullish(),
  thinking: z.looseObject({ type: z.string() }).nullish(),
  reasoning_effort: z.string().nullish(),
  reasoning: z.looseObject({ effort: z.string().optional() }).nullish(),
  chat_template_kwargs: z.looseObject({ enable_thinking: z.boolean().optional() }).nullish(),
});

/** Status, `type` and `code` of the errors, as OpenAI sends them and its compatible vendors imitate. */
const errors: Partial<
  Record<Outcome, readonly [status: number, type: string, code: string | null]>
> = {
  auth: [401, "invalid_request_error", "invalid_api_key"],
  permission: [403, "permission_error", "permission_denied"],
  "model-not-found": [404, "invalid_request_error", "model_not_found"],
  "bad-request": [400, "invalid_request_error", null],
  "context-overflow": [400, "invalid_request_error", "context_length_exceeded"],
  "filtered-input": [400, "invalid_request_error", "content_filter"],
  "rate-limited": [429, "requests", "rate_limit_exceeded"],
  quota: [429, "insufficient_quota", "insufficient_quota"],
  overloaded: [503, "server_error", "server_overloaded"],
  timeout: [408, "timeout", "request_timeout"],
};
const finishNames = { stop: "stop", length: "length", filter: "content_filter" } as const;

/** Where no vendor is imitated the interface lies below `/v1` alone, so that a rehearsal shows a wrong address too. */
const own = /\/v1\//;

/** OpenAI chat completions under `/v1`, and every vendor's path that ends in `/chat/completions`. */
export const protocol: ServedProtocol = {
  id: "openai-chat",
  route: (method, path) => {
    if (!own.test(path) && vendorIn({ path }) === null) return null;
    if (method === "POST" && path.endsWith("/chat/completions")) return "chat";
    return method === "GET" && path.endsWith("/models") ? "models" : null;
  },
  authorise,
  decode,
  trouble: (trouble, meta) => {
    const [status, body] = errorBody(trouble, meta);
    return { status, headers: json, body };
  },
  models: (models, { created }) => ({
    status: 200,
    headers: json,
    body: JSON.stringify({
      object: "list",
      data: models.map(({ id, owner }) => ({ id, object: "model", created, owned_by: owner })),
    }),
  }),
  whole: (chat, answer, meta) => {
    const dialect = openAiDialectOf(chat.vendor);
    const thought = answer.reasoning === "" ? null : answer.reasoning;
    const message = dialectMessage(dialect, thought, answer.text);
    const body = {
      id: `chatcmpl-${meta.request_id}`,
      object: "chat.completion",
      created: meta.created,
      model: chat.model,
      choices: indices(chat).map((index) => ({
        index,
        message: {
          role: "assistant",
          ...message,
          ...(answer.calls === undefined ? {} : { tool_calls: answer.calls.map(calledOf) }),
          refusal: null,
        },
        logprobs: null,
        finish_reason: finishOf(answer, dialect),
      })),
      usage: dialectUsage(timesN(answer, chat), dialect),
      system_fingerprint: fingerprint,
      ...stampFields(meta.stamp),
    };
    return { status: 200, headers: json, body: JSON.stringify(dialect.whole?.(body) ?? body) };
  },
  stream_headers: {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
  },
  frames,
  trouble_frame: (trouble, meta) =>
    `${openAiDialectOf(meta.vendor).prefix ?? usualPrefix}${errorBody(trouble, meta)[1]}\n\n`,
};

const indices = ({ n = 1 }: ChatRequest): readonly number[] =>
  Array.from({ length: n }, (_, index) => index);

/** The prompt is counted once, and every answer by itself. */
function timesN(answer: Answer, { n = 1 }: ChatRequest): Answer {
  const { output, reasoning } = answer.usage;
  return { ...answer, usage: { ...answer.usage, output: output * n, reasoning: reasoning * n } };
}

const json = { "content-type": "application/json" };
const fingerprint = "fp_simulated";
const usualPrefix = "data: ";
const deployment = /\/deployments\/([^/]+)\//;

const finishOf = ({ finish, calls }: Answer, dialect: OpenAiDialect): string =>
  calls !== undefined && finish === "stop"
    ? "tool_calls"
    : (dialect.finish?.[finish] ?? finishNames[finish]);

function authorise(request: ReceivedHttp): Trouble | null {
  const { open, key_header } = openAiDialectOf(vendorIn(request));
  if (open === true) return null;
  const own = key_header === undefined ? undefined : headerOf(request, key_header);
  return keyTrouble(own ?? bearerOf(request));
}

function decode(request: ReceivedHttp): { chat: ChatRequest } | { trouble: Trouble } {
  let raw: unknown;
  try {
    raw = JSON.parse(request.body.toString("utf8"));
  } catch {
    return refuse("We could not parse the JSON body of your request.");
  }
  const parsed = Body.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(`Invalid value for '${issue?.path.join(".") ?? ""}': ${issue?.message ?? ""}`);
  }
  const asked = parsed.data;
  const model = asked.model ?? (modelIn(request, deployment) || null);
  if (model === null) return refuse("you must provide a model parameter");
  const stray = strayResult(asked.messages);
  if (stray !== null) return refuse(stray);
  return {
    chat: {
      model,
      messages: talkOf(asked.messages),
      tools: (asked.tools ?? []).map((tool) => tool.function.name),
      stream: asked.stream ?? false,
      include_usage: asked.stream_options?.include_usage ?? false,
      max_tokens: asked.max_completion_tokens ?? asked.max_tokens ?? null,
      stop: [asked.stop ?? []].flat(),
      thinking: thinkingOf(asked),
      n: asked.n ?? 1,
      vendor: vendorIn(request),
    },
  };
}

const refuse = (message: string) => ({ trouble: { outcome: "bad-request", message } as const });

function thinkingOf(asked: z.infer<typeof Body>): boolean | null {
  if (asked.enable_thinking != null) return asked.enable_thinking;
  if (asked.thinking != null) return asked.thinking.type !== "disabled";
  const template = asked.chat_template_kwargs?.enable_thinking;
  if (template !== undefined) return template;
  if (asked.reasoning?.effort !== undefined) return asked.reasoning.effort !== "none";
  if (asked.reasoning_effort != null) return asked.reasoning_effort !== "none";
  return null;
}

function errorBody(trouble: Trouble, { vendor, request_id }: Meta): readonly [number, string] {
  const [usual, kind, name] = errors[trouble.outcome] ?? [500, "server_error", "internal_error"];
  const { outcome, message, status = usual, type = kind, code = name } = trouble;
  const { error_body } = dialectOf(vendor);
  const body = error_body?.({ outcome, status, type, code, message, request_id }) ?? {
    error: { message, type, param: null, code },
    request_id,
  };
  return [status, JSON.stringify(body)];
}

const stampFields = (stamp: Stamp | null) =>
  stamp === null ? {} : { baimo_stamp: stamp.now, baimo_received: stamp.received };

function frames(chat: ChatRequest, answer: Answer, paced: Paced, meta: Meta): readonly Frame[] {
  const dialect = openAiDialectOf(chat.vendor);
  const prefix = dialect.prefix ?? usualPrefix;
  const common = {
    id: `chatcmpl-${meta.request_id}`,
    object: "chat.completion.chunk",
    created: meta.created,
    model: chat.model,
    system_fingerprint: fingerprint,
  };
  let textSoFar = "";
  const frame = (kind: FrameKind, at_ms: number, part: object): Frame => {
    const facts = { kind, answer, textSoFar };
    const render = (stamp: Stamp | null) => {
      const body = { ...common, ...part, ...stampFields(stamp) };
      return `${prefix}${JSON.stringify(dialect.event?.(body, facts) ?? body)}\n\n`;
    };
    return { kind, at_ms, render };
  };
  const usage = dialectUsage(timesN(answer, chat), dialect);
  const choice = (
    index: number,
    delta: object,
    finish_reason: string | null,
    extra: object = {},
  ) => ({
    choices: [{ index, delta, logprobs: null, finish_reason }],
    ...(chat.include_usage && dialect.null_usage !== false ? { usage: null } : {}),
    ...extra,
  });
  /** The same piece for every choice. */
  const each = (
    kind: FrameKind,
    at_ms: number,
    delta: object,
    ...rest: [string | null, object?]
  ): readonly Frame[] =>
    indices(chat).map((index) => frame(kind, at_ms, choice(index, delta, ...rest)));
  const thinks = answer.reasoning !== "" && dialect.reasoning !== "parts";
  const start = { role: "assistant", ...dialectMessage(dialect, thinks ? "" : null, "") };
  const { headers_ms, end_ms } = paced;
  const filter = { choices: [], prompt_filter_results: [{ prompt_index: 0 }] };
  const hasUsage = dialect.usage !== "finish" && (chat.include_usage || dialect.usage === "always");
  const last = {
    x_groq: { x_groq: { id: meta.request_id, usage } },
    finish: { usage },
    always: {},
  }[dialect.usage ?? "always"];
  return [
    ...(dialect.comments === true ? [comment(headers_ms)] : []),
    ...(dialect.filter_chunk === true ? [frame("role", headers_ms, filter)] : []),
    ...each("role", headers_ms, start, null),
    ...paced.deltas.flatMap(({ part, text, at_ms }) => {
      const thought = part === "reasoning" ? text : null;
      if (part === "text") textSoFar += text;
      const delta = dialectMessage(dialect, thought, thought === null ? text : null);
      return each(part, at_ms, delta, null);
    }),
    ...callPieces(answer.calls).flatMap((piece) =>
      each("text", end_ms, { tool_calls: [piece] }, null),
    ),
    ...each("finish", end_ms, {}, finishOf(answer, dialect), last),
    ...(hasUsage ? [frame("usage", end_ms, { choices: [], usage })] : []),
    { kind: "done", at_ms: end_ms, render: () => `${prefix}[DONE]\n\n` },
  ];
}

const comment = (at_ms: number): Frame => ({
  kind: "comment",
  at_ms,
  render: () => ": OPENROUTER PROCESSING\n\n",
});
