import type { z } from "zod";

import { type Text, UserError } from "../domain/text.ts";
import { validate } from "./issues.ts";

/**
 * Parses a plugin's options with its schema, filling in defaults. `kind` is what the plugin is, such as `grader`.
 * Throws a `UserError` that names every invalid option, with the nearest known name.
 */
export function parseOptions<Options>(
  kind: Text,
  { id, options }: { readonly id: string; readonly options: z.ZodType<Options> },
  given: Readonly<Record<string, unknown>> | undefined,
): Options {
  const parsed = validate(options, given ?? {});
  if (parsed.ok) return parsed.value;
  const lines = (lang: "zh" | "en"): string =>
    parsed.findings
      .map(({ path, message }) => `  ${[...path.map(String), message[lang]].join(": ")}`)
      .join("\n");
  throw new UserError({
    zh: `${kind.zh} ${id} 的选项有误：\n${lines("zh")}`,
    en: `bad options for the ${kind.en} ${id}:\n${lines("en")}`,
  });
}
