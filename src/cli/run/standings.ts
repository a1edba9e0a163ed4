import type { Params } from "../../domain/params.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { SuiteFile } from "../../store/suites/suites.ts";
import type { Context } from "../context.ts";

import { thinkingSent } from "../../calling/thinking-switch.ts";
import { dayIn, freshDays, isStaleDay } from "../../domain/life/read-day.ts";
import { treatedAsAnother } from "../../domain/request/thinking.ts";
import { type Text, UserError } from "../../domain/text.ts";
import { hostDefaults } from "../../engine/plan/host-defaults.ts";
import { lifeWords } from "../../report/catalogue/life-words.ts";

/**
 * Warns of targets whose end is near or whose thinking cannot be set as asked, and throws a `UserError` that names those that do not
 * answer any more, unless `force`.
 */
export function mindStandings(
  targets: readonly ResolvedTarget[],
  force: boolean,
  { lang, warn, now }: Pick<Context, "lang" | "warn" | "now">,
): void {
  const noted = targets.flatMap(({ entry }) => notesOf(entry, now()));
  const ended = noted.filter(({ entry }) => entry.standing?.stage === "retired");
  if (ended.length > 0 && !force) throw retired(ended);
  for (const { entry, words } of noted) {
    warn(lang === "zh" ? `注意：${entry.ref} ${words.zh}` : `note: ${entry.ref} ${words.en}`);
  }
  for (const words of targets.flatMap(unlisted)) warn(words[lang]);
  for (const words of targets.flatMap(unsentThinking)) warn(words[lang]);
  const stale = targets.filter(({ entry }) => hasStalePrice(entry, now()));
  if (stale.length > 0) warn(outdated(stale)[lang]);
}

/** A name that is not known is asked as it stands: vendors bring new models out. */
function unlisted({ entry, meant }: ResolvedTarget): readonly Text[] {
  if (meant === undefined) return [];
  const { zh, en } = otherNames(entry, meant);
  return [
    {
      zh: `注意：${entry.ref} 不在已知的模型里，费用未知；${zh}`,
      en: `note: ${entry.ref} is not among the known models, its cost is unknown; ${en}`,
    },
  ];
}

/** Known models that are named; of a longer list the command that prints it. */
const mostListed = 3;

function otherNames(
  { provider }: TargetEntry,
  { close, listed }: NonNullable<ResolvedTarget["meant"]>,
): Text {
  const named = (models: readonly string[]) => models.map((model) => `${provider}/${model}`);
  if (close.length > 0) {
    const names = named(close);
    return {
      zh: `是否应为 ${names.join("、")}？`,
      en: `did you mean ${names.join(", ")}?`,
    };
  }
  if (listed.length > mostListed)
    return {
      zh: `已知的 ${listed.length} 个：baimo models --provider ${provider}`,
      en: `the ${listed.length} that are known: baimo models --provider ${provider}`,
    };
  const names = named(listed);
  return { zh: `已知的有 ${names.join("、")}`, en: `known: ${names.join(", ")}` };
}

/** Warns where hosts of one model would be asked with defaults of their own. */
export function mindHostDefaults(
  suites: readonly SuiteFile[],
  given: Params,
  targets: readonly ResolvedTarget[],
  { lang, warn }: Pick<Context, "lang" | "warn">,
): void {
  const found = hostDefaults(
    suites.map(({ suite }) => suite),
    given,
    targets.map(({ entry }) => entry),
  );
  for (const { model, targets: hosts, params } of found) {
    warn(
      lang === "zh"
        ? `注意：${hosts.join("、")} 是同一模型 ${model} 的几家服务商，${params.join("、")} 没有写明，用的是各家自己的默认值，比出来的差别可能由此而来；在配置的 run.params 或题集的 params 里写明`
        : `note: ${hosts.join(", ")} are hosts of one model, ${model}, and ${params.join(", ")} are left to the default of each, which alone may make a difference; state them under run.params of the config or params of the suite`,
    );
  }
}

/** A model that cannot be told to think, or not to, as its target asks: its name on the board promises what does not come. */
function unsentThinking({ entry, endpoint }: ResolvedTarget): readonly Text[] {
  if (entry.baseline) return [];
  const { dropped } = thinkingSent(entry.params, endpoint.request);
  return dropped.map(({ param, asked, effective, reason }) => {
    const said = `${param}: ${plainJson(asked)}`;
    const holds = effective === null ? null : plainJson(effective);
    if (reason === treatedAsAnother) {
      return {
        zh: `注意：${entry.ref} 写了 ${said}，厂商收下，却当作 ${holds}`,
        en: `note: ${entry.ref} asks for ${said}, which the vendor takes and treats as ${holds}`,
      };
    }
    return {
      zh: `注意：${entry.ref} 写了 ${said}，这个型号没有这一项；${holds === null ? "厂商的默认值照旧" : `实际是 ${holds}`}`,
      en: `note: ${entry.ref} asks for ${said}, which this model does not have; ${holds === null ? "the vendor's default holds" : `what holds is ${holds}`}`,
    };
  });
}

const plainJson = (value: unknown): string => JSON.stringify(value).replaceAll('"', "");

/** A price that nobody dated is the user's own. */
function hasStalePrice({ price }: TargetEntry, at: Date): boolean {
  const read = dayIn(price?.source ?? "");
  return read !== null && isStaleDay(read, at);
}

function outdated(stale: readonly ResolvedTarget[]): Text {
  const each = stale.map(({ entry }) => `${entry.ref} ${dayIn(entry.price?.source ?? "")}`);
  return {
    zh: `注意：这些价格是 ${freshDays} 多天前查的，费用可能不准：${each.join("、")}（baimo providers --stale 列出要重查的资料）`,
    en: `note: these prices were read more than ${freshDays} days ago, so costs may be wrong: ${each.join(", ")} (baimo providers --stale lists what to look up again)`,
  };
}

type Note = { readonly entry: TargetEntry; readonly words: Text };

/** Aliases are flagged on their rows, and by nobody before each run. */
function notesOf({ standing, ...entry }: TargetEntry, at: Date): readonly Note[] {
  if (standing === undefined || standing.stage === "current") return [];
  const words = lifeWords(standing, at);
  return words === null ? [] : [{ entry: { ...entry, standing }, words }];
}

const retired = (ended: readonly Note[]): UserError =>
  new UserError({
    zh: `${ended.map(({ entry, words }) => `${entry.ref} ${words.zh}`).join("\n")}\n要照样问，加 --force`,
    en: `${ended.map(({ entry, words }) => `${entry.ref} ${words.en}`).join("\n")}\nTo ask all the same, add --force`,
  });
