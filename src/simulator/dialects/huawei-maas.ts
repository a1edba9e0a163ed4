import type { Dialect } from "../kit/dialect.ts";

/** The gateway and the engine behind it (vLLM) each have their own error envelope. */
export const dialect: Dialect = {
  errors: {
    auth: { code: "ModelArts.81003" },
    permission: { status: 403, code: "ModelArts.81004" },
    "model-not-found": { code: "ModelArts.81009" },
    "bad-request": { code: "ModelArts.81001" },
    "context-overflow": {
      type: "BadRequestError",
      message: "This model's maximum context length is 3000 tokens. {message}",
    },
    "filtered-input": {
      status: 403,
      code: "ModelArts.81011",
      message: "May contain sensitive information, please try again. {message}",
    },
    "rate-limited": { code: "ModelArts.81101" },
    quota: { status: 403, code: "ModelArts.81006" },
    timeout: { status: 504, code: "APIG.0203" },
  },
  error_body: ({ outcome, status, type, code, message }) =>
    outcome === "context-overflow"
      ? { object: "error", message, type, param: null, code: status }
      : { error_code: code, error_msg: message },
};
