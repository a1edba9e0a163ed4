import type { Dialect } from "../kit/dialect.ts";

/** Every event carries the text so far beside the delta. */
export const dialect: Dialect = {
  openai: {
    event: (body, { kind, textSoFar }) => ({
      ...body,
      content: textSoFar,
      lastOne: kind === "finish" || kind === "usage",
    }),
  },
  errors: { "rate-limited": { code: "429", message: "rate_limit_exceeded: {message}" } },
};
