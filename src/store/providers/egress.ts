import type { TargetEntry } from "../../domain/run-file/header.ts";

import { type DataClass, dataClassWords } from "../../domain/life/data-class.ts";
import { egressWord } from "../../domain/life/host-place.ts";
import { type Text, UserError } from "../../domain/text.ts";

type Classed = { readonly id: string; readonly data_class?: DataClass | undefined };
type Reached = Pick<TargetEntry, "ref" | "provider" | "egress" | "baseline">;

/**
 * The error for internal data that would be sent where it may not go, or null: 敏感 may go to 内网 only, 内部 not to
 * 境外. A provider that does not state its egress counts as 境外. A baseline sends nothing. Judges count as targets too.
 * Checked before any socket opens.
 */
export function refusedByEgress(
  suites: readonly Classed[],
  targets: readonly Reached[],
  allow: readonly string[] = [],
): UserError | null {
  const refused = suites.flatMap((suite) =>
    targets
      .filter((target) => !mayReceive(suite.data_class ?? "公开", target, allow))
      .map((target) => ({ suite, target })),
  );
  if (refused.length === 0) return null;
  const word: Text = { zh: "内网", en: egressWord("内网", "en") };
  const unstated = ({ egress, provider }: Reached): Text =>
    egress !== null
      ? { zh: "", en: "" }
      : {
          zh: `数据不出本机或公司网络的，在 baimo.yaml 的 providers.${provider} 里写 egress: ${word.zh}；`,
          en: `where data stay on this machine or in the company's network, say egress: ${word.en} under providers.${provider} in baimo.yaml; `,
        };
  const lines = (text: (refusal: (typeof refused)[number]) => string): string =>
    refused.map(text).join("\n");
  return new UserError({
    zh: lines(
      ({ suite, target }) =>
        `题集 ${suite.id} 的数据级别是 ${suite.data_class}，不能发往 ${target.ref}（${target.egress ?? "未注明 egress"}）；${unstated(target).zh}如确有授权，请在配置里写 egress: {allow: [${target.provider}]}`,
    ),
    en: lines(
      ({ suite, target }) =>
        `suite ${suite.id} is ${dataClassWords[suite.data_class ?? "公开"].en} and may not go to ${target.ref} (${target.egress === null ? "egress not stated" : egressWord(target.egress, "en")}); ${unstated(target).en}if that is permitted, say egress: {allow: [${target.provider}]} in the config`,
    ),
  });
}

function mayReceive(data: DataClass, target: Reached, allow: readonly string[]): boolean {
  if (data === "公开" || target.baseline || allow.includes(target.provider)) return true;
  return target.egress === "内网" || (data === "内部" && target.egress === "境内");
}
