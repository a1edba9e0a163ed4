import type { Dialect } from "../kit/dialect.ts";

import { jwtTrouble } from "../kit/jwt.ts";
import { dialect as zhipu } from "./zhipu.ts";

/** Accepts only a token signed with the key, not the key itself. The token's times are in milliseconds. */
export const dialect: Dialect = {
  ...zhipu,
  authorise: (request) =>
    jwtTrouble(request, { id: ({ api_key }) => api_key, expires: ({ exp }) => Number(exp) }),
};
