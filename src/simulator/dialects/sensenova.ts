import type { Dialect } from "../kit/dialect.ts";

/** Limits on tokens and requests apply to the last minute. */
export const dialect: Dialect = {
  errors: {
    "rate-limited": {
      type: "rate_limit_error",
      code: "ModelAccountTpmRateLimitExceeded",
      message: "inference exceeds tpm/rpm limit: {message}",
    },
    "context-overflow": { code: "17" },
    "filtered-input": { code: "18" },
    "filtered-output": { status: 400, code: "18" },
  },
};
