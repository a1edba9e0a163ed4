import type { Dialect } from "../kit/dialect.ts";

/** Codes are the HTTP status as a number; moderation details come beside them. */
export const dialect: Dialect = {
  openai: { reasoning: "reasoning", comments: true, null_usage: false },
  errors: { "filtered-input": { status: 403 }, quota: { status: 402 } },
  error_body: ({ outcome, status, message }) => ({
    error: {
      code: status,
      message,
      metadata: outcome === "filtered-input" ? { reasons: ["moderation"], flagged_input: "…" } : {},
    },
  }),
};
