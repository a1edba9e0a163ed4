import Together from "together-ai";

import { joinChunks, once, talk, type Sdk } from "../sdk.ts";

export const sdks: readonly Sdk[] = [
  {
    name: "together-ai",
    provider: "together",
    misses_stream_errors: true,
    no_stream_usage: true,
    whole: async (url, call, key) => {
      const client = new Together({ apiKey: key, baseURL: url, ...once });
      const { model, max_tokens, temperature } = call;
      const reply = await client.chat.completions.create({
        model,
        messages: talk(call),
        max_tokens,
        temperature,
        context_length_exceeded_behavior: "error",
      });
      return {
        text: reply.choices[0]?.message?.content ?? "",
        input: reply.usage?.prompt_tokens,
        output: reply.usage?.completion_tokens,
      };
    },
    streamed: async (url, call, key) => {
      const client = new Together({ apiKey: key, baseURL: url, ...once });
      const { model, max_tokens, temperature } = call;
      return joinChunks(
        await client.chat.completions.create({
          model,
          messages: talk(call),
          max_tokens,
          temperature,
          context_length_exceeded_behavior: "error",
          stream: true,
        }),
      );
    },
    only_ours: {
      stream_options: "this SDK has no type for it; without it the simulator tells no usage",
    },
  },
];
