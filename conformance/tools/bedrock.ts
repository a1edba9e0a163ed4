import {
  BedrockRuntimeClient,
  ConverseCommand,
  type Message,
  type ToolUseBlock,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";

import { sum, type ToolTalk } from "./tool-talk.ts";

export const toolTalks: readonly ToolTalk[] = [
  {
    name: "@aws-sdk/client-bedrock-runtime",
    provider: "bedrock",
    members: ["system", "messages", "toolConfig"],
    converse: async (endpoint, _key, errand) => {
      const client = new BedrockRuntimeClient({
        region: "us-east-1",
        endpoint,
        credentials: { accessKeyId: "sim-access-key", secretAccessKey: "sim-secret-key" },
        requestHandler: new NodeHttpHandler(),
        maxAttempts: 1,
      });
      const ask = async (messages: Message[]) => {
        const { model, system, max_tokens: maxTokens, temperature, functions } = errand;
        const tools = functions.map(({ name, description, parameters }) => ({
          toolSpec: {
            name,
            description,
            inputSchema: { json: JSON.parse(JSON.stringify(parameters)) },
          },
        }));
        const reply = await client.send(
          new ConverseCommand({
            modelId: model,
            system: [{ text: system }],
            messages,
            inferenceConfig: { maxTokens, temperature },
            toolConfig: { tools },
          }),
        );
        const calls: readonly ToolUseBlock[] = (reply.output?.message?.content ?? []).flatMap(
          ({ toolUse }) => toolUse ?? [],
        );
        return {
          calls,
          made: calls.map(({ name = "", input }) => ({ name, arguments: input })),
          usage: reply.usage,
        };
      };
      const asked: Message = { role: "user", content: [{ text: errand.user }] };
      const first = await ask([asked]);
      const results = errand.play(first.made);
      const second = await ask([
        asked,
        { role: "assistant", content: first.calls.map((toolUse) => ({ toolUse })) },
        {
          role: "user",
          content: first.calls.map(({ toolUseId }, at) => ({
            toolResult: { toolUseId, content: [{ text: results[at] ?? "" }] },
          })),
        },
      ]);
      return {
        replies: [first.made, second.made],
        input: sum(
          first.usage?.inputTokens,
          first.usage?.cacheReadInputTokens,
          second.usage?.inputTokens,
          second.usage?.cacheReadInputTokens,
        ),
        output: sum(first.usage?.outputTokens, second.usage?.outputTokens),
      };
    },
  },
];
