import { Id } from "../../domain/id.ts";
import { UserError } from "../../domain/text.ts";
import { suiteIdOf } from "../../importing/writer.ts";

/** The id of a suite that is named after its file. Throws a `UserError` where the file's name cannot be one. */
export function ownSuiteId(out: string): string {
  const id = suiteIdOf(out);
  if (Id.safeParse(id).success) return id;
  throw new UserError({
    zh: `文件名 ${id} 不能作题集的 id（只能用文字、数字、. _ -）`,
    en: `the file name ${id} cannot be a suite's id (letters, digits, . _ -)`,
  });
}
