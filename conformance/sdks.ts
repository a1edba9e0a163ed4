import Anthropic from "@anthropic-ai/sdk";
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { GoogleGenAI } from "@google/genai";
import { InferenceClient } from "@huggingface/inference";
import { Mistral } from "@mistralai/mistralai";
import { OpenRouter } from "@openrouter/sdk";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { CohereClientV2 } from "cohere-ai";
import Groq from "groq-sdk";
import { Ollama } from "ollama";
import OpenAI, { AzureOpenAI } from "openai";
import Together from "together-ai";

/** One call, the same for all: a rule, a question, and two params. */
export type Call = {
  readonly model: string;
  readonly system: string;
  readonly user: string;
  readonly max_tokens: number;
  readonly temperature: number;
};

/** What the SDK made of the answer. */
export type Heard = {
  readonly text: string;
  readonly input: number | null | undefined;
  readonly output: number | null | undefined;
};

type Hearing = { -readonly [Name in keyof Heard]: Heard[Name] };

/** A vendor's SDK as one calls it. `url` is the vendor's corner of the simulator, without a slash at its end. */
export type Sdk = {
  readonly name: string;
  /** The id of the vendor's file, whose adapter must send the same request. */
  readonly provider: string;
  readonly whole: (url: string, call: Call, key: string) => Promise<Heard>;
  readonly streamed: (url: string, call: Call, key: string) => Promise<Heard>;
  /** Where the SDK's path differs from that of the adapter, which takes it from the base URL. */
  readonly sdk_path?: (path: string) => string;
  /** Members of the SDK's body that the adapter does not send, and why. */
  readonly only_sdk?: Readonly<Record<string, string>>;
  /** Members of the adapter's body that the SDK does not send, and why. */
  readonly only_ours?: Readonly<Record<string, string>>;
};

const talk = ({ system, user }: Call) => [
  { role: "system" as const, content: system },
  { role: "user" as const, content: user },
];
const once = { maxRetries: 0 };
/** What the adapter adds where a server counts thinking in the bound of the answer. */
const addedBudget = 8192;

