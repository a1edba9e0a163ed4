import type { Dropped } from "../domain/params.ts";
import type { RequestQuirks } from "../domain/provider.ts";
import type { ReplyFormat, TaskRequest } from "../domain/request/task-request.ts";

type Json = Readonly<Record<string, unknown>>;

/** Body members that a task asks for, and what of it a protocol cannot say. */
export type TaskBody = { readonly body: Json; readonly dropped: readonly Dropped[] };

/**
 * The members that hold a reply to a form and ask for probabilities, in the protocol's own way, with the task's `body` over
 * them. OpenAI: https://platform.openai.com/docs/guides/structured-outputs ; Gemini:
 * https://ai.google.dev/gemini-api/docs/structured-output ; Ollama: https://docs.ollama.com/capabilities/structured-outputs .
 */
export function taskBody(
  { body = {}, response_format, logprobs }: TaskRequest,
  protocol: string,
  { structured }: RequestQuirks,
): TaskBody {
  const form =
    response_format === undefined ? none : formBody(response_format, protocol, structured);
  const odds = logprobs === undefined ? none : oddsBody(logprobs, protocol);
  return {
    body: { ...form.body, ...odds.body, ...body },
    dropped: [...form.dropped, ...odds.dropped],
  };
}

const none: TaskBody = { body: {}, dropped: [] };
const name = "reply";

function formBody(
  form: ReplyFormat,
  protocol: string,
  structured: RequestQuirks["structured"],
): TaskBody {
  const schema = form === "json_object" ? null : form.json_schema;
  const sent = (body: Json): TaskBody => ({ body, dropped: [] });
  switch (protocol) {
    case "openai-chat": {
      const plain = { response_format: { type: "json_object" } };
      if (schema === null) return sent(plain);
      if (structured === "json_object") {
        const reason = "the vendor takes no schema";
        return { body: plain, dropped: [lost("json_schema", "json_object", reason)] };
      }
      return sent({ response_format: { type: "json_schema", json_schema: { name, schema } } });
    }
    case "openai-responses":
      return sent({
        text: {
          format: schema === null ? { type: "json_object" } : { type: "json_schema", name, schema },
        },
      });
    case "gemini":
      return sent({
        generationConfig: {
          responseMimeType: "application/json",
          ...(schema === null ? {} : { responseJsonSchema: schema }),
        },
      });
    case "ollama":
      return sent({ format: schema ?? "json" });
    default: {
      const asked = schema === null ? "json_object" : "json_schema";
      return { body: {}, dropped: [lost(asked, null, "the protocol has no form for replies")] };
    }
  }
}

function oddsBody(count: number, protocol: string): TaskBody {
  if (protocol === "openai-chat")
    return { body: { logprobs: true, top_logprobs: count }, dropped: [] };
  const reason = "probabilities of this protocol are not read";
  return { body: {}, dropped: [{ param: "logprobs", asked: count, effective: null, reason }] };
}

const lost = (asked: string, effective: string | null, reason: string): Dropped => ({
  param: "response_format",
  asked,
  effective,
  reason,
});
