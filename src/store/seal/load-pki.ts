import { createRequire } from "node:module";

import { UserError } from "../../domain/text.ts";

/**
 * The package that reads signed messages and certificates is optional: only timestamps need it. `from` is the module that
 * looks for it. Rejects with a `UserError` where it is not installed.
 */
export async function loadPki(from: string = import.meta.url): Promise<typeof import("pkijs")> {
  try {
    createRequire(from).resolve("pkijs");
  } catch {
    throw new UserError({
      zh: "时间戳需要 pkijs：请在项目里执行 npm i pkijs@3",
      en: "timestamps need pkijs: run npm i pkijs@3",
    });
  }
  return import("pkijs");
}
