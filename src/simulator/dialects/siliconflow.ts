import type { Dialect } from "../kit/dialect.ts";

/** Codes are numbers, a bad key gets plain text, and every event carries the usage so far. */
export const dialect: Dialect = {
  openai: {
    event: (body, { kind, answer, textSoFar }) => {
      if (kind === "usage") return body;
      const { input } = answer.usage;
      const usage = {
        prompt_tokens: input,
        completion_tokens: textSoFar.length,
        total_tokens: input + textSoFar.length,
      };
      return { ...body, usage };
    },
  },
  errors: {
    "model-not-found": { status: 400, code: "20012", message: "Model does not exist. {message}" },
    "bad-request": { code: "20015" },
    quota: { status: 403, code: "30001", message: "Sorry, your account balance is insufficient" },
    overloaded: { code: "50505" },
    "rate-limited": {
      message: "Request was rejected due to rate limiting. Details:TPM limit reached. {message}",
    },
    "filtered-input": { status: 451, message: "sensitive: {message}" },
  },
  error_body: ({ outcome, code, message }) => {
    if (outcome === "auth") return "Invalid token";
    const number = Number(code);
    return { ...(Number.isNaN(number) ? {} : { code: number }), message, data: null };
  },
};