/** Joins a stream of chat completion chunks. */
async function heardChunks(
  stream: AsyncIterable<{
    choices: readonly { delta?: { content?: unknown } }[];
    usage?: { prompt_tokens?: number; completion_tokens?: number } | null;
  }>,
): Promise<Heard> {
  let text = "";
  let usage: { prompt_tokens?: number; completion_tokens?: number } | null = null;
  for await (const chunk of stream) {
    const content = chunk.choices[0]?.delta?.content;
    text += typeof content === "string" ? content : "";
    usage = chunk.usage ?? usage;
  }
  return { text, input: usage?.prompt_tokens, output: usage?.completion_tokens };
}

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
    heardChunks(
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

const bedrockClient = (url: string, key: string) =>
  new BedrockRuntimeClient({
    region: "us-east-1",
    endpoint: url,
    credentials: {
      accessKeyId: "sim-access-key",
      secretAccessKey: key === "sim-key" ? "sim-secret-key" : key,
    },
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
  });
const converse = ({ model, system, user, max_tokens, temperature }: Call) => ({
  modelId: model,
  system: [{ text: system }],
  messages: [{ role: "user" as const, content: [{ text: user }] }],
  inferenceConfig: { maxTokens: max_tokens, temperature },
});

const geminiClient = (url: string, apiKey: string) =>
  new GoogleGenAI({
    apiKey,
    httpOptions: { baseUrl: url.replace(/\/v1$/, ""), apiVersion: "v1" },
  });
const gemini = ({ model, system, user, max_tokens, temperature }: Call) => ({
  model,
  contents: [{ role: "user", parts: [{ text: user }] }],
  config: {
    systemInstruction: { parts: [{ text: system }] },
    temperature,
    maxOutputTokens: max_tokens + addedBudget,
  },
});

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
    // Newer SDKs of this class take the path of the endpoint without the /openai that they add themselves.
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
      const heard: Hearing = { text: "", input: null, output: null };
      for await (const event of stream) {
        if (event.type === "response.output_text.delta") {
          Object.assign(heard, { text: heard.text + event.delta });
        }
        if (event.type === "response.completed" || event.type === "response.incomplete") {
          const { usage } = event.response;
          Object.assign(heard, { input: usage?.input_tokens, output: usage?.output_tokens });
        }
        if (event.type === "error") throw new Error(event.message);
      }
      return heard;
    },
  },
  {
    name: "@anthropic-ai/sdk",
    provider: "anthropic",
    whole: async (url, { model, system, user, max_tokens }, key) => {
      const client = new Anthropic({ apiKey: key, baseURL: url, ...once });
      const messages = [{ role: "user" as const, content: user }];
      const reply = await client.messages.create({ model, system, messages, max_tokens });
      return {
        text: reply.content.map((block) => (block.type === "text" ? block.text : "")).join(""),
        input: reply.usage.input_tokens,
        output: reply.usage.output_tokens,
      };
    },
    streamed: async (url, { model, system, user, max_tokens }, key) => {
      const client = new Anthropic({ apiKey: key, baseURL: url, ...once });
      const messages = [{ role: "user" as const, content: user }];
      const stream = await client.messages.create({
        model,
        system,
        messages,
        max_tokens,
        stream: true,
      });
      const heard: Hearing = { text: "", input: null, output: null };
      for await (const event of stream) {
        if (event.type === "message_start") {
          Object.assign(heard, { input: event.message.usage.input_tokens });
        }
        if (event.type === "content_block_delta" && event.delta.type === "text_delta") {
          Object.assign(heard, { text: heard.text + event.delta.text });
        }
        if (event.type === "message_delta")
          Object.assign(heard, { output: event.usage.output_tokens });
      }
      return heard;
    },
  },
  {
    name: "@aws-sdk/client-bedrock-runtime",
    provider: "bedrock",
    whole: async (url, call, key) => {
      const reply = await bedrockClient(url, key).send(new ConverseCommand(converse(call)));
      return {
        text: reply.output?.message?.content?.map((block) => block.text ?? "").join("") ?? "",
        input: reply.usage?.inputTokens,
        output: reply.usage?.outputTokens,
      };
    },
    streamed: async (url, call, key) => {
      const reply = await bedrockClient(url, key).send(new ConverseStreamCommand(converse(call)));
      const heard: Hearing = { text: "", input: null, output: null };
      for await (const event of reply.stream ?? []) {
        Object.assign(heard, { text: heard.text + (event.contentBlockDelta?.delta?.text ?? "") });
        const usage = event.metadata?.usage;
        if (usage !== undefined) {
          Object.assign(heard, { input: usage.inputTokens, output: usage.outputTokens });
        }
      }
      return heard;
    },
  },
  {
    name: "@google/genai",
    provider: "gemini",
    whole: async (url, call, key) => {
      const reply = await geminiClient(url, key).models.generateContent(gemini(call));
      const usage = reply.usageMetadata;
      return {
        text: reply.text ?? "",
        input: usage?.promptTokenCount,
        output: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
      };
    },
    streamed: async (url, call, key) => {
      const stream = await geminiClient(url, key).models.generateContentStream(gemini(call));
      const heard: Hearing = { text: "", input: null, output: null };
      for await (const chunk of stream) {
        const usage = chunk.usageMetadata;
        Object.assign(heard, {
          text: heard.text + (chunk.text ?? ""),
          input: usage?.promptTokenCount,
          output: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
        });
      }
      return heard;
    },
  },
  {
    name: "cohere-ai",
    provider: "cohere",
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
      const heard: Hearing = { text: "", input: null, output: null };
      for await (const event of stream) {
        if (event.type === "content-delta") {
          Object.assign(heard, { text: heard.text + (event.delta?.message?.content?.text ?? "") });
        }
        if (event.type === "message-end") {
          const billed = event.delta?.usage?.billedUnits;
          Object.assign(heard, { input: billed?.inputTokens, output: billed?.outputTokens });
        }
      }
      return heard;
    },
  },
  {
    name: "@mistralai/mistralai",
    provider: "mistral",
    whole: async (url, call, key) => {
      const client = new Mistral({ apiKey: key, serverURL: url.replace(/\/v1$/, "") });
      const { model, max_tokens: maxTokens, temperature } = call;
      const reply = await client.chat.complete({
        model,
        messages: talk(call),
        maxTokens,
        temperature,
      });
      const content = reply.choices?.[0]?.message?.content;
      return {
        text: typeof content === "string" ? content : "",
        input: reply.usage.promptTokens,
        output: reply.usage.completionTokens,
      };
    },
    streamed: async (url, call, key) => {
      const client = new Mistral({ apiKey: key, serverURL: url.replace(/\/v1$/, "") });
      const { model, max_tokens: maxTokens, temperature } = call;
      const stream = await client.chat.stream({
        model,
        messages: talk(call),
        maxTokens,
        temperature,
      });
      const heard: Hearing = { text: "", input: null, output: null };
      for await (const { data } of stream) {
        const content = data.choices[0]?.delta.content;
        Object.assign(heard, {
          text: heard.text + (typeof content === "string" ? content : ""),
          input: data.usage?.promptTokens ?? heard.input,
          output: data.usage?.completionTokens ?? heard.output,
        });
      }
      return heard;
    },
  },
  {
    name: "ollama",
    provider: "ollama",
    whole: async (url, call) => {
      const reply = await new Ollama({ host: url }).chat({
        model: call.model,
        messages: talk(call),
        stream: false,
        options: {
          num_predict: call.max_tokens + addedBudget,
          temperature: call.temperature,
          num_ctx: 8192,
        },
      });
      return {
        text: reply.message.content,
        input: reply.prompt_eval_count,
        output: reply.eval_count,
      };
    },
    streamed: async (url, call) => {
      const stream = await new Ollama({ host: url }).chat({
        model: call.model,
        messages: talk(call),
        stream: true,
        options: {
          num_predict: call.max_tokens + addedBudget,
          temperature: call.temperature,
          num_ctx: 8192,
        },
      });
      const heard: Hearing = { text: "", input: null, output: null };
      for await (const line of stream) {
        Object.assign(heard, {
          text: heard.text + line.message.content,
          input: line.prompt_eval_count,
          output: line.eval_count,
        });
      }
      return heard;
    },
    only_ours: { truncate: "a prompt that does not fit is refused instead of cut in silence" },
  },
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
      const heard: Hearing = { text: "", input: null, output: null };
      for await (const chunk of stream) {
        const usage = chunk.x_groq?.usage;
        Object.assign(heard, {
          text: heard.text + (chunk.choices[0]?.delta.content ?? ""),
          input: usage?.prompt_tokens ?? heard.input,
          output: usage?.completion_tokens ?? heard.output,
        });
      }
      return heard;
    },
    sdk_path: (path) => path.replace("/openai/v1/", "/v1/"),
    only_ours: { stream_options: "this SDK has no type for it; the API takes it" },
  },
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
      return heardChunks(stream);
    },
  },
  {
    name: "together-ai",
    provider: "together",
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
      return heardChunks(
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
  {
    name: "@openrouter/sdk",
    provider: "openrouter",
    whole: async (url, call, key) => {
      const client = new OpenRouter({ apiKey: key, serverURL: url });
      const { model, max_tokens: maxTokens, temperature } = call;
      const provider = { allowFallbacks: false, requireParameters: true };
      const chatRequest = { model, messages: talk(call), maxTokens, temperature, provider };
      const reply = await client.chat.send({ chatRequest });
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
      const heard: Hearing = { text: "", input: null, output: null };
      for await (const chunk of stream) {
        Object.assign(heard, {
          text: heard.text + (chunk.choices[0]?.delta.content ?? ""),
          input: chunk.usage?.promptTokens ?? heard.input,
          output: chunk.usage?.completionTokens ?? heard.output,
        });
      }
      return heard;
    },
  },
];
