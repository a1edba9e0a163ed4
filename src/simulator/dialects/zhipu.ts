import type { Dialect } from "../kit/dialect.ts";

/** Codes are numbers as strings; usage comes with the last choice, requested or not. */
export const dialect: Dialect = {
  openai: { usage: "finish", finish: { filter: "sensitive" } },
  errors: {
    auth: { code: "1002", message: "Authorization Token非法：{message}" },
    permission: { status: 403, code: "1220", message: "您无权访问该API：{message}" },
    "model-not-found": { status: 400, code: "1211", message: "模型不存在：{message}" },
    "bad-request": { code: "1214" },
    "context-overflow": { code: "1261", message: "Prompt 超长：{message}" },
    "filtered-input": {
      code: "1301",
      message: "系统检测到输入或生成内容可能包含不安全或敏感内容。{message}",
    },
    "filtered-output": {
      status: 400,
      code: "1301",
      message: "系统检测到生成内容可能不安全。{message}",
    },
    "rate-limited": { code: "1302" },
    quota: { status: 429, code: "1113", message: "您的账户已欠费：{message}" },
    overloaded: { status: 429, code: "1312" },
    timeout: { status: 500, code: "1234" },
    server: { status: 500, code: "500" },
  },
  error_body: ({ code, message }) => ({ error: { code, message } }),
};
