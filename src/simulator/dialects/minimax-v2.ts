import type { Dialect } from "../kit/dialect.ts";

/** All errors come with HTTP 200; the last event repeats the whole answer, with the usage. */
export const dialect: Dialect = {
  openai: {
    usage: "always",
    event: (body, { kind, answer }) =>
      kind === "usage"
        ? {
            ...body,
            object: "chat.completion",
            choices: [
              {
                index: 0,
                finish_reason: answer.finish === "filter" ? "content_filter" : answer.finish,
                message: {
                  role: "assistant",
                  content: answer.text,
                  reasoning_content: answer.reasoning,
                },
              },
            ],
            base_resp: succeeded,
          }
        : { ...body, usage: { total_tokens: 0 }, input_sensitive: false, output_sensitive: false },
    whole: (body) => ({ ...body, base_resp: succeeded }),
  },
  errors: {
    auth: { status: 200, code: "1004", message: "login fail: {message}" },
    "bad-request": { status: 200, code: "2013", message: "invalid params, {message}" },
    "context-overflow": {
      status: 200,
      code: "2013",
      message: "invalid params, context window exceeds limit: {message}",
    },
    "filtered-input": { status: 200, code: "1026", message: "input new_sensitive: {message}" },
    "filtered-output": { status: 200, code: "1027", message: "output new_sensitive: {message}" },
    "rate-limited": { status: 200, code: "1002" },
    quota: { status: 200, code: "1008", message: "insufficient balance: {message}" },
    timeout: { status: 200, code: "1001" },
    overloaded: { status: 200, code: "1000" },
    server: { status: 200, code: "1013" },
  },
  error_body: ({ code, message }) => ({
    id: "",
    choices: null,
    base_resp: { status_code: Number(code) || unknownError, status_msg: message },
  }),
};

const unknownError = 1000;
const succeeded = { status_code: 0, status_msg: "" };
