import type { Manner } from "../manner.ts";

export const manner: Manner = { dialect: { reasoning: "reasoning" } };
