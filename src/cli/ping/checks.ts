import type { CallRequest } from "../../calling/protocol.ts";
import type { Reply } from "../../domain/call.ts";
import type { Params } from "../../domain/params.ts";
import type { Text } from "../../domain/text.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";

import { isFiltered, isGraded } from "../../domain/outcome.ts";
import { Thinking } from "../../domain/params.ts";
import { probeTexts } from "../../domain/request/probe-texts.ts";
import { thinkingRule } from "../../domain/request/thinking.ts";

/** Whether a reply showed what a check is for: null where both are well, or the vendor was asked for nothing. */
type Shown = { readonly ok: boolean | null; readonly words: Text };

/** One small call that shows one thing of a vendor's interface. */
export type FullCheck = {
  /** Stands in recordings; a check that changes takes another. */
  readonly id: string;
  readonly title: Text;
  /** Sent with a key that is no key. */
  readonly wrong_key?: true;
  readonly call: Omit<CallRequest, "endpoint">;
  /** Changes the vendor's dialect for this call. */
  readonly request?: CallRequest["endpoint"]["request"];
  readonly show: (reply: Reply) => Shown;
};

/** Most calls that one target is asked for. */
export const mostChecks = 20;

/** What a model is asked to show, in the order in which it is asked. */
export function fullChecks({ entry, endpoint }: ResolvedTarget): readonly FullCheck[] {
  const { model, protocol } = entry;
  const ask = (text: string, params: Params, more: Partial<CallRequest> = {}) => ({
    model,
    messages: [{ role: "user" as const, text }],
    params,
    ...more,
  });
  const checks: readonly FullCheck[] = [
    {
      id: "stream",
      title: { zh: "流式与用量", en: "streamed, with usage" },
      call: ask(probeTexts.hello, { max_tokens: 64 }),
      show: (reply) => graded(reply, reply.text !== "" && reply.usage.input !== null),
    },
    ...(protocol === "openai-chat"
      ? [
          {
            id: "whole",
            title: { zh: "非流式", en: "in one piece" },
            call: ask(probeTexts.hello, { max_tokens: 64 }),
            request: { body: { stream: false, stream_options: null } },
            show: (reply: Reply) => graded(reply, reply.text !== ""),
          },
        ]
      : []),
    {
      id: "stop",
      title: { zh: "停止词", en: "stop word" },
      call: ask(probeTexts.stop, { max_tokens: 64, stop: ["五"] }),
      show: (reply) => sent(reply, "stop") ?? graded(reply, !reply.text.includes("六")),
    },
    {
      id: "length",
      title: { zh: "长度上限", en: "length limit" },
      call: ask(probeTexts.length, { max_tokens: 16, ...off(endpoint.request) }),
      show: (reply) => sent(reply, "max_tokens") ?? graded(reply, reply.outcome === "length"),
    },
    ...wordsOf(endpoint.request).map((word): FullCheck => ({
      id: `thinking-${word}`,
      title: { zh: `思考 ${word}`, en: `thinking ${word}` },
      call: ask(probeTexts.thinking, {
        max_tokens: 64,
        thinking: word,
        thinking_budget: 1024,
      }),
      show: (reply) =>
        sent(reply, "thinking") ?? graded(reply, hasThought(reply) === (word !== "off")),
    })),
    {
      id: "tools",
      title: { zh: "工具调用", en: "tools" },
      call: ask(probeTexts.tools, { max_tokens: 128 }, { tools: [weather] }),
      show: (reply) => sent(reply, "tools") ?? graded(reply, (reply.tool_calls ?? []).length > 0),
    },
    ...(endpoint.request.structured === undefined
      ? []
      : [
          {
            id: "json",
            title: { zh: "JSON", en: "JSON" },
            call: ask(probeTexts.json, { max_tokens: 64 }, { schema: city }),
            show: (reply: Reply) => graded(reply, isJson(reply)),
          },
        ]),
    {
      id: "filter",
      title: { zh: "内容过滤", en: "content filter" },
      call: ask(probeTexts.filter, { max_tokens: 64 }),
      show: (reply) => ({
        ok: isFiltered(reply.outcome) || isGraded(reply.outcome) ? null : false,
        words: isFiltered(reply.outcome)
          ? { zh: `拦截（${reply.outcome}）`, en: `filtered (${reply.outcome})` }
          : { zh: `没有拦截（${reply.outcome}）`, en: `not filtered (${reply.outcome})` },
      }),
    },
    ...(endpoint.auth.scheme === "none"
      ? []
      : [
          {
            id: "wrong-key",
            title: { zh: "错误的密钥", en: "wrong key" },
            wrong_key: true as const,
            call: ask(probeTexts.hello, { max_tokens: 16 }),
            show: (reply: Reply) => named(reply, ["auth", "permission"]),
          },
        ]),
    {
      id: "wrong-model",
      title: { zh: "不存在的模型", en: "model that is not there" },
      call: { ...ask(probeTexts.hello, { max_tokens: 16 }), model: "baimo-no-such-model" },
      show: (reply) => named(reply, ["model-not-found"]),
    },
  ];
  return checks.slice(0, mostChecks);
}

const weather = {
  name: "get_weather",
  description: "查询一个城市现在的天气",
  parameters: {
    type: "object",
    properties: { city: { type: "string", description: "城市名" } },
    required: ["city"],
  },
};

const city = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};

type Quirks = CallRequest["endpoint"]["request"];

/** The words that the model's row lists, off and on first. */
function wordsOf(request: Quirks): readonly Extract<Thinking, string>[] {
  const rule = thinkingRule(request) ?? {};
  return Object.keys(rule)
    .map((name) => Thinking.safeParse(name).data)
    .filter((word) => typeof word === "string");
}

const off = (request: Quirks): Params =>
  thinkingRule(request)?.off === undefined ? {} : { thinking: "off" };

const hasThought = ({ reasoning, usage }: Reply): boolean =>
  reasoning.trim() !== "" || (usage.reasoning ?? 0) > 0;

function isJson({ text, tool_calls = [] }: Reply): boolean {
  try {
    JSON.parse(tool_calls[0]?.arguments ?? text);
    return true;
  } catch {
    return false;
  }
}

/** What is said of a param that the vendor does not take; null where it was sent. */
function sent({ dropped }: Reply, param: string): Shown | null {
  const reason = dropped.find((each) => each.param === param)?.reason;
  return reason === undefined
    ? null
    : { ok: null, words: { zh: `未发送：${reason}`, en: `not sent: ${reason}` } };
}

function graded(reply: Reply, holds: boolean): Shown {
  if (!isGraded(reply.outcome)) return failed(reply);
  return {
    ok: holds,
    words: holds ? { zh: "符合", en: "as asked" } : { zh: "没有照办", en: "not as asked" },
  };
}

/** An error that has to have a name. */
function named(reply: Reply, outcomes: readonly Reply["outcome"][]): Shown {
  if (outcomes.includes(reply.outcome)) {
    return { ok: true, words: { zh: reply.outcome, en: reply.outcome } };
  }
  return isGraded(reply.outcome)
    ? { ok: false, words: { zh: "照样作答，没有报错", en: "answered all the same" } }
    : failed(reply);
}

const failed = ({ outcome, status, code, message }: Reply): Shown => {
  const words = [outcome, status, code, message].filter((part) => part !== null && part !== "");
  return { ok: false, words: { zh: words.join(" "), en: words.join(" ") } };
};
