import { createInterface } from "node:readline";
import { Readable } from "node:stream";

import { ZhipuAI } from "zhipuai-sdk-nodejs-v4";

import { type Call, joinChunks, type Sdk, talk } from "../sdk.ts";

const client = (url: string, key: string) =>
  new ZhipuAI({
    apiKey: key === "sim-key" ? "sim-id.sim-secret" : "other-id.other-secret",
    baseUrl: url,
    cacheToken: false,
  });

const asked = (call: Call, stream: boolean) => ({
  model: call.model,
  messages: talk(call),
  maxTokens: call.max_tokens,
  temperature: call.temperature,
  stream,
});

/** The SDK throws an error's body as it is, or as a stream. */
async function send(url: string, call: Call, key: string, stream: boolean): Promise<unknown> {
  try {
    return await client(url, key).createCompletions(asked(call, stream));
  } catch (error) {
    throw error instanceof Error ? error : new Error(JSON.stringify(error));
  }
}

type Whole = {
  readonly choices: readonly { readonly message: { readonly content: string } }[];
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number };
};

/** The SDK passes the bytes of a stream on as they arrive. */
async function* chunksOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Chunk> {
  for await (const line of createInterface({ input: Readable.from(body) })) {
    const data = line.replace(/^data: /, "");
    if (data === "" || data === "[DONE]") continue;
    const chunk = JSON.parse(data) as Chunk & { readonly error?: { readonly message: string } };
    if (chunk.error !== undefined) throw new Error(chunk.error.message);
    yield chunk;
  }
}

type Chunk = {
  readonly choices: readonly { readonly delta?: { readonly content?: unknown } }[];
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number };
};

export const sdks: readonly Sdk[] = [
  {
    name: "zhipuai-sdk-nodejs-v4",
    provider: "zhipu-jwt",
    whole: async (url, call, key) => {
      const reply = (await send(url, call, key, false)) as Whole;
      return {
        text: reply.choices[0]?.message.content ?? "",
        input: reply.usage?.prompt_tokens,
        output: reply.usage?.completion_tokens,
      };
    },
    streamed: async (url, call, key) => {
      const reply = await send(url, call, key, true);
      return joinChunks(chunksOf(reply as AsyncIterable<Uint8Array>));
    },
  },
];
