import { GoogleGenAI } from "@google/genai";
import { OAuth2Client } from "google-auth-library";

import { addedBudget, type Call, type SdkAnswer, type AnswerDraft, type Sdk } from "../sdk.ts";

const geminiClient = (url: string, apiKey: string) =>
  new GoogleGenAI({
    apiKey,
    httpOptions: { baseUrl: url.replace(/\/v1$/, ""), apiVersion: "v1" },
  });
const project = "/projects/sim/locations/us-central1";
function vertexClient(url: string, key: string): GoogleGenAI {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: key, expiry_date: Date.now() + 3_600_000 });
  return new GoogleGenAI({
    vertexai: true,
    project: "sim",
    location: "us-central1",
    googleAuthOptions: { authClient },
    httpOptions: { baseUrl: url.replace(/\/v1$/, ""), apiVersion: "v1" },
  });
}

const request = ({ model, system, user, max_tokens, temperature }: Call) => ({
  model,
  contents: [{ role: "user", parts: [{ text: user }] }],
  config: {
    systemInstruction: { parts: [{ text: system }] },
    temperature,
    maxOutputTokens: max_tokens + addedBudget,
  },
});

const through = (
  client: (url: string, key: string) => GoogleGenAI,
): Pick<Sdk, "whole" | "streamed"> => ({
  whole: async (url, call, key): Promise<SdkAnswer> => {
    const reply = await client(url, key).models.generateContent(request(call));
    const usage = reply.usageMetadata;
    return {
      text: reply.text ?? "",
      input: usage?.promptTokenCount,
      output: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
    };
  },
  streamed: async (url, call, key) => {
    const stream = await client(url, key).models.generateContentStream(request(call));
    const answer: AnswerDraft = { text: "", input: null, output: null };
    for await (const chunk of stream) {
      const usage = chunk.usageMetadata;
      answer.text += chunk.text ?? "";
      answer.input = usage?.promptTokenCount;
      answer.output = (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0);
    }
    return answer;
  },
});

export const sdks: readonly Sdk[] = [
  { name: "@google/genai", provider: "gemini", ...through(geminiClient) },
  {
    name: "@google/genai on Vertex AI",
    provider: "vertex",
    ...through(vertexClient),
    sdk_path: (path) => path.replace(project, ""),
  },
];
