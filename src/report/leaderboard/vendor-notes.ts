import type { Standing } from "../../domain/life/life-cycle.ts";
import type { Proof } from "../../domain/life/proof.ts";
import type { Origin } from "../../domain/run-file/elsewhere.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Summary } from "../score/summary.ts";

import { beijingDate } from "../../domain/life/beijing-day.ts";
import { proofText } from "../../domain/life/proof.ts";

/** What the row of a target says beside its name: an alias, a model near its end or past it. */
export function standingMark(standing: Standing | null, lang: Lang): string {
  if (standing === null) return "";
  const mark =
    standing.stage === "current"
      ? standing.alias === null
        ? null
        : marks.alias
      : marks[standing.stage];
  return mark === null ? "" : ` [${mark[lang]}]`;
}

/** What the row of a target says whose answers people copied from a web page. */
export const originMark = (origin: Origin | null, lang: Lang): string =>
  origin?.from === "web" ? (lang === "zh" ? "（网页）" : " (web)") : "";

/** Said of a target that is a program of the user's own machine. */
export const commandMark = (proof: Proof | null, lang: Lang): string =>
  proof?.kind === "command" ? { zh: " [本机命令]", en: " [local command]" }[lang] : "";

const marks = {
  alias: { zh: "别名", en: "alias" },
  retiring: { zh: "将下线", en: "retiring" },
  retired: { zh: "已下线", en: "retired" },
} as const satisfies Readonly<Record<string, Text>>;

/**
 * Below the table: what the marks mean for the targets that bear them, and how far each vendor's interface is proven.
 * `nameOf` gives the shown name.
 */
export function vendorNotes(
  summaries: readonly Summary[],
  nameOf: (summary: Summary) => string,
  lang: Lang,
): readonly string[] {
  return [
    ...summaries.flatMap((summary) => {
      const words = summary.standing === null ? null : standingWords(summary.standing);
      return words === null
        ? []
        : [`${nameOf(summary)}${lang === "zh" ? "：" : ": "}${words[lang]}`];
    }),
    ...summaries.flatMap((summary) =>
      summary.origin === null
        ? []
        : [`${nameOf(summary)}${lang === "zh" ? "：" : ": "}${originWords(summary.origin)[lang]}`],
    ),
    ...proofLine(summaries, lang),
  ];
}

/** Who brought the answers, from where and when; a day is enough. */
function originWords({ from, version, file, who, first, last }: Origin): Text {
  const days = [
    ...new Set(
      [first, last].flatMap((each) => (each === null ? [] : [beijingDate(new Date(each))])),
    ),
  ];
  const when = { zh: days.join(" 至 "), en: days.join(" to ") };
  const source =
    from === "web"
      ? { zh: "从网页", en: "from its web page" }
      : {
          zh: `由 ${from}${version === null ? "" : ` ${version}`} 问得（${file}）`,
          en: `by ${from}${version === null ? "" : ` ${version}`} (${file})`,
        };
  const people = { zh: who.join("、"), en: who.join(", ") };
  return from === "web"
    ? {
        zh: `回答${people.zh === "" ? "" : `由 ${people.zh} `}${when.zh === "" ? "" : `于 ${when.zh} `}${source.zh}收集，没有延迟，费用未知`,
        en: `answers collected ${source.en}${people.en === "" ? "" : ` by ${people.en}`}${when.en === "" ? "" : ` on ${when.en}`}; no latency, cost unknown`,
      }
    : {
        zh: `回答${source.zh}${when.zh === "" ? "" : `，${when.zh}`}，不是百模问的：没有延迟，费用未知`,
        en: `asked ${source.en}${when.en === "" ? "" : `, ${when.en}`}, not by baimo: no latency, cost unknown`,
      };
}

function standingWords(standing: Standing): Text | null {
  const { stage, alias, retires, rerouted_to, noticed } = standing;
  if (stage === "retired" && rerouted_to !== null) {
    return {
      zh: `测时已由 ${rerouted_to} 冒名作答（${retires} 起），成绩不是它的`,
      en: `${rerouted_to} answered under its name (since ${retires}): the score is not its own`,
    };
  }
  if (stage === "retired") {
    return { zh: `测时已过下线日（${retires}）`, en: `asked after it was shut down (${retires})` };
  }
  if (stage === "retiring" || noticed) {
    return {
      zh: `${retires === null ? "已通知下线" : `${retires} 下线`}；通知之后限额逐步收紧，延迟不宜与早先的相比`,
      en: `${retires === null ? "its end was announced" : `is shut down on ${retires}`}; limits shrink from the notice on, so its times do not compare with earlier ones`,
    };
  }
  if (alias === null) return null;
  const at =
    alias === true
      ? { zh: "", en: "" }
      : { zh: `（测时指向 ${alias}）`, en: ` (${alias} when it was asked)` };
  return {
    zh: `是别名，厂商可随时改指另一个模型${at.zh}；以后的成绩不一定出自同一个模型`,
    en: `an alias that the vendor may point at another model${at.en}; later scores need not be of the same model`,
  };
}

/** Each kind of proof once, with the targets that have it. */
function proofLine(summaries: readonly Summary[], lang: Lang): readonly string[] {
  const kinds = new Map<string, string[]>();
  for (const { proof, target, simulated } of summaries) {
    if (proof === null || simulated) continue;
    const kind = proofText(proof)[lang];
    kinds.set(kind, [...(kinds.get(kind) ?? []), target]);
  }
  if (kinds.size === 0) return [];
  const each = [...kinds].map(([kind, targets]) =>
    lang === "zh" ? `${kind} ${targets.join("、")}` : `${kind} ${targets.join(", ")}`,
  );
  return [lang === "zh" ? `接口验证：${each.join("；")}` : `Interfaces: ${each.join("; ")}`];
}
