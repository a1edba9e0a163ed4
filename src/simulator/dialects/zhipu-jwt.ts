import type { Dialect } from "../kit/dialect.ts";
import { jwtTrouble } from "../kit/jwt.ts";
import { dialect as zhipu } from "./zhipu.ts";

/** Only a token that is signed with the key is taken, not the key. Its times are in milliseconds. */
export const dialect: Dialect = {
  ...zhipu,
  authorise: (request) =>
    jwtTrouble(request, { id: ({ api_key }) => api_key, expires: ({ exp }) => Number(exp) }),
};
