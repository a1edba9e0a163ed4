import OpenAI, { AzureOpenAI } from "openai";

import { joinChunks, once, talk, type AnswerDraft, type Sdk } from "../sdk.ts";

const openai = (client: OpenAI): Pick<Sdk, "whole" | "streamed"> => ({
  whole: async (_url, { model, max_tokens, temperature, ...rest }) => {
    const messages = talk({ model, max_tokens, temperature, ...rest });
    const body = { model, messages, temperature, max_completion_tokens: max_tokens };
    const reply = await client.chat.completions.create(body);
    return {
      text: reply.choices[0]?.message.content ?? "",
      input: reply.usage?.prompt_tokens,
      output: reply.usage?.completion_tokens,
    };
  },
  streamed: async (_url, call) =>
    joinChunks(
      await client.chat.completions.create({
        model: call.model,
        messages: talk(call),
        temperature: call.temperature,
        max_completion_tokens: call.max_tokens,
        stream: true,
        stream_options: { include_usage: true },
      }),
    ),
});

const openaiAt = (url: string, apiKey: string) =>
  openai(new OpenAI({ apiKey, baseURL: url, ...once }));
const azureAt = (url: string, key: string) =>
  openai(
    new AzureOpenAI({
      azureADTokenProvider: () => Promise.resolve(key),
      endpoint: url,
      apiVersion: "2024-10-21",
      ...once,
    }),
  );

export const sdks: readonly Sdk[] = [
  {
    name: "openai",
    provider: "openai",
    whole: (url, call, key) => openaiAt(url, key).whole(url, call, key),
    streamed: (url, call, key) => openaiAt(url, key).streamed(url, call, key),
  },
  {
    name: "openai AzureOpenAI",
    provider: "azure-openai-classic",
    whole: (url, call, key) => azureAt(url, key).whole(url, call, key),
    streamed: (url, call, key) => azureAt(url, key).streamed(url, call, key),
    // Newer SDKs of this class expect the endpoint's path without /openai, which they add themselves.
    sdk_path: (path) => path,
  },
  {
    name: "openai responses",
    provider: "openai-responses",
    whole: async (url, { model, system, user, max_tokens, temperature }, key) => {
      const client = new OpenAI({ apiKey: key, baseURL: url, ...once });
      const reply = await client.responses.create({
        model,
        instructions: system,
        input: [{ role: "user", content: user }],
        temperature,
        max_output_tokens: max_tokens,
        store: false,
      });
      return {
        text: reply.output_text,
        input: reply.usage?.input_tokens,
        output: reply.usage?.output_tokens,
      };
    },
    streamed: async (url, { model, system, user, max_tokens, temperature }, key) => {
      const client = new OpenAI({ apiKey: key, baseURL: url, ...once });
      const stream = await client.responses.create({
        model,
        instructions: system,
        input: [{ role: "user", content: user }],
        temperature,
        max_output_tokens: max_tokens,
        store: false,
        stream: true,
      });
      const answer: AnswerDraft = { text: "", input: null, output: null };
      for await (const event of stream) {
        if (event.type === "response.output_text.delta") {
          Object.assign(answer, { text: answer.text + event.delta });
        }
        if (event.type === "response.completed" || event.type === "response.incomplete") {
          const { usage } = event.response;
          Object.assign(answer, { input: usage?.input_tokens, output: usage?.output_tokens });
        }
        if (event.type === "error") throw new Error(event.message);
      }
      return answer;
    },
  },
];
