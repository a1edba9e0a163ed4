import type { Dialect } from "../kit/dialect.ts";

type Counts = {
  readonly prompt_tokens_details: { readonly cached_tokens: number };
};

/** Its own field for reasoning, cached tokens at the top level of the usage, its own status for blocked content. */
export const dialect: Dialect = {
  openai: {
    reasoning: "reasoning",
    event: (body, { kind }) => {
      if (kind !== "usage") return body;
      const { prompt_tokens_details, ...counts } = body["usage"] as Counts;
      const { cached_tokens } = prompt_tokens_details;
      return { ...body, usage: { ...counts, cached_tokens } };
    },
  },
  errors: {
    "filtered-input": {
      status: 451,
      type: "censorship_blocked",
      message: "The content you provided or machine outputted is blocked. {message}",
    },
    quota: { status: 402, type: "quota_exceeded" },
    "rate-limited": { type: "rate_limit_error" },
    overloaded: { type: "engine_overloaded" },
  },
  error_body: ({ message, type }) => ({ error: { message, type } }),
};
