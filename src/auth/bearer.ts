import type { Scheme } from "./scheme.ts";

/** `Authorization: Bearer <key>` (RFC 6750). */
export const scheme: Scheme = {
  id: "bearer",
  authorize: (request, { key = "" }) =>
    Promise.resolve({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${key}` },
    }),
};
