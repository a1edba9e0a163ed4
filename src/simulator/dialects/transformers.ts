import type { Dialect } from "../kit/dialect.ts";

export const dialect: Dialect = { openai: { counts: "none", open: true } };
