import type { Dialect } from "../kit/dialect.ts";

/** Errors differ by status and message only. */
export const dialect: Dialect = {
  errors: {
    "filtered-input": { code: "invalid_request_error", message: "Content Exists Risk. {message}" },
    "context-overflow": { code: "invalid_request_error" },
    "bad-request": { code: "invalid_request_error" },
    quota: {
      status: 402,
      code: "invalid_request_error",
      message: "Insufficient Balance. {message}",
    },
  },
};
