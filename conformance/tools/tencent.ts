import { hunyuan } from "tencentcloud-sdk-nodejs-hunyuan";

import { read, sum, type ToolTalk } from "./tool-talk.ts";

const { Client } = hunyuan.v20230901;
type Asked = Parameters<InstanceType<typeof Client>["ChatCompletions"]>[0];

export const toolTalks: readonly ToolTalk[] = [
  {
    name: "tencentcloud-sdk-nodejs-hunyuan",
    provider: "hunyuan-tc3",
    members: ["Messages", "Tools"],
    converse: async (url, _key, errand) => {
      const { host, protocol } = new URL(url);
      const client = new Client({
        credential: { secretId: "sim-id", secretKey: "sim-secret" },
        region: "",
        profile: {
          signMethod: "TC3-HMAC-SHA256",
          httpProfile: { endpoint: host, protocol: `${protocol}//`, reqMethod: "POST" },
        },
      });
      const ask = async (Messages: Asked["Messages"]) => {
        const reply = await client.ChatCompletions({
          Model: errand.model,
          Messages,
          Temperature: errand.temperature,
          EnableEnhancement: false,
          Stream: false,
          Tools: errand.functions.map(({ name, description = "", parameters }) => ({
            Type: "function",
            Function: {
              Name: name,
              Description: description,
              Parameters: JSON.stringify(parameters),
            },
          })),
        });
        const calls = reply.Choices?.[0]?.Message?.ToolCalls ?? [];
        return {
          calls,
          made: calls.map((each) => ({
            name: each.Function.Name,
            arguments: read(each.Function.Arguments),
          })),
          usage: reply.Usage,
        };
      };
      const asked = [
        { Role: "system", Content: errand.system },
        { Role: "user", Content: errand.user },
      ];
      const first = await ask(asked);
      const results = errand.play(first.made);
      const second = await ask([
        ...asked,
        {
          Role: "assistant",
          Content: "",
          ToolCalls: first.calls.map(({ Id, Function: { Name, Arguments } }) => ({
            Id,
            Type: "function",
            Function: { Name, Arguments },
          })),
        },
        ...first.calls.map(({ Id }, at) => ({
          Role: "tool",
          ToolCallId: Id,
          Content: results[at] ?? "",
        })),
      ]);
      return {
        replies: [first.made, second.made],
        input: sum(first.usage?.PromptTokens, second.usage?.PromptTokens),
        output: sum(first.usage?.CompletionTokens, second.usage?.CompletionTokens),
      };
    },
  },
];
