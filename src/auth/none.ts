import type { Scheme } from "../calling/auth/scheme.ts";

/** For servers that ask for nothing, such as one's own. */
export const scheme: Scheme = { id: "none", authorize: (request) => Promise.resolve(request) };
