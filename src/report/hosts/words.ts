import type { Lang } from "../../domain/text.ts";
import type { Conformity } from "./conformity.ts";
import type { HostResult, HostsReport } from "./hosts.ts";

import { clean, count, fixed, percent, signed } from "../render/format.ts";
import { hostMeasures } from "./measures.ts";

const isShare = ({ measure }: Conformity): boolean =>
  hostMeasures.find(({ id }) => id === measure)?.scale === "difference";

const titleOf = ({ measure }: Conformity, lang: Lang): string =>
  hostMeasures.find(({ id }) => id === measure)?.title[lang] ?? measure;

/** `+1.2` points of a share, `×1.05` of a ratio. */
export const changeText = (of: Conformity): string => {
  if (of.change === null) return "—";
  return isShare(of) ? signed(of.change) : `×${fixed(of.change, 2)}`;
};

const boundsText = (of: Conformity, bounds: Conformity["band"], isChange: boolean): string => {
  if (bounds === null) return "—";
  const show = (value: number): string =>
    !isShare(of)
      ? Number.isFinite(value)
        ? fixed(value, 2)
        : ""
      : isChange
        ? signed(value)
        : fixed(100 * value, 1);
  return Number.isFinite(bounds.high)
    ? `${show(bounds.low)}–${show(bounds.high)}`.replace("–-", "–−")
    : `≥ ${show(bounds.low)}`;
};

export const intervalText = (of: Conformity): string =>
  of.interval === null
    ? "—"
    : isShare(of)
      ? `[${signed(of.interval.low)}, ${signed(of.interval.high)}]`
      : `[${fixed(of.interval.low, 2)}, ${fixed(of.interval.high, 2)}]`;

export const bandText = (of: Conformity): string => boundsText(of, of.band, false);

/** A figure of one side: per cent of shares, a length otherwise. */
export const figureText = (of: Conformity, value: number | null): string =>
  value === null ? "—" : isShare(of) ? fixed(100 * value, 1) : fixed(value, value < 10 ? 1 : 0);

export function verdictText({ verdict, items_needed }: Conformity, lang: Lang): string {
  const zh = lang === "zh";
  switch (verdict) {
    case "within":
      return zh ? "带内" : "within";
    case "outside":
      return zh ? "超出" : "OUTSIDE";
    case "absent":
      return "—";
    case "open":
      if (items_needed === null) return zh ? "不能判" : "cannot be told";
      return zh
        ? `不能判，需约 ${count(items_needed, lang)} 题`
        : `open: needs ~${count(items_needed, lang)}`;
  }
}

/** One line for a host: what it departs in, or that it does not. */
export function headline(
  { figures, measures, ...result }: HostResult,
  report: HostsReport,
  lang: Lang,
): string {
  const zh = lang === "zh";
  const name = clean(figures.target);
  const outside = measures.filter(({ verdict }) => verdict === "outside");
  const open = measures.filter(({ verdict }) => verdict === "open");
  const within = measures.filter(({ verdict }) => verdict === "within");
  const joint = zh ? "；" : "; ";
  const found = [
    ...(figures.other_names.length === 0 ? [] : [renamedText(figures.other_names, lang)]),
    ...(result.behaves_as_another ? [anotherText(result.kinship, lang)] : []),
    ...outside.map((each) => `${titleOf(each, lang)} ${changeText(each)}`),
  ];
  if (result.items === 0)
    return zh
      ? `${name}：与官方没有共同的题，不能比`
      : `${name}: shares no item with the official service; nothing can be told`;
  if (found.length > 0) {
    const kind = likelyKind(result, outside, lang);
    return zh
      ? `${name}：与官方服务不符——${found.join(joint)}${kind === "" ? "" : `。${kind}`}`
      : `${name}: departs from the official service: ${found.join(joint)}${kind === "" ? "" : `. ${kind}`}`;
  }
  if (report.repeated_items === 0)
    return zh
      ? `${name}：官方服务每题只问了一次，没有自身复测，不下结论`
      : `${name}: the official service was asked once per item, so that there is no self-repeat and no verdict`;
  const rest =
    open.length === 0
      ? ""
      : zh
        ? `；${open.length} 项题数不够，不能判（${open.map((each) => titleOf(each, lang)).join("、")}）`
        : `; with so few items ${open.length} cannot be told (${open.map((each) => titleOf(each, lang)).join(", ")})`;
  return zh
    ? `${name}：没有一项超出官方自身复测的波动，${within.length} 项可以判为一致${rest}`
    : `${name}: nothing outside the official service's own repeats; found within: ${within.length}${rest}`;
}

const renamedText = (names: HostResult["figures"]["other_names"], lang: Lang): string => {
  const each = names.map(({ id, share }) => `${clean(id)} (${percent(share)})`);
  return lang === "zh"
    ? `返回的模型名是 ${each.join("、")}`
    : `the returned model name is ${each.join(", ")}`;
};

function anotherText(kinship: HostResult["kinship"], lang: Lang): string {
  const value = fixed(kinship?.value ?? 0, 2);
  return lang === "zh"
    ? `对错落在别的题上（同源度 ${value}，同一模型为 1），像是另一个模型`
    : `right and wrong fall on other items (kinship ${value}; the same model has 1), as of another model`;
}

/** What such a pattern usually is; only where the answers still are those of the same model. */
function likelyKind(
  { behaves_as_another, kinship }: Pick<HostResult, "behaves_as_another" | "kinship">,
  outside: readonly Conformity[],
  lang: Lang,
): string {
  if (behaves_as_another) return "";
  const zh = lang === "zh";
  const of = (id: Conformity["measure"]) => outside.find(({ measure }) => measure === id);
  const cuts = (of("cut")?.change ?? 0) > 0;
  if (cuts)
    return zh
      ? "回复被截断：多半是输出上限比官方低"
      : "Replies are cut: most likely its bound of the output is lower";
  const effect = of("effect")?.change ?? 0;
  if (effect < 0 && (kinship?.value ?? 0) > 0)
    return zh
      ? "对错仍落在同样的题上，像是同一模型的量化版或改动版"
      : "Right and wrong still fall on the same items, as of the same model quantised or altered";
  return "";
}
