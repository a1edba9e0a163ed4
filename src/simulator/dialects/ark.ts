import type { Dialect } from "../kit/dialect.ts";

/** Codes are names, types those of HTTP; the message ends with the request id. */
export const dialect: Dialect = {
  errors: {
    auth: { code: "AuthenticationError", type: "Unauthorized" },
    permission: { code: "AccessDenied", type: "Forbidden" },
    "model-not-found": { code: "InvalidEndpointOrModel.NotFound", type: "NotFound" },
    "bad-request": { code: "InvalidParameter", type: "BadRequest" },
    "context-overflow": { code: "OutofContextError", type: "BadRequest" },
    "filtered-input": { code: "InputTextSensitiveContentDetected", type: "BadRequest" },
    "filtered-output": { status: 400, code: "OutputTextSensitiveContentDetected" },
    "rate-limited": { code: "ModelAccountTpmRateLimitExceeded", type: "TooManyRequests" },
    quota: { status: 429, code: "SetLimitExceeded", type: "TooManyRequests" },
    overloaded: { status: 429, code: "ServerOverloaded", type: "TooManyRequests" },
    server: { code: "InternalServiceError", type: "InternalServerError" },
  },
  error_body: ({ code, message, type }) => ({ error: { code, message, param: "", type } }),
};
