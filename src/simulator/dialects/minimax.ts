import type { Dialect } from "../kit/dialect.ts";

type Choices = readonly { readonly delta: { readonly reasoning_content?: string } }[];

/** Messages end with the vendor's own error number; reasoning is sent under two names. */
export const dialect: Dialect = {
  openai: {
    event: (body, { kind }) =>
      kind === "reasoning"
        ? {
            ...body,
            choices: (body["choices"] as Choices).map(({ delta, ...choice }) => ({
              ...choice,
              delta: {
                ...delta,
                reasoning_details: [{ type: "reasoning.text", text: delta.reasoning_content }],
              },
            })),
          }
        : body,
  },
  errors: {
    auth: { type: "authorized_error", message: "login fail: {message} (1004)" },
    "bad-request": { type: "bad_request_error", message: "invalid params, {message} (2013)" },
    "context-overflow": {
      type: "bad_request_error",
      message: "invalid params, context window exceeds limit: {message} (2013)",
    },
    "filtered-input": {
      status: 422,
      type: "bad_request_error",
      message: "input new_sensitive: {message} (1026)",
    },
    quota: {
      status: 429,
      type: "insufficient_balance_error",
      message: "insufficient balance: {message} (1008)",
    },
    "rate-limited": { type: "rate_limit_error" },
  },
  error_body: ({ type, message, status, request_id }) => ({
    type: "error",
    error: { type, message, http_code: String(status) },
    request_id,
  }),
};
