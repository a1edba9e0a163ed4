import { type Cohere, CohereClientV2 } from "cohere-ai";

import { talk } from "../sdk.ts";
import { enveloped, read, sum, type ToolTalk } from "./tool-talk.ts";

export const toolTalks: readonly ToolTalk[] = [
  {
    name: "cohere-ai",
    provider: "cohere",
    members: ["messages", "tools"],
    converse: async (environment, token, errand) => {
      const client = new CohereClientV2({ token, environment });
      const ask = async (messages: Cohere.ChatMessages) => {
        const { model, max_tokens: maxTokens, temperature } = errand;
        const body = { model, messages, maxTokens, temperature, tools: enveloped(errand) };
        const reply = await client.chat(body, { maxRetries: 0 });
        const calls = reply.message.toolCalls ?? [];
        return {
          calls,
          made: calls.map((each) => ({
            name: each.function?.name ?? "",
            arguments: read(each.function?.arguments),
          })),
          usage: reply.usage?.billedUnits,
        };
      };
      const asked = talk(errand);
      const first = await ask(asked);
      const results = errand.play(first.made);
      const second = await ask([
        ...asked,
        { role: "assistant", content: "", toolCalls: [...first.calls] },
        ...first.calls.map(({ id }, at) => ({
          role: "tool" as const,
          toolCallId: id,
          content: results[at] ?? "",
        })),
      ]);
      return {
        replies: [first.made, second.made],
        input: sum(first.usage?.inputTokens, second.usage?.inputTokens),
        output: sum(first.usage?.outputTokens, second.usage?.outputTokens),
      };
    },
  },
];
