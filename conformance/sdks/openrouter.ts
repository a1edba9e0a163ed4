import { OpenRouter } from "@openrouter/sdk";

import { talk, type AnswerDraft, type Sdk } from "../sdk.ts";

export const sdks: readonly Sdk[] = [
  {
    name: "@openrouter/sdk",
    provider: "openrouter",
    whole: async (url, call, key) => {
      const client = new OpenRouter({ apiKey: key, serverURL: url });
      const { model, max_tokens: maxTokens, temperature } = call;
      const provider = { allowFallbacks: false, requireParameters: true };
      const chatRequest = { model, messages: talk(call), maxTokens, temperature, provider };
      const reply = await client.chat.send({ chatRequest });
      if (!("choices" in reply)) throw new Error("it is a stream");
      const content = reply.choices[0]?.message.content;
      return {
        text: typeof content === "string" ? content : "",
        input: reply.usage?.promptTokens,
        output: reply.usage?.completionTokens,
      };
    },
    streamed: async (url, call, key) => {
      const client = new OpenRouter({ apiKey: key, serverURL: url });
      const { model, max_tokens: maxTokens, temperature } = call;
      const provider = { allowFallbacks: false, requireParameters: true };
      const stream = await client.chat.send({
        chatRequest: {
          model,
          messages: talk(call),
          maxTokens,
          temperature,
          provider,
          stream: true,
          streamOptions: { includeUsage: true },
        },
      });
      if ("choices" in stream) throw new Error("it is no stream");
      const answer: AnswerDraft = { text: "", input: null, output: null };
      for await (const chunk of stream) {
        Object.assign(answer, {
          text: answer.text + (chunk.choices[0]?.delta.content ?? ""),
          input: chunk.usage?.promptTokens ?? answer.input,
          output: chunk.usage?.completionTokens ?? answer.output,
        });
      }
      return answer;
    },
  },
];
