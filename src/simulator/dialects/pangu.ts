import type { Dialect } from "../kit/dialect.ts";

/** An IAM token in a header; errors are those of the gateway. */
export const dialect: Dialect = {
  openai: { key_header: "x-auth-token", usage: "finish", counts: "none" },
  errors: {
    auth: { code: "APIG.0301", message: "Incorrect IAM authentication information: {message}" },
    "model-not-found": { code: "APIG.0101" },
    "filtered-input": { code: "PANGU.3319", message: "sensitive content: {message}" },
    "rate-limited": { code: "APIG.0308" },
    timeout: { status: 504, code: "APIG.0203" },
  },
  error_body: ({ code, message, request_id }) => ({
    error_code: code,
    error_msg: message,
    request_id,
  }),
};
