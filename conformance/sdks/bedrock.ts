import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";

import type { Call, AnswerDraft, Sdk } from "../sdk.ts";

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

export const sdks: readonly Sdk[] = [
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
      const answer: AnswerDraft = { text: "", input: null, output: null };
      for await (const event of reply.stream ?? []) {
        Object.assign(answer, { text: answer.text + (event.contentBlockDelta?.delta?.text ?? "") });
        const usage = event.metadata?.usage;
        if (usage !== undefined) {
          Object.assign(answer, { input: usage.inputTokens, output: usage.outputTokens });
        }
      }
      return answer;
    },
  },
];
