import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { Problem, Text } from "../../domain/text.ts";
import type { CheckOptions, Checked } from "../../store/check-file.ts";
import type { ConfigFile } from "../../store/config.ts";
import type { YamlHead } from "../../store/suites/find-suites.ts";
import type { Context } from "../context.ts";

import { formatProblem, UserError } from "../../domain/text.ts";
import { problemError } from "../../files/text-file.ts";
import { suiteOutline } from "../../report/plan/suite-outline.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { checkFile } from "../../store/check-file.ts";
import { configPath, readConfig } from "../../store/config.ts";
import { findSuites, suitesBeside, yamlHead, yamlHeads } from "../../store/suites/find-suites.ts";
import { sameSuiteIds } from "../../store/suites/same-id.ts";
import { createProgress } from "../check/progress.ts";
import { rehearse } from "../check/rehearsal.ts";
import { shownPath, shownProblem } from "../names.ts";
import { defineCommand } from "../options.ts";
import { shared } from "../shared-options.ts";

/**
 * Exit 0 where all is well or only doubtful, else a `UserError` with every problem of every file. A config is also tried
 * with all that it names, up to where a run would send its first request.
 */
export const command = defineCommand({
  usage: "[file|folder…] [--config f]",
  options: { config: shared.config },
  run: async ({ config: named, positionals }, context) => {
    const { cwd, lang, print } = context;
    const { heads, shipped } =
      positionals.length === 0
        ? await defaultFiles(cwd, named)
        : {
            heads: (await Promise.all(positionals.map((name) => filesOf(name, cwd)))).flat(),
            shipped: false,
          };
    if (heads.length === 0) throw nothing;
    const config = await configOf(cwd, named, heads);
    const checked = await checkAll(heads, context, {
      config,
      folders: { cwd, builtin: builtinFolder("suites") },
      providers: builtinFolder("providers"),
      // Nobody has asked for all that ships, so that nobody needs to install what it takes or to wait until it is proven again.
      depth: shipped ? "as shipped" : "proofs",
    });
    const problems = checked.flatMap((each) => each.problems);
    const warnings = problems.filter(({ level }) => level === "warning");
    if (problems.length > warnings.length) throw report(problems, cwd);
    const suites = checked.flatMap(({ file, suite }) =>
      suite === null ? [] : [{ file, id: suite.suite.id }],
    );
    const same = sameSuiteIds([...suites, ...(await suitesBeside(suites))]);
    if (same !== null) throw same;
    const refused =
      config !== null && heads.some(({ file }) => file === config.file)
        ? await rehearse(config, named, context)
        : null;
    if (refused !== null) throw refused;
    for (const { file, schema, suite } of checked) {
      const shown = shownPath(file, { cwd });
      print(suite === null ? `${shown}  ${schema}\n` : await suiteOutline(suite, shown, lang));
    }
    for (const warning of shownIn(warnings, cwd)) print(formatProblem(warning, lang));
    print(allWell(checked.length, warnings.length)[lang]);
    return 0;
  },
});

async function checkAll(
  heads: readonly YamlHead[],
  context: Context,
  options: CheckOptions,
): Promise<readonly Checked[]> {
  const each = new Map(heads.map((head) => [head.file, head]));
  const progress = createProgress(each.size, context);
  const checked: Checked[] = [];
  for (const head of each.values()) {
    const onTrial = progress.trialsOf(head.file);
    const result = await checkFile(head, { ...options, onTrial });
    progress.done(result);
    checked.push(result);
  }
  return checked;
}

type DefaultFiles = { readonly heads: readonly YamlHead[]; readonly shipped: boolean };

/** The config, and the suites and boards of ./suites or those that are built in. */
async function defaultFiles(cwd: string, named: string | null): Promise<DefaultFiles> {
  const file = await configPath(cwd, named);
  const own = await withBoards(join(cwd, "suites"));
  const shipped = own.length === 0;
  return {
    heads: [
      ...(file === null ? [] : [await yamlHead(file)]),
      ...(shipped ? await withBoards(builtinFolder("suites")) : own),
    ],
    shipped,
  };
}

/** A file, all YAML of a folder and its boards, or the files that the id of a suite or board stands for. */
async function filesOf(name: string, cwd: string): Promise<readonly YamlHead[]> {
  const path = resolve(cwd, name);
  const kind = await stat(path).catch(() => null);
  if (kind?.isFile() === true) return [await yamlHead(path)];
  const inside = kind === null ? [] : await withBoards(path);
  if (inside.length > 0) return inside;
  const files = await findSuites([name], { cwd, builtin: builtinFolder("suites") });
  return Promise.all(files.map(yamlHead));
}

async function withBoards(folder: string): Promise<readonly YamlHead[]> {
  return [...(await yamlHeads(folder)), ...(await yamlHeads(join(folder, "boards")))];
}

/** A config that is itself checked may be wrong; the other files are then checked without it. */
async function configOf(
  cwd: string,
  named: string | null,
  heads: readonly YamlHead[],
): Promise<ConfigFile | null> {
  const file = await configPath(cwd, named);
  const isChecked = heads.some((head) => head.file === file);
  return readConfig(cwd, named).catch((error: unknown) => {
    if (isChecked && error instanceof UserError) return null;
    throw error;
  });
}

const report = (problems: readonly Problem[], cwd: string): UserError =>
  problemError(shownIn(problems, cwd));

const shownIn = (problems: readonly Problem[], cwd: string): readonly Problem[] =>
  problems.map((problem) => shownProblem(problem, { cwd }));

const nothing = new UserError({
  zh: "没有可检查的文件",
  en: "there is nothing to check",
});
function allWell(files: number, warnings: number): Text {
  const en = files === 1 ? "1 file" : `${files} files`;
  if (warnings === 0) return { zh: `${files} 个文件，没有问题`, en: `${en}, no problems` };
  return {
    zh: `${files} 个文件，没有错误，有 ${warnings} 处警告`,
    en: `${en}, no errors, ${warnings === 1 ? "1 warning" : `${warnings} warnings`}`,
  };
}
