import { Mistral } from "@mistralai/mistralai";

import { talk, type AnswerDraft, type Sdk } from "../sdk.ts";

export const sdks: readonly Sdk[] = [
  {
    name: "@mistralai/mistralai",
    provider: "mistral",
    whole: async (url, call, key) => {
      const client = new Mistral({ apiKey: key, serverURL: url.replace(/\/v1$/, "") });
      const { model, max_tokens: maxTokens, temperature } = call;
      const reply = await client.chat.complete({
        model,
        messages: talk(call),
        maxTokens,
        temperature,
      });
      const content = reply.choices?.[0]?.message?.content;
      return {
        text: typeof content === "string" ? content : "",
        input: reply.usage.promptTokens,
        output: reply.usage.completionTokens,
      };
    },
    streamed: async (url, call, key) => {
      const client = new Mistral({ apiKey: key, serverURL: url.replace(/\/v1$/, "") });
      const { model, max_tokens: maxTokens, temperature } = call;
      const stream = await client.chat.stream({
        model,
        messages: talk(call),
        maxTokens,
        temperature,
      });
      const answer: AnswerDraft = { text: "", input: null, output: null };
      for await (const { data } of stream) {
        const content = data.choices[0]?.delta.content;
        Object.assign(answer, {
          text: answer.text + (typeof content === "string" ? content : ""),
          input: data.usage?.promptTokens ?? answer.input,
          output: data.usage?.completionTokens ?? answer.output,
        });
      }
      return answer;
    },
  },
];
