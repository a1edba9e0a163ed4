import type { Manner } from "../manner.ts";

/** Its errors have no envelope. */
export const manner: Manner = {
  dialect: { reasoning: "parts", counts: "none", usage: "always" },
  error_body: ({ message, type, code }) => ({ object: "error", message, type, param: null, code }),
};
