import { seldom } from "../../text/finding/seldom.ts";

/** What the asked quantity is counted by: 千米 of 每千米几分钟, 天 and 日 of 日工资, 人 of 人均成本, `any` of 单价. */
export const perIn = (question: string): readonly string[] =>
  mayTellPer(question) ? perToldIn(question) : [];

const perToldIn = (question: string): readonly string[] => [
  ...Array.from(question.matchAll(each), ([, word = ""]) => word),
  ...Array.from(question.matchAll(compound), ([, word = ""]) => word).flatMap(
    (word) => otherwise[word] ?? [word],
  ),
  ...(price.test(question) ? [any] : []),
];

const each = /每一?(\p{Script=Han}{1,3})/gu;
const price = /单价|单位(?:成本|价格|售价|利润)|均价|平均(?:价格?|成本|售价)/;

/** Stands for whatever a price is told for. */
const any = "any";

/** 日工资, 时薪, 月均, 人均, 户均, 亩产, 客单价 */
const compound = /([日月年周季时](?=均|薪|租|产|工资|平均)|[人户件单店亩台](?=均|产)|客(?=单价))/gu;

const { may: mayTellPer } = seldom(
  new RegExp(`${each.source}|${compound.source}|${price.source}`, "u"),
);

const otherwise: Readonly<Record<string, readonly string[]>> = {
  日: ["日", "天"],
  月: ["月", "个月"],
  周: ["周", "星期"],
  季: ["季", "季度"],
  时: ["时", "小时"],
  人: ["人", "位", "名", "客户", "新客"],
  客: ["客", "人", "单", "位"],
};

/** True where the question asks for so much of each of these: 元/天 where 日工资 is asked. */
export const isPer = (per: readonly string[], each: string): boolean =>
  each !== "" && per.some((word) => word === any || word.startsWith(each));
