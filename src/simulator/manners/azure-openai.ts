import type { Manner } from "../manner.ts";

export const manner: Manner = { dialect: { key_header: "api-key", filter_chunk: true } };
