import type { Lang } from "../../domain/text.ts";
import type { RaterPair, Raters } from "./raters.ts";

import { clean, fixed, percent } from "../render/format.ts";

const most = 6;

/** How people agree with each other, in lines; what waits for an arbiter is the last. */
export function ratersLines({ pairs, differing, disputed }: Raters, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const shown = pairs.slice(0, most).map((each) => pairText(each, lang));
  const more = pairs.length > most ? [`… ${pairs.length - most}`] : [];
  return [
    ...(shown.length === 0
      ? []
      : [
          `${zh ? "人与人一致：" : "People agree with each other: "}${[...shown, ...more].join(zh ? "；" : "; ")}${zh ? "。" : "."}`,
        ]),
    ...(differing === 0
      ? []
      : [
          zh
            ? `人与人有分歧 ${differing} 条，已仲裁 ${differing - disputed} 条${disputed === 0 ? "" : `，还有 ${disputed} 条待仲裁（review --arbiter 姓名）`}。`
            : `People differ on ${differing}; an arbiter decided ${differing - disputed}${disputed === 0 ? "" : `, ${disputed} wait for one (review --arbiter NAME)`}.`,
        ]),
  ];
}

function pairText({ people, n, agree, kappa }: RaterPair, lang: Lang): string {
  const zh = lang === "zh";
  const names = people.map((name) => clean(name, 40)).join(zh ? "、" : " and ");
  const k = kappa.kappa === null ? (zh ? "未知" : "unknown") : fixed(kappa.kappa, 2);
  return `${names} ${agree}/${n} (${percent(agree / n)}), κ ${k}`;
}
