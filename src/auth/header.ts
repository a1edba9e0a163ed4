import { type Scheme, withHeader } from "../calling/auth/scheme.ts";

/** The key alone in a header that the vendor's file names, such as `api-key`. */
export const scheme: Scheme = {
  id: "header",
  authorize: (request, { key = "" }, auth) =>
    Promise.resolve(withHeader(request, auth.header ?? "x-api-key", key)),
};
