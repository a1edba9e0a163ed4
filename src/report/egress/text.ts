import type { Lang, Text } from "../../domain/text.ts";
import type { Section } from "../detail/sections.ts";
import type { EgressRole, EgressRow } from "./egress.ts";

import { dataClassWords } from "../../domain/life/data-class.ts";
import { egressWord } from "../../domain/life/host-place.ts";
import { clean, unknown } from "../render/format.ts";
import { byAddressMark } from "./by-address.ts";

/** The section 数据去向: nothing where nothing was sent. */
export function egressSections(rows: readonly EgressRow[], lang: Lang): readonly Section[] {
  if (rows.length === 0) return [];
  const zh = lang === "zh";
  return [
    {
      title: zh ? "数据去向：什么发到了哪里" : "Egress: what was sent where",
      table: {
        columns: [
          { title: zh ? "主机" : "Host", shrink: 18 },
          { title: zh ? "用途" : "Role" },
          { title: zh ? "目标" : "Targets", shrink: 16 },
          { title: zh ? "发出的内容" : "What was sent", shrink: 20 },
          { title: zh ? "境内外" : "Border" },
          { title: zh ? "地域" : "Region", shrink: 8 },
          { title: zh ? "运营主体" : "Operator", shrink: 8 },
          { title: zh ? "数据级别" : "Data class", shrink: 12, drop: 1 },
          { title: zh ? "依据" : "Source", shrink: 12, drop: 2 },
        ],
        rows: rows.map((row) => [
          clean(row.host),
          roles[row.role][lang],
          row.refs.map((ref) => clean(ref)).join(zh ? "、" : ", "),
          contents[row.role][lang],
          borderOf(row, lang),
          row.place?.region?.[lang] ?? (isHere(row) ? noRegion(row, lang) : unknown[lang]),
          row.place?.operator?.[lang] ?? (isHere(row) ? "—" : unknown[lang]),
          row.suites
            .map(
              ({ data_class, ids }) =>
                `${dataClassWords[data_class][lang]}: ${ids.map((id) => clean(id)).join(" ")}`,
            )
            .join("; "),
          sourceOf(row, lang),
        ]),
      },
    },
  ];
}

/** What has to be known to read it. */
export function egressLines(rows: readonly EgressRow[], lang: Lang): readonly string[] {
  if (rows.length === 0) return [];
  const zh = lang === "zh";
  return [
    zh
      ? "内网：数据不出本机或公司网络；境内：发到中国大陆的地址；境外：发到大陆以外；未知：没有写明，在 baimo.yaml 的服务商下写 egress: 内网（或境内、境外）。取自服务商文件或配置里的 egress，说的是接口地址在哪里；厂商收到以后存在哪里、转给谁，百模看不到，没有有日期的来源就写未知。"
      : "In-house: data stay on this machine or in the company's network; mainland: they go to an address in mainland China; abroad: outside of it; unknown: nobody said, so write egress: in-house (or mainland, abroad) under the provider in baimo.yaml. Border is the egress of the provider's file or the config: where the address is. Where the vendor keeps the data and whom it passes them to cannot be seen; without a dated source it is unknown.",
    ...(rows.some(({ by_address }) => by_address)
      ? [
          zh
            ? "按地址：没有人写明，而地址是本机或私有网段，算作内网。那里若有网关把请求转到外面，就在 baimo.yaml 的服务商下如实写 egress；敏感的题集不凭地址发送。"
            : "By its address: nobody said, and the address is of this machine or of a private network, which counts as in-house. Where a gateway there sends requests on, state egress under the provider in baimo.yaml; no sensitive suite is sent on the strength of an address.",
        ]
      : []),
    ...(rows.some(({ role }) => role === "judge")
      ? [
          zh
            ? "裁判收到题目、标准答案或评分要点，以及被评模型的回答。"
            : "Judges get the question, the gold or rubric, and the answer of the model under test.",
        ]
      : []),
    ...(rows.some(({ role }) => role === "proxy")
      ? [
          zh
            ? "代理经手全部连接：https 的内容它看不到，http 的看得到。"
            : "A proxy carries every connection: it cannot read https, and can read http.",
        ]
      : []),
  ];
}

const roles: Readonly<Record<EgressRole, Text>> = {
  target: { zh: "被评模型", en: "target" },
  judge: { zh: "裁判", en: "judge" },
  proxy: { zh: "代理", en: "proxy" },
};

const contents: Readonly<Record<EgressRole, Text>> = {
  target: { zh: "题目、提示词、所附材料", en: "questions, prompts, materials" },
  judge: { zh: "题目、标准答案、回答", en: "questions, golds, answers" },
  proxy: { zh: "经手的连接", en: "the connections" },
};

const isHere = ({ simulated, command }: EgressRow): boolean => simulated || command;

const noRegion = ({ simulated }: EgressRow, lang: Lang): string =>
  simulated
    ? { zh: "本机模拟器", en: "local simulator" }[lang]
    : { zh: "本机程序", en: "local program" }[lang];

const borderOf = ({ egress, by_address }: EgressRow, lang: Lang): string =>
  egress === null
    ? unknown[lang]
    : `${clean(egressWord(egress, lang))}${by_address ? byAddressMark[lang] : ""}`;

function sourceOf({ place, stated }: EgressRow, lang: Lang): string {
  if (stated !== null) {
    const mark = { zh: "用户填写，未核实", en: "entered by the user, unverified" }[lang];
    return `${clean(stated.source)} (${clean(stated.read)}, ${mark})`;
  }
  if (place === null || place === undefined) return "—";
  const mark = place.second_hand === true ? { zh: "，转述", en: ", second-hand" }[lang] : "";
  return `${clean(place.source)} (${place.read}${mark})`;
}
