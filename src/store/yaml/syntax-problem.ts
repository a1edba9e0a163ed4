import type { Text } from "../../domain/text.ts";

/** A problem with a document as YAML, before any schema; `offset` counts from the start of the text. */
export type SyntaxProblem = { readonly offset: number; readonly message: Text };
