import { dirname, join } from "node:path";

import type { Settings } from "../../domain/run-file/header.ts";
import type { Lang } from "../../domain/text.ts";
import type { RunJudges } from "../../engine/judges/judging.ts";
import type { ConfigFile, Env } from "../../store/config.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { SuiteFile } from "../../store/suites/suites.ts";
import type { Context } from "../context.ts";
import type { RunOptions } from "./options.ts";
import type { Continued } from "./resume/origin.ts";

import { UserError } from "../../domain/text.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig, readEnv } from "../../store/config.ts";
import { type Graders, openGraders } from "../../store/graders.ts";
import { missingSecrets } from "../../store/providers/credentials.ts";
import { refusedByEgress } from "../../store/providers/egress.ts";
import { checkSuite } from "../../store/suites/check-suite.ts";
import { findSuites, yamlHeads, boardLimit } from "../../store/suites/find-suites.ts";
import { sameSuiteIds } from "../../store/suites/same-id.ts";
import { readSuite } from "../../store/suites/suites.ts";
import { gradersOf, judgeHint, judgesOf, openJudging } from "./judges/judge-setup.ts";
import { configOfRun, suitesOfRun } from "./resume/origin.ts";
import { type SettingOptions, settingsOf } from "./settings.ts";
import { mindHostDefaults, mindStandings } from "./standings.ts";
import { embeddedNote, openTargets } from "./target-setup.ts";

/** Everything that a run needs before its first request. */
export type Setup = {
  readonly config: ConfigFile | null;
  readonly env: Env;
  readonly settings: Settings;
  readonly suites: readonly SuiteFile[];
  readonly targets: readonly ResolvedTarget[];
  readonly graders: Graders;
  /** Null where nothing is to be judged, or no judge is configured. */
  readonly judging: RunJudges | null;
  readonly close: () => Promise<void>;
};

/** The suite that runs where none is named. */
const embeddedSuite = "starter";

/** What names suites, targets and settings: the options of a run or of its plan. */
export type SetupOptions = SettingOptions &
  Pick<RunOptions, "config" | "model" | "positionals"> &
  Partial<Pick<RunOptions, "dryRun" | "force" | "queue">> & {
    /** Nothing will be sent, so no key is needed. */
    readonly keyless?: boolean;
  };

/**
 * Reads the config, suites and targets that the options name, and starts the simulator if a target needs it. With
 * `continued`, the run file's own suites, config, targets and settings apply unless an option says otherwise. Problems in suites,
 * missing secrets and data that must not leave are reported before a socket opens.
 */
export async function setUp(
  options: SetupOptions,
  context: Context,
  continued: Continued | null,
): Promise<Setup> {
  const header = continued?.header ?? null;
  const known = continued === null ? null : await configOfRun(continued);
  const config = await readConfig(context.cwd, options.config ?? known);
  const note = await embeddedNote(options, { config, folder: context.cwd, header });
  if (note !== null) context.warn(note[context.lang]);
  const env = await readEnv(context.cwd, context.env);
  const folders = { cwd: context.cwd, builtin: builtinFolder("suites") };
  const names = await suiteNames(options.positionals, context, config, continued);
  const limit = await boardLimit(names, folders);
  const settings = settingsOf(options, config, header?.settings ?? null, limit);
  const files = await findSuites(names, folders);
  const suites = await Promise.all(files.map((file) => readSuite(file, settings.reseed ?? null)));
  const same = sameSuiteIds(suites.map(({ file, suite }) => ({ file, id: suite.id })));
  if (same !== null) throw same;
  const graders = openGraders(config);
  await checkAll(suites, graders);
  const wanted = await judgesOf(
    suites.flatMap(({ suite }) => gradersOf(suite)),
    config,
    graders,
  );
  if (wanted.missing.length > 0) context.warn(judgeHint(wanted.missing, context.lang));
  const { targets, judges, close } = await openTargets(options, {
    config,
    folder: context.cwd,
    env,
    settings,
    now: context.now(),
    header,
    files,
    judges: wanted.judges,
  });
  try {
    const asked = [...targets, ...judges];
    for (const { entry } of asked) {
      if (entry.command !== undefined && options.dryRun !== true)
        context.warn(localCode(entry.ref, entry.command, context.lang));
    }
    const refused =
      (settings.via_sim || options.keyless === true || options.dryRun === true
        ? null
        : // Of a run on a queue, each worker has the keys of what it asks.
          missingSecrets((options.queue ?? null) === null ? asked : judges, env)) ??
      refusedByEgress(
        suites.map(({ suite }) => suite),
        asked.map(({ entry }) => entry),
        config?.config.egress?.allow,
      );
    if (refused !== null) throw refused;
    if (!settings.via_sim) mindStandings(asked, options.force === true, context);
    mindHostDefaults(suites, settings.params, targets, context);
    const judging = await openJudging(wanted, judges, targets, {
      graders,
      folder: config === null ? context.cwd : dirname(config.file),
      file: null,
    });
    return { config, env, settings, suites, targets, graders, judging, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** No names stand for all of ./suites. */
async function suiteNames(
  named: readonly string[],
  { cwd }: Context,
  config: ConfigFile | null,
  continued: Continued | null,
): Promise<readonly string[]> {
  if (named.length > 0) return named;
  const old = continued === null ? null : await suitesOfRun(continued);
  if (old !== null) return old;
  const configured = config?.config.suites;
  if (configured !== undefined) return configured;
  if (continued !== null) return continued.header.suites.map(({ id }) => id);
  const own = config === null ? [] : await yamlHeads(join(cwd, "suites"));
  return own.length > 0 ? [] : [embeddedSuite];
}

async function checkAll(suites: readonly SuiteFile[], graders: Graders): Promise<void> {
  const found = (await Promise.all(suites.map((suite) => checkSuite(suite, graders)))).flat();
  const problems = found.filter(({ level }) => level !== "warning");
  if (problems.length === 0) return;
  throw new UserError(
    { zh: `题集有 ${problems.length} 处问题`, en: `the suites have ${problems.length} problems` },
    problems,
  );
}

/** Said before a program of the user's own machine is run, which nothing confines. */
const localCode = (ref: string, command: readonly string[], lang: Lang): string =>
  ({
    zh: `${ref} 是本机命令，每次提问运行一次，不受限制：${command.join(" ")}`,
    en: `${ref} is a local command, run once for each question and confined by nothing: ${command.join(" ")}`,
  })[lang];
