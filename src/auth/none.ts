import type { Scheme } from "../calling/auth/scheme.ts";

/** For servers that require no credentials, such as self-hosted ones. */
export const scheme: Scheme = {
  id: "none",
  secrets: [],
  authorize: (request) => Promise.resolve(request),
};
