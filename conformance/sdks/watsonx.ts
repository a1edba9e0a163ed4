import { WatsonXAI } from "@ibm-cloud/watsonx-ai";
import { BearerTokenAuthenticator } from "ibm-cloud-sdk-core";

import { type Call, type AnswerDraft, type Sdk, talk } from "../sdk.ts";

const client = (url: string, bearerToken: string) =>
  WatsonXAI.newInstance({
    version: "2025-10-25",
    serviceUrl: url,
    authenticator: new BearerTokenAuthenticator({ bearerToken }),
  });

const chat = (call: Call) => ({
  modelId: call.model,
  projectId: "sim",
  messages: talk(call),
  maxCompletionTokens: call.max_tokens,
  temperature: call.temperature,
});

export const sdks: readonly Sdk[] = [
  {
    name: "@ibm-cloud/watsonx-ai",
    provider: "watsonx",
    misses_stream_errors: true,
    whole: async (url, call, key) => {
      const { result } = await client(url, key).textChat(chat(call));
      return {
        text: result.choices?.[0]?.message?.content ?? "",
        input: result.usage?.prompt_tokens,
        output: result.usage?.completion_tokens,
      };
    },
    streamed: async (url, call, key) => {
      const stream = await client(url, key).textChatStream({ ...chat(call), returnObject: true });
      const answer: AnswerDraft = { text: "", input: null, output: null };
      for await (const { data } of stream) {
        answer.text += data.choices?.[0]?.delta?.content ?? "";
        answer.input = data.usage?.prompt_tokens ?? answer.input;
        answer.output = data.usage?.completion_tokens ?? answer.output;
      }
      return answer;
    },
  },
];
