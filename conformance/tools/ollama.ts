import { type Message, Ollama } from "ollama";

import { addedBudget, talk } from "../sdk.ts";
import { enveloped, sum, type ToolTalk } from "./tool-talk.ts";

export const toolTalks: readonly ToolTalk[] = [
  {
    name: "ollama",
    provider: "ollama",
    members: ["messages", "tools"],
    converse: async (host, _key, errand) => {
      const ask = async (messages: Message[]) => {
        const { model, max_tokens, temperature } = errand;
        const reply = await new Ollama({ host }).chat({
          model,
          messages,
          stream: false,
          tools: enveloped(errand).map((tool) => JSON.parse(JSON.stringify(tool))),
          options: { num_predict: max_tokens + addedBudget, temperature, num_ctx: 8192 },
        });
        const calls = reply.message.tool_calls ?? [];
        return { calls, made: calls.map((each) => each.function), reply };
      };
      const asked = talk(errand);
      const first = await ask(asked);
      const results = errand.play(first.made);
      const second = await ask([
        ...asked,
        {
          role: "assistant",
          content: "",
          tool_calls: first.made.map(({ name, arguments: given }) => ({
            function: { name, arguments: given },
          })),
        },
        ...first.made.map(({ name }, at) => ({
          role: "tool",
          tool_name: name,
          content: results[at] ?? "",
        })),
      ]);
      return {
        replies: [first.made, second.made],
        input: sum(first.reply.prompt_eval_count, second.reply.prompt_eval_count),
        output: sum(first.reply.eval_count, second.reply.eval_count),
      };
    },
  },
];
