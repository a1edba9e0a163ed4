import { CohereClientV2 } from "cohere-ai";

import { talk, type AnswerDraft, type Sdk } from "../sdk.ts";

export const sdks: readonly Sdk[] = [
  {
    name: "cohere-ai",
    provider: "cohere",
    misses_stream_errors: true,
    whole: async (url, call, key) => {
      const client = new CohereClientV2({ token: key, environment: url });
      const { model, max_tokens: maxTokens, temperature } = call;
      const body = { model, messages: talk(call), maxTokens, temperature };
      const reply = await client.chat(body, { maxRetries: 0 });
      return {
        text:
          reply.message.content?.map((part) => (part.type === "text" ? part.text : "")).join("") ??
          "",
        input: reply.usage?.billedUnits?.inputTokens,
        output: reply.usage?.billedUnits?.outputTokens,
      };
    },
    streamed: async (url, call, key) => {
      const client = new CohereClientV2({ token: key, environment: url });
      const { model, max_tokens: maxTokens, temperature } = call;
      const body = { model, messages: talk(call), maxTokens, temperature };
      const stream = await client.chatStream(body, { maxRetries: 0 });
      const answer: AnswerDraft = { text: "", input: null, output: null };
      for await (const event of stream) {
        if (event.type === "content-delta") {
          Object.assign(answer, {
            text: answer.text + (event.delta?.message?.content?.text ?? ""),
          });
        }
        if (event.type === "message-end") {
          const billed = event.delta?.usage?.billedUnits;
          Object.assign(answer, { input: billed?.inputTokens, output: billed?.outputTokens });
        }
      }
      return answer;
    },
  },
];
