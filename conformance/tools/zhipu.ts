import { ZhipuAI } from "zhipuai-sdk-nodejs-v4";

import { talk } from "../sdk.ts";
import { enveloped, read, sum, type ToolTalk } from "./tool-talk.ts";

type Reply = {
  readonly choices: readonly {
    readonly message: {
      readonly tool_calls?: readonly {
        readonly id: string;
        readonly function: { readonly name: string; readonly arguments: string };
      }[];
    };
  }[];
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number };
};

type Messages = Parameters<ZhipuAI["createCompletions"]>[0]["messages"];

/** The SDK's types know neither calls nor results in messages; it sends them as they are. */
const untyped = (message: object) => message as Messages[number];

export const toolTalks: readonly ToolTalk[] = [
  {
    name: "zhipuai-sdk-nodejs-v4",
    provider: "zhipu-jwt",
    members: ["messages", "tools"],
    converse: async (baseUrl, _key, errand) => {
      const client = new ZhipuAI({ apiKey: "sim-id.sim-secret", baseUrl, cacheToken: false });
      const ask = async (messages: Messages) => {
        const body: unknown = await client.createCompletions({
          model: errand.model,
          messages,
          maxTokens: errand.max_tokens,
          temperature: errand.temperature,
          stream: false,
          tools: enveloped(errand),
        });
        const reply = body as Reply;
        const calls = reply.choices[0]?.message.tool_calls ?? [];
        return {
          calls,
          made: calls.map((each) => ({
            name: each.function.name,
            arguments: read(each.function.arguments),
          })),
          usage: reply.usage,
        };
      };
      const asked = talk(errand);
      const first = await ask(asked);
      const results = errand.play(first.made);
      const second = await ask([
        ...asked,
        untyped({
          role: "assistant",
          content: "",
          tool_calls: first.calls.map(({ id, function: { name, arguments: given } }) => ({
            id,
            type: "function",
            function: { name, arguments: given },
          })),
        }),
        ...first.calls.map(({ id }, at) =>
          untyped({ role: "tool", tool_call_id: id, content: results[at] ?? "" }),
        ),
      ]);
      return {
        replies: [first.made, second.made],
        input: sum(first.usage?.prompt_tokens, second.usage?.prompt_tokens),
        output: sum(first.usage?.completion_tokens, second.usage?.completion_tokens),
      };
    },
  },
];
