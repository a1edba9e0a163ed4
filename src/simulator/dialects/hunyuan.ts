import type { Dialect } from "../kit/dialect.ts";

/** Error codes are those of the vendor's native API. */
export const dialect: Dialect = {
  openai: { finish: { filter: "sensitive" } },
  errors: {
    "filtered-input": { code: "OperationDenied.TextIllegalDetected" },
    "rate-limited": { code: "LimitExceeded" },
    quota: { code: "ResourceUnavailable.InArrears" },
    overloaded: { code: "FailedOperation.EngineServerLimitExceeded" },
    timeout: { code: "FailedOperation.EngineRequestTimeout" },
    server: { code: "InternalError" },
  },
};
