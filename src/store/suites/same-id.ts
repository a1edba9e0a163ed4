import { basename, dirname } from "node:path";

import { UserError } from "../../domain/text.ts";

/**
 * The error for two files whose suites have one id, or null. Answers are told apart by it, so that those of both would
 * become one, and a name would stand for either.
 */
export function sameSuiteIds(
  suites: readonly { readonly file: string; readonly id: string }[],
): UserError | null {
  for (const { file, id } of suites) {
    const other = suites.find((each) => each.id === id && each.file !== file);
    if (other === undefined) continue;
    const names = namesOf(file, other.file);
    return new UserError({
      zh: `${names.join(" 与 ")} 里的题集都叫 ${id}；请给其中一个换一个 id`,
      en: `the suites in ${names.join(" and ")} are both named ${id}; give one of them another id`,
    });
  }
  return null;
}

/** The files' names, each behind its folder's where both have one name. */
function namesOf(...files: readonly string[]): readonly string[] {
  const names = files.map((file) => basename(file));
  if (new Set(names).size === files.length) return names;
  return files.map((file) => `${basename(dirname(file))}/${basename(file)}`);
}
