import type { Config, TargetSetting } from "../../domain/config.ts";

import { UserError } from "../../domain/text.ts";
import { nearestThree } from "../../text/edit-distance.ts";

/** A target that is written out, not named only. */
export type DeclaredTarget = Exclude<TargetSetting, string>;

/** The name that a target has on the command line. */
export const targetName = (setting: TargetSetting): string =>
  typeof setting === "string" ? setting : fullName(setting);

/** The targets that a config lists, and the models of its own providers, as they are named. */
export const namesIn = ({
  targets = [],
  providers = {},
}: Pick<Config, "targets" | "providers">) => [
  ...new Set([
    ...targets.map(targetName),
    ...Object.entries(providers).flatMap(([id, { models = [] }]) =>
      models.flatMap((row) => ("id" in row ? [`${id}/${row.id}`] : [])),
    ),
  ]),
];

/** The same of one that is written out. */
export const fullName = ({ ref, as }: DeclaredTarget): string =>
  as === undefined || ref.endsWith(`@${as}`) ? ref : `${ref}@${as}`;

/**
 * `provider` ends at the first slash; the rest is the vendor's own model id, which may contain more slashes. Of the `known`
 * targets, those of the given model are proposed where the provider was left out.
 */
export function splitRef(
  ref: string,
  known: readonly string[] = [],
): { readonly provider: string; readonly model: string } {
  const joined = joinedTargets(ref);
  if (joined !== null) throw severalTargets(ref, joined);
  const slash = ref.indexOf("/");
  if (slash < 1 || slash === ref.length - 1) {
    const such = likely(ref, known);
    throw new UserError({
      zh: `目标 ${ref} 应写成 服务商/模型，例如 ${such.join("、")}`,
      en: `the target ${ref} must be provider/model, such as ${such.join(", ")}`,
    });
  }
  return { provider: ref.slice(0, slash), model: ref.slice(slash + 1) };
}

/** The known targets that a name without a slash may stand for: of that model, of that provider, of a model spelt much like it. */
function likely(ref: string, known: readonly string[]): readonly string[] {
  const name = ref.replace(/^\/|\/$/u, "");
  const same = known.filter((each) => each.endsWith(`/${name}`));
  if (same.length > 0) return same;
  const own = known.filter((each) => each.startsWith(`${name}/`));
  if (own.length > 0) return own;
  const models = known.map((each) => each.slice(each.indexOf("/") + 1));
  const { close, names } = nearestThree(name, models);
  const near = known.filter((each) => names.some((model) => each.endsWith(`/${model}`)));
  return close ? near : ["qwen/qwen-plus"];
}

/** The targets that were written as one, or null. No vendor has a model with a comma in its name. */
function joinedTargets(ref: string): readonly string[] | null {
  const parts = ref.split(/\s*[,，、;；]\s*/).filter((part) => part !== "");
  if (parts.length > 1) return parts;
  const words = ref.trim().split(/\s+/);
  return words.length > 1 && words.every((word) => word.includes("/")) ? words : null;
}

function severalTargets(ref: string, parts: readonly string[]): UserError {
  const flags = parts.map((part) => `-m ${part}`).join(" ");
  return new UserError({
    zh: `${ref}：几个目标要分开写；命令行上每个前面写一个 -m（${flags}），配置里写成列表（[${parts.join(", ")}]）`,
    en: `${ref}: several targets are written apart; on the command line each has its -m (${flags}), in the config they are a list ([${parts.join(", ")}])`,
  });
}
