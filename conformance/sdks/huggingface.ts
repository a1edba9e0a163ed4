import { InferenceClient } from "@huggingface/inference";

import { joinChunks, talk, type Sdk } from "../sdk.ts";

export const sdks: readonly Sdk[] = [
  {
    name: "@huggingface/inference",
    provider: "huggingface",
    whole: async (url, call, key) => {
      const client = new InferenceClient(key, { endpointUrl: url });
      const { model, max_tokens, temperature } = call;
      const reply = await client.chatCompletion({
        model,
        messages: talk(call),
        max_tokens,
        temperature,
      });
      return {
        text: reply.choices[0]?.message.content ?? "",
        input: reply.usage.prompt_tokens,
        output: reply.usage.completion_tokens,
      };
    },
    streamed: (url, call, key) => {
      const client = new InferenceClient(key, { endpointUrl: url });
      const { model, max_tokens, temperature } = call;
      const stream = client.chatCompletionStream({
        model,
        messages: talk(call),
        max_tokens,
        temperature,
        stream_options: { include_usage: true },
      });
      return joinChunks(stream);
    },
  },
];
