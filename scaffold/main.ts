import { execFileSync } from "node:child_process";
import { dirname } from "node:path";

import type { Text } from "../src/domain/text.ts";

import { UserError } from "../src/domain/text.ts";
import { unknownName } from "../src/validation/suggest.ts";
import { type Recipe, recipes } from "./recipes.ts";
import { renamed, scaffold } from "./write.ts";

// `npm run new -- <kind> <id>`
const root = dirname(import.meta.dirname);
const [kind, id, ...more] = process.argv.slice(2);
try {
  if (kind === undefined || id === undefined || more.length > 0) throw new UserError(usage());
  const recipe = recipes.find((each) => each.kind === kind);
  if (recipe === undefined) throw new UserError(unknownKind(kind));
  add(recipe, id);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.text.zh}\n${error.text.en}\n`);
  process.exitCode = error.exitCode;
}

function add(recipe: Recipe, asked: string): void {
  const paths = scaffold(recipe, asked, root);
  for (const script of recipe.scripts)
    execFileSync("npm", ["run", "-s", script], { cwd: root, stdio: "inherit" });
  const holds = recipe.files.map((each) => each.holds);
  const lines = paths.flatMap((path, index) => [
    path,
    `    ${holds[index]?.zh ?? ""}`,
    `    ${holds[index]?.en ?? ""}`,
  ]);
  const checks = recipe.checks.map((check) => `    ${renamed(check, recipe, asked)}`);
  process.stdout.write([...lines, "", "改好以后 · once it is yours:", ...checks, ""].join("\n"));
}

function usage(): Text {
  const kinds = recipes.map((each) => each.kind).join(" | ");
  return {
    zh: `用法：npm run new -- <种类> <id>；种类：${kinds}`,
    en: `Usage: npm run new -- <kind> <id>; kinds: ${kinds}`,
  };
}

function unknownKind(name: string): Text {
  const said = unknownName(
    { zh: "种类", en: "kind" },
    name,
    recipes.map((each) => each.kind),
  );
  return { zh: `${said.zh}\n${usage().zh}`, en: `${said.en}\n${usage().en}` };
}
