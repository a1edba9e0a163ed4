import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

import type { Recipe } from "./recipes.ts";

import { Id } from "../src/domain/id.ts";
import { UserError } from "../src/domain/text.ts";

/** `my-thing` for the recipe's own id, wherever it stands: in a path, in a text, in the name of a variable. */
export const renamed = (text: string, { id }: Recipe, asked: string): string =>
  text
    .replaceAll(id, asked)
    .replaceAll(
      id.replaceAll("-", "_").toUpperCase(),
      asked.replaceAll(/[.-]/g, "_").toUpperCase(),
    );

/**
 * Writes the files of a recipe below `root` under the id that is asked for, and formats them. Gives their paths from
 * `root`. Throws a `UserError` for an id that no file can have, and where one of the files is there already.
 */
export function scaffold(recipe: Recipe, asked: string, root: string): readonly string[] {
  if (!/^[a-z][a-z0-9-]*$/.test(asked) || !Id.safeParse(asked).success) throw badId(asked);
  const files = recipe.files.map(({ path }) => ({ path, target: renamed(path, recipe, asked) }));
  const taken = files.find(({ target }) => existsSync(join(root, target)));
  if (taken !== undefined) throw alreadyThere(taken.target);
  for (const { path, target } of files) {
    mkdirSync(dirname(join(root, target)), { recursive: true });
    writeFileSync(join(root, target), renamed(placed(recipe, path), recipe, asked));
  }
  const code = files.map(({ target }) => target).filter((target) => target.endsWith(".ts"));
  if (code.length > 0) {
    const oxfmt = join(root, "node_modules/.bin/oxfmt");
    execFileSync(oxfmt, code, { cwd: root, stdio: "pipe" });
  }
  return files.map(({ target }) => target);
}

/** A template with its imports as they read in the tree: here they lead out of `scaffold/<kind>/` and into `src/`. */
function placed({ kind }: Recipe, path: string): string {
  const home = join(import.meta.dirname, kind);
  const source = join(import.meta.dirname, "../src");
  return readFileSync(join(home, path), "utf8").replaceAll(
    /(from\s+")(\.[^"]+)(")/g,
    (whole, before: string, specifier: string, after: string) => {
      const file = resolve(home, dirname(path), specifier);
      if (file.startsWith(home + sep)) return whole;
      const own = relative(join(home, dirname(path)), join(home, "src", relative(source, file)));
      const short = own.replaceAll(sep, "/");
      return `${before}${short.startsWith(".") ? short : `./${short}`}${after}`;
    },
  );
}

const badId = (id: string): UserError =>
  new UserError({
    zh: `${JSON.stringify(id)} 不能作文件名：id 以小写字母开头，只含小写字母、数字和 -`,
    en: `${JSON.stringify(id)} cannot name a file: an id begins with a small letter and holds small letters, digits and - alone`,
  });

const alreadyThere = (path: string): UserError =>
  new UserError({
    zh: `${path} 已经有了；请换一个 id，或先删去它`,
    en: `${path} is there already; choose another id, or delete it first`,
  });
