import type { Dialect } from "../kit/dialect.ts";

export const dialect: Dialect = { openai: { reasoning: "reasoning", usage: "x_groq" } };
