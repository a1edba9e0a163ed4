import type { Dialect } from "../kit/dialect.ts";

export const dialect: Dialect = { openai: { key_header: "x-portkey-api-key" } };
