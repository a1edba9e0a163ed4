import type { Dialect } from "../kit/dialect.ts";

export const dialect: Dialect = {
  errors: {
    auth: { type: "invalid_request_error", code: "invalid_api_key" },
    permission: { type: "AccessDenied", code: "access_denied" },
    "model-not-found": { type: "invalid_request_error", code: "model_not_found" },
    "bad-request": { type: "invalid_request_error", code: "invalid_parameter_error" },
    "context-overflow": {
      type: "invalid_request_error",
      code: "invalid_parameter_error",
      message: "Range of input length should be [1, 3000]: {message}",
    },
    "filtered-input": {
      type: "data_inspection_failed",
      code: "data_inspection_failed",
      message: "Input data may contain inappropriate content. {message}",
    },
    "filtered-output": {
      status: 400,
      type: "data_inspection_failed",
      code: "data_inspection_failed",
      message: "Output data may contain inappropriate content. {message}",
    },
    "rate-limited": { type: "limit_requests", code: "limit_requests" },
    quota: { status: 400, type: "Arrearage", code: "Arrearage" },
    overloaded: { type: "ServiceUnavailable", code: "ServiceUnavailable" },
    timeout: { status: 500, type: "InternalError.Timeout", code: "InternalError.Timeout" },
    server: { status: 500, type: "InternalError", code: "InternalError.Algo" },
  },
};
