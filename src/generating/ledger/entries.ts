import type { Draw } from "../draw.ts";
import type { Lease, ContractEvent } from "./contracts.ts";

import { goods, names, towns } from "../words.ts";
import { dateText } from "./dates.ts";

/** One line of the register on one thing that happens to a contract, which may stand there by its tenant alone if `isNamed`. */
export function entryText(
  draw: Draw,
  contract: Lease,
  event: ContractEvent,
  isNamed: boolean,
): string {
  const { id, tenant } = contract;
  const which = draw.pick([
    `租字 ${id} 号合同`,
    `${tenant}的租字 ${id} 号合同`,
    `租字 ${id} 号`,
    ...(isNamed ? [`${tenant}所租仓位的合同`] : []),
  ]);
  switch (event.kind) {
    case "sign":
      return signText(draw, contract);
    case "rent":
      return draw.pick([
        `${which}月租金调整为 ${event.rent} 元。`,
        `经双方商定，${which}的月租金改为 ${event.rent} 元，即日起执行。`,
        `收到补充协议：${which}即日起月租金按 ${event.rent} 元计。`,
      ]);
    case "rent-mended":
      return draw.pick([
        `更正：${which}最近登记的月租金 ${event.from} 元有误，应为 ${event.rent} 元。`,
        `核对原件发现，${which}的月租金误记为 ${event.from} 元，实为 ${event.rent} 元，特此更正。`,
        `${which}月租金一栏登记有误，不是 ${event.from} 元，应为 ${event.rent} 元。`,
      ]);
    case "handler":
      return draw.pick([
        `${which}的经办人由${event.from}改为${event.handler}。`,
        `${event.from}把${which}移交给${event.handler}经办。`,
        `${which}即日起由${event.handler}接替${event.from}经办。`,
      ]);
    case "renew":
      return draw.pick([
        `${which}续签，到期日延至 ${dateText(event.end)}。`,
        `双方续约，${which}的到期日改为 ${dateText(event.end)}。`,
        `${which}办妥续签手续，新的到期日是 ${dateText(event.end)}。`,
      ]);
    case "end-mended":
      return draw.pick([
        `更正：${which}的到期日误记为 ${dateText(event.from)}，应为 ${dateText(event.end)}。`,
        `${which}到期日一栏登记有误，不是 ${dateText(event.from)}，应为 ${dateText(event.end)}。`,
      ]);
    case "stop":
      return draw.pick([
        `${which}即日起终止。`,
        `承租方退租，${which}自今日起作废。`,
        `${which}提前解除，今日终止。`,
      ]);
    case "go-on":
      return draw.pick([
        `${which}的终止决定撤销，合同照旧履行。`,
        `前次关于${which}终止的记录撤销，合同继续有效。`,
      ]);
    case "deposit":
      return draw.pick([
        `盘点押金，${which}的押金是 ${event.deposit} 元，票据齐全。`,
        `财务核对：${which}名下存有押金 ${event.deposit} 元。`,
      ]);
    case "rent-back":
      return draw.pick([
        `前次对${which}月租金的更正作废，恢复更正前的数额。`,
        `${which}月租金最近的一次更正撤回，仍按更正前计。`,
      ]);
    case "cut":
      return draw.pick([
        `${which}自 ${dateText(event.from)}至 ${dateText(event.to)}（含首尾两天）月租金减收 ${event.percent}%。`,
        `因检修屋面，${which}从 ${dateText(event.from)}到 ${dateText(event.to)}（首尾都算）的月租金少收 ${event.percent}%。`,
      ]);
    case "cut-mended":
      return draw.pick([
        `更正：${which}，减租截止日不是 ${dateText(event.from)}，应为 ${dateText(event.to)}。`,
        `${which}，减租截止日误记为 ${dateText(event.from)}，应为 ${dateText(event.to)}。`,
      ]);
    case "renumber":
      return draw.pick([
        `${which}即日起改编为租字 ${event.id} 号，其余不变。`,
        `重编字号：${which}以后称租字 ${event.id} 号，其余照旧。`,
      ]);
    case "move":
      return draw.pick([
        `${which}即日起改租${event.store}的仓位，其余不变。`,
        `经双方商定，${which}即日起迁至${event.store}。`,
      ]);
    default:
      return unreachable(event);
  }
}

function unreachable(event: never): never {
  throw new Error(`no such event: ${JSON.stringify(event)}`);
}

function signText(draw: Draw, contract: Lease): string {
  const { id, tenant, store, rent, handler, deposit, end } = contract;
  const paid = deposit === null ? "" : `，押金 ${deposit} 元`;
  return draw.pick([
    `与${tenant}签订租字 ${id} 号合同，出租${store}的仓位，月租金 ${rent} 元${paid}，到期日 ${dateText(end)}，经办人${handler}。`,
    `${tenant}租下${store}的仓位，合同编为租字 ${id} 号，${dateText(end)}到期，月租金 ${rent} 元${paid}，由${handler}经办。`,
    `新签租字 ${id} 号合同：承租方${tenant}，仓位在${store}，经办人${handler}，月租金 ${rent} 元${paid}，到期日为 ${dateText(end)}。`,
  ]);
}

/** An entry of the same vocabulary that concerns no contract. */
export function fillerText(draw: Draw): string {
  const [name, town, thing] = [draw.pick(names), draw.pick(towns), draw.pick(goods)];
  const number = draw.int(1, 5);
  return draw.pick([
    `${town} ${number} 号库检修屋面，工料费 ${draw.int(60, 640) * 10} 元。`,
    `${name}来电询问${town}的空余仓位，称月租金最多出到 ${draw.int(60, 640) * 10} 元，未谈成。`,
    `例会讨论了${town} ${number} 号库的消防通道，由${name}跟进。`,
    `${town} ${number} 号库盘点${thing} ${draw.int(20, 900)} 件，与账面相符。`,
    `${name}请假 ${draw.int(1, 5)} 天，手头的事由值班人员代办。`,
    `${town}一带停电 ${draw.int(2, 9)} 小时，各库启用备用电源。`,
    `更换${town} ${number} 号库的门锁 ${draw.int(1, 6)} 把，旧钥匙一律收回。`,
  ]);
}
