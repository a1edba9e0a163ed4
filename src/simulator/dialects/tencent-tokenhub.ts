import type { Dialect } from "../kit/dialect.ts";

/** Every error has a number and says which side refused. */
export const dialect: Dialect = {
  errors: {
    auth: { type: "authentication_error", code: "401002" },
    permission: { type: "permission_error", code: "403001" },
    "model-not-found": { type: "invalid_request_error", code: "400004" },
    "bad-request": { type: "invalid_request_error", code: "400001" },
    "context-overflow": { type: "invalid_request_error", code: "400001" },
    "filtered-input": { status: 451, type: "content_filter_error", code: "451001" },
    "rate-limited": { type: "rate_limit_error", code: "429001" },
    quota: { status: 402, type: "permission_error", code: "401007" },
    overloaded: { status: 503, type: "upstream_error", code: "503001" },
    server: { status: 502, type: "upstream_error", code: "502001" },
  },
  error_body: ({ type, code, message, request_id }) => ({
    error: { type, code, message, source: "gateway", request_id },
  }),
};
