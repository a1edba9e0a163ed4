import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";

import type { Text } from "../../domain/text.ts";
import type { Context } from "../context.ts";

import { clean } from "../../report/render/format.ts";

/** Who rules, and where the name was found; `from` is null where it was given with an option. */
export type Reviewer = { readonly name: string; readonly from: Text | null };

/** The name given, else git's `user.name`, else the login name; null where none of them is known. */
export async function reviewerOf(
  given: string | null,
  { cwd, env }: Pick<Context, "cwd" | "env">,
): Promise<Reviewer | null> {
  const sources: readonly (readonly [() => Promise<string> | string, Text | null])[] = [
    [() => given ?? "", null],
    [() => gitName(cwd, env), { zh: "git 的 user.name", en: "git's user.name" }],
    [() => env["USER"] ?? env["USERNAME"] ?? loginName(), { zh: "登录名", en: "the login name" }],
  ];
  for (const [read, from] of sources) {
    const name = clean(await read(), 64).trim();
    if (name !== "") return { name, from };
  }
  return null;
}

/** Empty without git, and where git knows no name. */
const gitName = async (cwd: string, env: Context["env"]): Promise<string> =>
  await promisify(execFile)("git", ["config", "user.name"], { cwd, env, timeout: 2_000 }).then(
    ({ stdout }) => stdout.trim(),
    () => "",
  );

/** Empty where the account has no name, as in a container that runs under a bare number. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
