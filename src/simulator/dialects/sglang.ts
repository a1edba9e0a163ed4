import type { Dialect } from "../kit/dialect.ts";

/** Its errors have no envelope. */
export const dialect: Dialect = {
  openai: { counts: "top", open: true },
  error_body: ({ message, type, code }) => ({ object: "error", message, type, param: null, code }),
};
