import type { Manner } from "../manner.ts";

export const manner: Manner = { dialect: { counts: "none", open: true } };
