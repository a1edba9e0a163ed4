import Anthropic from "@anthropic-ai/sdk";

import { once } from "../sdk.ts";
import { sum, type ToolTalk } from "./tool-talk.ts";

export const toolTalks: readonly ToolTalk[] = [
  {
    name: "@anthropic-ai/sdk",
    provider: "anthropic",
    members: ["system", "messages", "tools"],
    converse: async (baseURL, apiKey, errand) => {
      const client = new Anthropic({ apiKey, baseURL, ...once });
      const ask = async (messages: Anthropic.MessageParam[]) => {
        const { model, system, max_tokens, functions } = errand;
        const tools = functions.map(({ name, description = "", parameters }) => ({
          name,
          description,
          input_schema: { type: "object" as const, ...parameters },
        }));
        const reply = await client.messages.create({ model, system, max_tokens, messages, tools });
        const calls = reply.content.filter((each) => each.type === "tool_use");
        return {
          calls,
          made: calls.map(({ name, input }) => ({ name, arguments: input })),
          usage: reply.usage,
        };
      };
      const asked = { role: "user" as const, content: errand.user };
      const first = await ask([asked]);
      const results = errand.play(first.made);
      const second = await ask([
        asked,
        {
          role: "assistant",
          content: first.calls.map(({ id, name, input }) => ({
            type: "tool_use" as const,
            id,
            name,
            input,
          })),
        },
        {
          role: "user",
          content: first.calls.map(({ id }, at) => ({
            type: "tool_result" as const,
            tool_use_id: id,
            content: results[at] ?? "",
          })),
        },
      ]);
      return {
        replies: [first.made, second.made],
        input: sum(
          first.usage.input_tokens,
          first.usage.cache_read_input_tokens,
          second.usage.input_tokens,
          second.usage.cache_read_input_tokens,
        ),
        output: sum(first.usage.output_tokens, second.usage.output_tokens),
      };
    },
  },
];
