import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import Anthropic from "@anthropic-ai/sdk";
import { AnthropicVertex } from "@anthropic-ai/vertex-sdk";
import OldAnthropic from "anthropic-sdk-0";
import { OAuth2Client } from "google-auth-library";

import { type Call, type SdkAnswer, type AnswerDraft, once, type Sdk } from "../sdk.ts";

type Body = {
  readonly model: string;
  readonly system: string;
  readonly messages: { readonly role: "user"; readonly content: string }[];
  readonly max_tokens: number;
  readonly temperature?: number;
};

/** The API version of 2026 accepts no sampling params, and the adapter drops them there. */
const bodyOf = ({ model, system, user, max_tokens }: Call): Body => ({
  model,
  system,
  messages: [{ role: "user", content: user }],
  max_tokens,
});
const warmBodyOf = (call: Call): Body => ({ ...bodyOf(call), temperature: call.temperature });

type Reply = {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number };
};

const answerOf = ({ content, usage }: Reply): SdkAnswer => ({
  text: content.map(({ type, text = "" }) => (type === "text" ? text : "")).join(""),
  input: usage.input_tokens,
  output: usage.output_tokens,
});

type Event = Anthropic.RawMessageStreamEvent | OldAnthropic.RawMessageStreamEvent;

async function joinEvents(stream: AsyncIterable<Event>): Promise<SdkAnswer> {
  const answer: AnswerDraft = { text: "", input: null, output: null };
  for await (const event of stream) {
    if (event.type === "message_start") answer.input = event.message.usage.input_tokens;
    if (event.type === "content_block_delta" && event.delta.type === "text_delta") {
      answer.text += event.delta.text;
    }
    if (event.type === "message_delta") answer.output = event.usage.output_tokens;
  }
  return answer;
}

const newClient = (url: string, apiKey: string) => new Anthropic({ apiKey, baseURL: url, ...once });
const oldClient = (url: string, apiKey: string) =>
  new OldAnthropic({ apiKey, baseURL: url, ...once });

// The version that our vendor file sends. The SDK's own is newer, as the file notes.
const bedrockClient = (url: string, apiKey: string) =>
  new AnthropicBedrock({
    apiKey,
    baseURL: url,
    awsRegion: "us-east-1",
    defaultHeaders: { "anthropic-version": "bedrock-2023-05-31" },
    ...once,
  });
const project = "/projects/sim/locations/us-east5";
function vertexClient(url: string, key: string): AnthropicVertex {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: key, expiry_date: Date.now() + 3_600_000 });
  return new AnthropicVertex({
    region: "us-east5",
    projectId: "sim",
    baseURL: url,
    authClient,
    defaultHeaders: { "anthropic-version": "vertex-2023-10-16" },
    ...once,
  });
}

export const sdks: readonly Sdk[] = [
  {
    name: "@anthropic-ai/sdk",
    provider: "anthropic",
    whole: async (url, call, key) =>
      answerOf(await newClient(url, key).messages.create(bodyOf(call))),
    streamed: async (url, call, key) =>
      joinEvents(await newClient(url, key).messages.create({ ...bodyOf(call), stream: true })),
  },
  {
    name: "@anthropic-ai/sdk 0.x",
    provider: "anthropic-2023",
    whole: async (url, call, key) =>
      answerOf(await oldClient(url, key).messages.create(warmBodyOf(call))),
    streamed: async (url, call, key) =>
      joinEvents(await oldClient(url, key).messages.create({ ...warmBodyOf(call), stream: true })),
  },
  {
    name: "@anthropic-ai/bedrock-sdk",
    provider: "bedrock-claude",
    whole: async (url, call, key) =>
      answerOf(await bedrockClient(url, key).messages.create(warmBodyOf(call))),
    streamed: async (url, call, key) =>
      joinEvents(
        await bedrockClient(url, key).messages.create({ ...warmBodyOf(call), stream: true }),
      ),
  },
  {
    name: "@anthropic-ai/vertex-sdk",
    provider: "vertex-claude",
    whole: async (url, call, key) =>
      answerOf(await vertexClient(url, key).messages.create(warmBodyOf(call))),
    streamed: async (url, call, key) =>
      joinEvents(
        await vertexClient(url, key).messages.create({ ...warmBodyOf(call), stream: true }),
      ),
    sdk_path: (path) => path.replace(project, ""),
  },
];
