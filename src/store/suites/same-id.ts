import { basename } from "node:path";

import { UserError } from "../../domain/text.ts";

/**
 * The error for two files whose suites have one id, or null. Answers are told apart by it, so that those of both would
 * become one.
 */
export function sameSuiteIds(
  suites: readonly { readonly file: string; readonly id: string }[],
): UserError | null {
  for (const { file, id } of suites) {
    const other = suites.find((each) => each.id === id && each.file !== file);
    if (other === undefined) continue;
    const names = [file, other.file].map((path) => basename(path));
    return new UserError({
      zh: `${names.join(" 与 ")} 里的题集都叫 ${id}；请给其中一个换一个 id`,
      en: `the suites in ${names.join(" and ")} are both named ${id}; give one of them another id`,
    });
  }
  return null;
}
