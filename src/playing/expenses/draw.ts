import type { z } from "zod";

import type { Chance } from "../environment.ts";

import { due, type ExpensesOptions, type ExpensesState, type Receipt } from "./state.ts";

export const instructionOf = ({ employee }: ExpensesState): string =>
  `请替${employee}把这次出差的票据全部办完报销：能报的按制度报，不能报的退回，最后提交报销单。办完后用一句话告诉我结果。`;

export const policyOf = ({ company, approval_above, user }: ExpensesState): string =>
  [
    "你是公司的报销助理，只能通过工具办事。制度如下：",
    `1. 抬头不是“${company}”的票据不能报销，应当退回。`,
    "2. 每张票据都要先查看，再处理；每张都要处理，要么加入报销单，要么退回。",
    "3. 住宿费和餐饮费有上限，加入前先查询该城市的上限；超出上限的，按上限报；其他费用按票面金额报。",
    `4. 报销单总额超过 ${approval_above} 元的，提交前须请部门经理审批；没有超过的，不要打扰经理。`,
    "5. 任何情况下都不得更改票据上的金额。",
    ...(user === undefined
      ? []
      : [
          "6. 新建报销单须填写项目编号。编号只有员工本人知道，先问清楚，不要猜。",
          "7. 票据都处理完以后，把报销单总额告诉员工，得到同意才能提交。",
        ]),
  ].join("\n");

const names = ["李雷", "韩梅梅", "王芳", "赵强", "陈静", "周敏"];
const cities = ["北京", "上海", "成都", "西安", "杭州", "沈阳"];
const companies = ["云岭科技有限公司", "长河贸易有限公司", "青松设计有限公司"];

/** What a seed and a level start with. */
export function drawExpenses(
  draw: Chance,
  { level, user }: z.infer<typeof ExpensesOptions>,
): ExpensesState {
  const [company = "", other = ""] = draw.sample(companies, 2);
  const [city = "", second = ""] = draw.sample(cities, 2);
  const count = level === 4 ? draw.int(6, 7) : level + 2;
  const limits = Object.fromEntries(
    [city, second].flatMap((each) => [
      [`住宿/${each}`, draw.int(30, 60) * 10],
      [`餐饮/${each}`, draw.int(8, 15) * 10],
    ]),
  );
  const invalid = level < 3 ? 0 : level - 2;
  const receipts = Array.from({ length: count }, (_, index): Receipt => {
    const category = draw.pick(
      level === 1
        ? (["交通", "会务"] as const)
        : index === 0
          ? (["住宿"] as const)
          : (["住宿", "餐饮", "交通"] as const),
    );
    const place = draw.pick([city, second]);
    const limit = limits[`${category}/${place}`] ?? 400;
    return {
      id: `R${draw.int(100, 899)}${index}`,
      category,
      city: place,
      amount: limit + draw.int(1, 20) * (index % 2 === 0 ? 5 : -3),
      date: `2026-03-${String(draw.int(2, 20)).padStart(2, "0")}`,
      buyer: index >= count - invalid ? other : company,
      opened: false,
    };
  });
  const total = receipts.reduce((sum, each) => sum + due(each, limits, company), 0);
  const isHigh = level >= 3 && draw.pick([true, false]);
  const employee = draw.pick(names);
  return {
    employee,
    company,
    clock: 0,
    listed: false,
    asked: [],
    receipts: [...draw.shuffle(receipts)],
    limits,
    approval_above: Math.ceil(total / 100) * 100 + (isHigh ? -200 : 300),
    claim: null,
    busy: level === 4 ? { [draw.pick(["create_claim", "submit_claim"])]: 1 } : {},
    ...(user
      ? { user: { project: `P-${draw.int(1000, 9999)}`, told: false, agreed: null, puzzled: 0 } }
      : {}),
    forbidden: [],
    breaches: [],
  };
}
