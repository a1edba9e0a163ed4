import type { Text } from "../../domain/text.ts";
import type { Paper } from "./paper.ts";

/** What a harness cannot measure, and what these runs cannot show. */
export function limitsOf({ lang, made }: Paper): readonly string[] {
  const { report } = made;
  return [
    ...(report.simulated ? [simulated] : []),
    ...always,
    ...(report.targets.some(({ unverified_price }) => unverified_price) ? [unverified] : []),
    ...(report.targets.some(({ mismatch }) => mismatch !== null) ? [mismatched] : []),
    ...(made.leaderboard.judging === null ? [] : [judged]),
  ].map((each) => each[lang]);
}

const simulated: Text = {
  zh: "部分作答来自本机模拟器，结果只能用来检查流程，不能用于选型。",
  en: "Some replies came from the local simulator: they test the procedure and choose nothing.",
};

const always: readonly Text[] = [
  {
    zh: "结果只对本报告所列的题集、模型快照、渠道、参数和日期成立；厂商可能随时更换别名所指的模型、限额和价格。",
    en: "The results hold for the suites, model snapshots, channels, params and dates that are listed; vendors repoint aliases and change limits and prices.",
  },
  {
    zh: "逐题相比没有超出偶然的目标，本报告不判高下；差距小于可测最小差时，“没有看出差别”不等于“没有差别”。",
    en: "Of two targets whose difference item by item is within chance, this report calls neither better; below the detectable difference, no difference seen is not none.",
  },
  {
    zh: "延迟在评测所用的网络、时段和并发下测得，不代表生产环境；容量与长时间稳定性须另做压力测试。",
    en: "Times were measured on one network, at certain hours and under one load; capacity and long steadiness need a load test of their own.",
  },
  {
    zh: "费用按公开单价和厂商报告的用量计算，不含资源包、折扣和商务条款。",
    en: "Costs are list prices times the vendors' counts, without packages, discounts and contracts.",
  },
  {
    zh: "信创适配、等级保护、资质业绩、数据使用承诺、SLA 赔付等不在评测范围内，须由投标方举证；报告中的这类栏目由用户填写，工具未核实。",
    en: "Domestic hardware, security levels, qualifications, promises on data and SLA payments are outside of this evaluation; such fields are filled in by the user and were not checked.",
  },
];

const unverified: Text = {
  zh: "带 * 的单价没有与厂商价目核对。",
  en: "Prices marked with * were not compared with the vendor's list.",
};

const mismatched: Text = {
  zh: "有目标的返回与请求不符（型号、思考设置或参数），详见总表。",
  en: "Some targets did not return what was asked for (model, thinking or params); see the table.",
};

const judged: Text = {
  zh: "部分题由模型裁判评分；裁判与人工的一致性见方法部分，没有人工抽检时，裁判的偏差未知。",
  en: "Some items were graded by judge models; how they agree with people is in the method part. Without people's rulings their bias is not known.",
};
