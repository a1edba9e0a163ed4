import type { Manner } from "../manner.ts";

/** It tells its errors apart by status and message. */
export const manner: Manner = {
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
