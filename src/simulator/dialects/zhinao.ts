import type { Dialect } from "../kit/dialect.ts";

/** Codes are numbers as strings. */
export const dialect: Dialect = {
  errors: {
    auth: { code: "1001" },
    quota: { code: "1004", message: "账户余额不足：{message}" },
    "filtered-input": { code: "1100", message: "内容含敏感信息：{message}" },
  },
  error_body: ({ code, message, type }) => ({ error: { code, message, type } }),
};
