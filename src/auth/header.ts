import { type Scheme, withHeader } from "../calling/auth/scheme.ts";

/** The bare key in a header named by the vendor's file, such as `api-key`. */
export const scheme: Scheme = {
  id: "header",
  secrets: ["key"],
  authorize: (request, { key = "" }, auth) =>
    Promise.resolve(withHeader(request, auth.header ?? "x-api-key", key)),
};
