import type { Dialect } from "../kit/dialect.ts";

/** Each choice carries the content filter's result; an ordinary finish is `normal`. */
export const dialect: Dialect = {
  openai: {
    finish: { stop: "normal" },
    event: (body) => ({ ...body, ...flagged(body) }),
    whole: (body) => ({ ...body, ...flagged(body) }),
  },
  errors: {
    auth: { type: "access_denied", code: "invalid_iam_token" },
    permission: { type: "access_denied", code: "no_parameter_permission" },
    "model-not-found": { status: 400, type: "invalid_request_error", code: "invalid_model" },
    "bad-request": { type: "invalid_request_error", code: "invalid_argument" },
    "context-overflow": { type: "invalid_request_error", code: "tokens_too_long" },
    "filtered-input": { status: 403, type: "unsafe_request", code: "system_unsafe" },
    "filtered-output": { status: 403, type: "unsafe_request", code: "output_unsafe" },
    "rate-limited": { type: "rate_limit_exceeded", code: "rpm_rate_limit_exceeded" },
    timeout: { status: 500, type: "internal_error", code: "dispatch_internal_error" },
    server: { status: 500, type: "internal_error", code: "internal_error" },
  },
  error_body: ({ code, message, type, request_id }) => ({
    error: { code, message, type },
    id: `as-${request_id}`,
  }),
};

const flagged = ({ choices }: Readonly<Record<string, unknown>>): object =>
  Array.isArray(choices)
    ? { choices: choices.map((choice: object) => ({ ...choice, flag: 0, ban_round: 0 })) }
    : {};
