import type { Manner } from "../manner.ts";

/** Its errors have no envelope. */
export const manner: Manner = {
  dialect: { counts: "top", open: true },
  error_body: ({ message, type, code }) => ({ object: "error", message, type, param: null, code }),
};
