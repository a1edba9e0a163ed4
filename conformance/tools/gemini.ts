import { type Content, type FunctionCall, GoogleGenAI } from "@google/genai";

import { addedBudget } from "../sdk.ts";
import { read, sum, type ToolTalk } from "./tool-talk.ts";

export const toolTalks: readonly ToolTalk[] = [
  {
    name: "@google/genai",
    provider: "gemini",
    members: ["systemInstruction", "contents", "tools"],
    converse: async (url, apiKey, errand) => {
      const client = new GoogleGenAI({
        apiKey,
        httpOptions: { baseUrl: url.replace(/\/v1$/, ""), apiVersion: "v1" },
      });
      const ask = async (contents: Content[]) => {
        const { model, system, max_tokens, temperature, functions } = errand;
        const reply = await client.models.generateContent({
          model,
          contents,
          config: {
            systemInstruction: { parts: [{ text: system }] },
            temperature,
            maxOutputTokens: max_tokens + addedBudget,
            tools: [
              {
                functionDeclarations: functions.map(({ name, description = "", parameters }) => ({
                  name,
                  description,
                  parametersJsonSchema: parameters,
                })),
              },
            ],
          },
        });
        const calls: readonly FunctionCall[] = reply.functionCalls ?? [];
        return {
          calls,
          made: calls.map(({ name = "", args }) => ({ name, arguments: args })),
          usage: reply.usageMetadata,
        };
      };
      const asked: Content = { role: "user", parts: [{ text: errand.user }] };
      const first = await ask([asked]);
      const results = errand.play(first.made);
      const second = await ask([
        asked,
        {
          role: "model",
          parts: first.calls.map(({ name = "", args = {} }) => ({ functionCall: { name, args } })),
        },
        {
          role: "user",
          parts: first.calls.map(({ name = "" }, at) => ({
            functionResponse: { name, response: read(results[at]) as Record<string, unknown> },
          })),
        },
      ]);
      return {
        replies: [first.made, second.made],
        input: sum(first.usage?.promptTokenCount, second.usage?.promptTokenCount),
        output: sum(
          first.usage?.candidatesTokenCount,
          first.usage?.thoughtsTokenCount ?? 0,
          second.usage?.candidatesTokenCount,
          second.usage?.thoughtsTokenCount ?? 0,
        ),
      };
    },
  },
];
