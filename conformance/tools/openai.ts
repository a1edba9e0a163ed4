import OpenAI from "openai";

import { once, talk } from "../sdk.ts";
import { type Errand, enveloped, read, sum, type ToolTalk } from "./tool-talk.ts";

const client = (baseURL: string, apiKey: string) => new OpenAI({ apiKey, baseURL, ...once });

type Messages = OpenAI.ChatCompletionMessageParam[];

async function chat(url: string, key: string, errand: Errand) {
  const ask = async (messages: Messages) => {
    const { model, temperature, max_tokens: max_completion_tokens } = errand;
    const body = { model, messages, temperature, max_completion_tokens, tools: enveloped(errand) };
    const { choices, usage } = await client(url, key).chat.completions.create(body);
    const { content = null, tool_calls = [] } = choices[0]?.message ?? {};
    const calls = tool_calls.filter((each) => each.type === "function");
    return {
      content,
      calls,
      made: calls.map((each) => ({
        name: each.function.name,
        arguments: read(each.function.arguments),
      })),
      usage,
    };
  };
  const asked = talk(errand);
  const first = await ask(asked);
  const results = errand.play(first.made);
  const second = await ask([
    ...asked,
    { role: "assistant", content: first.content ?? "", tool_calls: first.calls },
    ...first.calls.map(({ id }, at) => ({
      role: "tool" as const,
      tool_call_id: id,
      content: results[at] ?? "",
    })),
  ]);
  return {
    replies: [first.made, second.made],
    input: sum(first.usage?.prompt_tokens, second.usage?.prompt_tokens),
    output: sum(first.usage?.completion_tokens, second.usage?.completion_tokens),
  };
}

async function responses(url: string, key: string, errand: Errand) {
  const ask = async (input: OpenAI.Responses.ResponseInput) => {
    const { model, system, temperature, max_tokens: max_output_tokens } = errand;
    const reply = await client(url, key).responses.create({
      model,
      instructions: system,
      input,
      temperature,
      max_output_tokens,
      store: false,
      tools: errand.functions.map((each) => ({
        type: "function" as const,
        name: each.name,
        description: each.description ?? "",
        parameters: { ...each.parameters },
        strict: false,
      })),
    });
    const calls = reply.output.filter((each) => each.type === "function_call");
    return {
      calls,
      made: calls.map((each) => ({ name: each.name, arguments: read(each.arguments) })),
      usage: reply.usage,
    };
  };
  const asked = { role: "user" as const, content: errand.user };
  const first = await ask([asked]);
  const results = errand.play(first.made);
  const second = await ask([
    asked,
    ...first.calls.map(({ call_id, name, arguments: given }) => ({
      type: "function_call" as const,
      call_id,
      name,
      arguments: given,
    })),
    ...first.calls.map(({ call_id }, at) => ({
      type: "function_call_output" as const,
      call_id,
      output: results[at] ?? "",
    })),
  ]);
  return {
    replies: [first.made, second.made],
    input: sum(first.usage?.input_tokens, second.usage?.input_tokens),
    output: sum(first.usage?.output_tokens, second.usage?.output_tokens),
  };
}

export const toolTalks: readonly ToolTalk[] = [
  { name: "openai", provider: "openai", members: ["messages", "tools"], converse: chat },
  // 百度 and others that speak OpenAI's protocol recommend this SDK.
  {
    name: "openai at qianfan",
    provider: "qianfan",
    members: ["messages", "tools"],
    converse: chat,
  },
  {
    name: "openai responses",
    provider: "openai-responses",
    members: ["instructions", "input", "tools"],
    converse: responses,
  },
];
