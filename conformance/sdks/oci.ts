import { generateKeyPairSync } from "node:crypto";

import { NoRetryConfigurationDetails, SimpleAuthenticationDetailsProvider } from "oci-common";
import { GenerativeAiInferenceClient, type models } from "oci-generativeaiinference";

import { simulatedPrivateKey } from "../../src/domain/request/simulated-key.ts";
import { type Call, type AnswerDraft, type Sdk, talk } from "../sdk.ts";

function client(url: string, key: string): GenerativeAiInferenceClient {
  const pem = key === "sim-key" ? simulatedPrivateKey : anotherKey();
  const given = new SimpleAuthenticationDetailsProvider(
    "sim-tenancy",
    "sim-user",
    "sim-fingerprint",
    pem,
    null,
  );
  const made = new GenerativeAiInferenceClient(
    { authenticationDetailsProvider: given },
    { retryConfiguration: NoRetryConfigurationDetails },
  );
  made.endpoint = url;
  return made;
}

const anotherKey = (): string =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;

const details = (call: Call, isStream: boolean): models.ChatDetails => {
  const servingMode: models.OnDemandServingMode = {
    servingType: "ON_DEMAND",
    modelId: call.model,
  };
  const chatRequest: models.GenericChatRequest = {
    apiFormat: "GENERIC",
    messages: talk(call).map(({ role, content }) => {
      const part: models.TextContent = { type: "TEXT", text: content };
      return { role: role.toUpperCase(), content: [part] };
    }),
    maxTokens: call.max_tokens,
    temperature: call.temperature,
    ...(isStream ? { isStream, streamOptions: { isIncludeUsage: true } } : {}),
  };
  return { compartmentId: "sim", servingMode, chatRequest };
};

type Choice = {
  readonly message?: { readonly content?: readonly { readonly text?: string }[] };
  readonly usage?: { readonly promptTokens?: number; readonly completionTokens?: number };
};

const textOf = ({ message }: Choice): string =>
  (message?.content ?? []).map(({ text = "" }) => text).join("");

export const sdks: readonly Sdk[] = [
  {
    name: "oci-generativeaiinference",
    provider: "oci",
    whole: async (url, call, key) => {
      const reply = await client(url, key).chat({ chatDetails: details(call, false) });
      if (reply === null || !("chatResult" in reply)) throw new Error("it is a stream");
      const response = reply.chatResult.chatResponse as models.GenericChatResponse;
      return {
        text: response.choices.map((choice) => textOf(choice as Choice)).join(""),
        input: response.usage?.promptTokens,
        output: response.usage?.completionTokens,
      };
    },
    streamed: async (url, call, key) => {
      const reply = await client(url, key).chat({ chatDetails: details(call, true) });
      if (!(reply instanceof ReadableStream)) throw new Error("it is no stream");
      const answer: AnswerDraft = { text: "", input: null, output: null };
      // The SDK passes the raw bytes on and leaves the events to its caller.
      for await (const line of linesOf(reply)) {
        if (!line.startsWith("data:")) continue;
        const event = JSON.parse(line.slice(5)) as Choice & { code?: string };
        if (event.code !== undefined) throw new Error(event.code);
        answer.text += textOf(event);
        answer.input = event.usage?.promptTokens ?? answer.input;
        answer.output = event.usage?.completionTokens ?? answer.output;
      }
      return answer;
    },
  },
];

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield rest;
}
