import type { Dialect } from "../kit/dialect.ts";

type Choices = readonly Readonly<Record<string, unknown>>[];

/** Errors have a type and no code. The last choice carries the usage as well. */
export const dialect: Dialect = {
  openai: {
    usage: "finish",
    event: (body, { kind }) => {
      if (kind !== "finish") return body;
      const { usage } = body;
      return { ...body, choices: (body["choices"] as Choices).map((each) => ({ ...each, usage })) };
    },
  },
  errors: {
    auth: { type: "invalid_authentication_error" },
    permission: { type: "permission_denied_error" },
    "model-not-found": { type: "resource_not_found_error" },
    "bad-request": { type: "invalid_request_error" },
    "context-overflow": {
      type: "invalid_request_error",
      message: "Invalid request: Your request exceeded model token limit: {message}",
    },
    "filtered-input": {
      type: "content_filter",
      message: "The request was rejected because it was considered high risk. {message}",
    },
    "rate-limited": { type: "rate_limit_reached_error" },
    quota: { status: 429, type: "exceeded_current_quota_error" },
    overloaded: { status: 429, type: "engine_overloaded_error" },
    server: { type: "server_error" },
  },
  error_body: ({ type, message }) => ({ error: { type, message } }),
};
