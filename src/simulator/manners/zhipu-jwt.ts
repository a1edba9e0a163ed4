import type { Manner } from "../manner.ts";
import { jwtTrouble } from "../protocols/kit/jwt.ts";
import { manner as zhipu } from "./zhipu.ts";

/** Only a token that is signed with the key is taken, not the key. Its times are in milliseconds. */
export const manner: Manner = {
  ...zhipu,
  authorise: (request) =>
    jwtTrouble(request, { id: ({ api_key }) => api_key, expires: ({ exp }) => Number(exp) }),
};
