import type { Lang, Text } from "../../domain/text.ts";
import type { Answering } from "./answering.ts";
import type { TargetHistory } from "./nightly.ts";
import type { TroubleKind } from "./trouble.ts";

import { outcomes } from "../../domain/outcome.ts";
import { otherModels } from "../asked/models.ts";
import { returnedText } from "../asked/text.ts";
import { clean } from "../render/format.ts";
import { outcomeWords } from "../render/words.ts";
import { missingOf } from "./answering.ts";

/** What was wrong with a night, in a few words. */
export const troubleWords: Readonly<Record<TroubleKind, Text>> = {
  ours: { zh: "我方网络故障", en: "our own network" },
  outage: { zh: "接口中断", en: "outage of the endpoint" },
  throttled: { zh: "被限流或服务过载", en: "throttled or overloaded" },
  key: { zh: "密钥失效或没有权限", en: "key or permission refused" },
  account: { zh: "额度用完或欠费", en: "quota or balance used up" },
  empty: { zh: "接口返回空内容", en: "empty replies" },
  notice: { zh: "接口返回服务通知", en: "notices in place of answers" },
  same: { zh: "接口对不同的题返回同一回复", en: "one reply to everything" },
  rerouted: { zh: "换成了别的模型", en: "another model answered" },
  filtered: { zh: "内容过滤突然增多", en: "a filter blocks more than usual" },
};

/** What somebody can do about it. */
const advice: Readonly<Partial<Record<TroubleKind, Text>>> = {
  ours: {
    zh: "先查本机出口、代理和 DNS",
    en: "look at this machine's network, proxy and DNS first",
  },
  key: { zh: "用 baimo ping 核对密钥和模型权限", en: "check key and permission with baimo ping" },
  account: { zh: "请充值或申请额度", en: "top up the account or ask for more quota" },
  rerouted: {
    zh: "向厂商或中转核实；这个名字连续三夜不变，就按新模型计",
    en: "ask the vendor or relay; a name that stays for three nights is the model from then on",
  },
  filtered: { zh: "向厂商核实审核策略", en: "ask the vendor about the filter" },
};

/** ，接口返回空内容：锚题 120 次作答中 60 次没有回答（…）；不判断漂移，也不计入参照 */
export function troubleText({ trouble, tonight }: TargetHistory, lang: Lang): string {
  if (trouble === null) return "";
  const zh = lang === "zh";
  const evidence = evidenceText(
    trouble.kind,
    trouble.before,
    trouble.after,
    tonight.answering,
    lang,
  );
  const todo = advice[trouble.kind]?.[lang];
  const kind = troubleWords[trouble.kind][lang];
  return zh
    ? `，${kind}：${evidence}；不判断漂移，也不计入参照${todo === undefined ? "" : `（${todo}）`}`
    : `, ${kind}: ${evidence}; no drift is judged, and the night is no reference${todo === undefined ? "" : ` (${todo})`}`;
}

function evidenceText(
  kind: TroubleKind,
  before: readonly string[],
  after: readonly string[],
  answering: Answering,
  lang: Lang,
): string {
  if (kind === "rerouted") {
    const names = (list: readonly string[]) => list.map((each) => clean(each, 200)).join(", ");
    return `model_returned ${names(before)} → ${names(after)}`;
  }
  if (kind !== "filtered") return missingText(answering, lang);
  const { asked, filtered } = answering;
  return lang === "zh"
    ? `锚题 ${asked} 次作答中 ${filtered} 次被拦`
    : `${filtered} of ${asked} anchor calls were blocked`;
}

/** 锚题 120 次作答中 60 次没有回答（空回复或中断 60） */
export function missingText(answering: Answering, lang: Lang): string {
  const zh = lang === "zh";
  const { asked, failures, empty, notices, same } = answering;
  const kinds = [
    ...outcomes.map((outcome) => [outcomeWords[outcome][lang], failures[outcome] ?? 0] as const),
    [zh ? "空回复、中断或乱码" : "empty, broken off or garbled", empty] as const,
    [zh ? "“服务繁忙”一类的通知" : "notices such as “service busy”", notices] as const,
    [zh ? "不同的题得到同一个回复" : "one reply to different items", same] as const,
  ].filter(([, count]) => count > 0);
  const list = kinds.map(([name, count]) => `${name} ${count}`).join(zh ? "，" : ", ");
  const missing = missingOf(answering);
  return zh
    ? `锚题 ${asked} 次作答中 ${missing} 次没有回答（${list}）`
    : `${missing} of ${asked} anchor calls brought no answer (${list})`;
}

/** Where another model than the asked one answered tonight. */
export function swappedLines({ target, tonight }: TargetHistory, lang: Lang): readonly string[] {
  const { facts } = tonight;
  if (!facts.not_as_asked.includes("model")) return [];
  const names = returnedText({ models_returned: otherModels(facts) }, lang);
  return [
    lang === "zh"
      ? `${target}：作答的是另一个型号 ${names}，门禁规则 same_model 未通过`
      : `${target}: another model answered, ${names}: the gate rule same_model failed`,
  ];
}
