import { type Scheme, withHeader } from "../calling/auth/scheme.ts";

/** `Authorization: Bearer <key>` (RFC 6750). */
export const scheme: Scheme = {
  id: "bearer",
  secrets: ["key"],
  authorize: (request, { key = "" }) =>
    Promise.resolve(withHeader(request, "authorization", `Bearer ${key}`)),
};
