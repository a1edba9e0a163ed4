import { hunyuan } from "tencentcloud-sdk-nodejs-hunyuan";

import type { Call, AnswerDraft, Sdk } from "../sdk.ts";

const { Client } = hunyuan.v20230901;

/** The SDK supports no path but `/`. */
function client(url: string, key: string) {
  const { host, protocol } = new URL(url);
  return new Client({
    credential: { secretId: "sim-id", secretKey: key === "sim-key" ? "sim-secret" : key },
    region: "",
    profile: {
      signMethod: "TC3-HMAC-SHA256",
      httpProfile: { endpoint: host, protocol: `${protocol}//`, reqMethod: "POST" },
    },
  });
}

const asked = ({ model, system, user, temperature }: Call, Stream: boolean) => ({
  Model: model,
  Messages: [
    { Role: "system", Content: system },
    { Role: "user", Content: user },
  ],
  Temperature: temperature,
  EnableEnhancement: false,
  Stream,
});

type Chunk = {
  readonly Choices?: readonly { readonly Delta?: { readonly Content?: string } }[];
  readonly Usage?: { readonly PromptTokens?: number; readonly CompletionTokens?: number };
  readonly ErrorMsg?: { readonly Msg?: string };
};

const isEvents = (value: unknown): value is AsyncIterable<{ readonly data: string }> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

export const sdks: readonly Sdk[] = [
  {
    name: "tencentcloud-sdk-nodejs-hunyuan",
    provider: "hunyuan-tc3",
    whole: async (url, call, key) => {
      const reply = await client(url, key).ChatCompletions(asked(call, false));
      return {
        text: reply.Choices?.[0]?.Message?.Content ?? "",
        input: reply.Usage?.PromptTokens,
        output: reply.Usage?.CompletionTokens,
      };
    },
    streamed: async (url, call, key) => {
      const stream: unknown = await client(url, key).ChatCompletions(asked(call, true));
      if (!isEvents(stream)) throw new Error("no stream");
      const answer: AnswerDraft = { text: "", input: null, output: null };
      for await (const { data } of stream) {
        if (data === "[DONE]") break;
        const chunk = JSON.parse(data) as Chunk;
        if (chunk.ErrorMsg !== undefined) throw new Error(chunk.ErrorMsg.Msg);
        Object.assign(answer, {
          text: answer.text + (chunk.Choices?.[0]?.Delta?.Content ?? ""),
          input: chunk.Usage?.PromptTokens ?? answer.input,
          output: chunk.Usage?.CompletionTokens ?? answer.output,
        });
      }
      return answer;
    },
    sdk_path: () => "/via/hunyuan-tc3/v1/",
  },
];
