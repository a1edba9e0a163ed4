import { Ollama } from "ollama";

import { addedBudget, talk, type AnswerDraft, type Sdk } from "../sdk.ts";

export const sdks: readonly Sdk[] = [
  {
    name: "ollama",
    provider: "ollama",
    whole: async (url, call) => {
      const reply = await new Ollama({ host: url }).chat({
        model: call.model,
        messages: talk(call),
        stream: false,
        options: {
          num_predict: call.max_tokens + addedBudget,
          temperature: call.temperature,
          num_ctx: 8192,
        },
      });
      return {
        text: reply.message.content,
        input: reply.prompt_eval_count,
        output: reply.eval_count,
      };
    },
    streamed: async (url, call) => {
      const stream = await new Ollama({ host: url }).chat({
        model: call.model,
        messages: talk(call),
        stream: true,
        options: {
          num_predict: call.max_tokens + addedBudget,
          temperature: call.temperature,
          num_ctx: 8192,
        },
      });
      const answer: AnswerDraft = { text: "", input: null, output: null };
      for await (const line of stream) {
        Object.assign(answer, {
          text: answer.text + line.message.content,
          input: line.prompt_eval_count,
          output: line.eval_count,
        });
      }
      return answer;
    },
    only_ours: { truncate: "a prompt that does not fit is refused instead of cut in silence" },
  },
];
