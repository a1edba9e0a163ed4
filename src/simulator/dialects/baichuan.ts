import type { Dialect } from "../kit/dialect.ts";

/** OpenAI's envelope without the request id. */
export const dialect: Dialect = {
  errors: {
    quota: { status: 429, code: "insufficient_quota", message: "账户余额不足：{message}" },
  },
  error_body: ({ code, message, type }) => ({ error: { code, param: null, type, message } }),
};
