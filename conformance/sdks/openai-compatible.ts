import OpenAI from "openai";

import { addedBudget, joinChunks, once, talk, type Call, type Sdk } from "../sdk.ts";

/** Vendors that recommend OpenAI's own SDK: what a user sends to each, and what the adapter adds. */
type Compatible = Pick<Sdk, "provider" | "only_ours" | "only_sdk"> & {
  /** The name of the token limit; default `max_tokens`. */
  readonly bound?: "max_tokens" | "max_completion_tokens";
  /** The vendor counts thinking towards the limit, so the adapter requests more. */
  readonly counts_thinking?: true;
};

const vendors: readonly Compatible[] = [
  { provider: "ark" },
  { provider: "baichuan", only_ours: { with_search_enhance: "keeps search out of the answers" } },
  {
    provider: "deepseek",
    counts_thinking: true,
    only_sdk: { temperature: "without effect while thinking, which is on unless told" },
  },
  { provider: "huawei-maas", counts_thinking: true },
  { provider: "jd" },
  {
    provider: "minimax",
    bound: "max_completion_tokens",
    counts_thinking: true,
    only_ours: { reasoning_split: "keeps thinking out of the answer" },
  },
  { provider: "modelscope", counts_thinking: true },
  { provider: "moonshot", bound: "max_completion_tokens", counts_thinking: true },
  { provider: "siliconflow", counts_thinking: true },
  { provider: "stepfun" },
  { provider: "yi" },
  { provider: "zhinao" },
];

export const sdks: readonly Sdk[] = vendors.map((vendor) => ({
  ...vendor,
  name: `openai at ${vendor.provider}`,
  whole: async (url, call, key) => {
    const reply = await clientAt(url, key).chat.completions.create(bodyOf(call, vendor));
    return {
      text: reply.choices[0]?.message.content ?? "",
      input: reply.usage?.prompt_tokens,
      output: reply.usage?.completion_tokens,
    };
  },
  streamed: async (url, call, key) =>
    joinChunks(
      await clientAt(url, key).chat.completions.create({
        ...bodyOf(call, vendor),
        stream: true,
        stream_options: { include_usage: true },
      }),
    ),
}));

const clientAt = (url: string, apiKey: string): OpenAI =>
  new OpenAI({ apiKey, baseURL: url, ...once });

function bodyOf(call: Call, { bound = "max_tokens", counts_thinking }: Compatible) {
  const { model, max_tokens, temperature } = call;
  const limit = max_tokens + (counts_thinking === true ? addedBudget : 0);
  return { model, messages: talk(call), temperature, [bound]: limit };
}
