import Groq from "groq-sdk";

import { once, talk, type AnswerDraft, type Sdk } from "../sdk.ts";

export const sdks: readonly Sdk[] = [
  {
    name: "groq-sdk",
    provider: "groq",
    whole: async (url, call, key) => {
      const client = new Groq({ apiKey: key, baseURL: url.replace(/\/v1$/, ""), ...once });
      const { model, max_tokens, temperature } = call;
      const body = { model, messages: talk(call), temperature, max_completion_tokens: max_tokens };
      const reply = await client.chat.completions.create(body);
      return {
        text: reply.choices[0]?.message.content ?? "",
        input: reply.usage?.prompt_tokens,
        output: reply.usage?.completion_tokens,
      };
    },
    streamed: async (url, call, key) => {
      const client = new Groq({ apiKey: key, baseURL: url.replace(/\/v1$/, ""), ...once });
      const { model, max_tokens, temperature } = call;
      const stream = await client.chat.completions.create({
        model,
        messages: talk(call),
        temperature,
        max_completion_tokens: max_tokens,
        stream: true,
      });
      const answer: AnswerDraft = { text: "", input: null, output: null };
      for await (const chunk of stream) {
        const usage = chunk.x_groq?.usage;
        Object.assign(answer, {
          text: answer.text + (chunk.choices[0]?.delta.content ?? ""),
          input: usage?.prompt_tokens ?? answer.input,
          output: usage?.completion_tokens ?? answer.output,
        });
      }
      return answer;
    },
    sdk_path: (path) => path.replace("/openai/v1/", "/v1/"),
    only_ours: { stream_options: "this SDK has no type for it; the API takes it" },
  },
];
