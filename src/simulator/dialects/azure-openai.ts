import type { Dialect } from "../kit/dialect.ts";

export const dialect: Dialect = { openai: { key_header: "api-key", filter_chunk: true } };
