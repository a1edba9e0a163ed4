import type { Chance } from "../environment.ts";
import type { ReturnRequest, ReturnsState } from "./state.ts";

import { spokenDay } from "../days.ts";
import { sayRequests } from "../levels.ts";
import { orderOf, productOf } from "./rules.ts";

export const returnsPolicy = ({ date, member_days, approval_above }: ReturnsState): string =>
  [
    `你是“青禾商城”的售后客服，只能通过工具办事。今天是 ${date}。规定如下：`,
    "1. 先按手机号查订单；每张订单先看详情，再处理。顾客的每一项要求都要有结果：办理，或登记不予办理。",
    "2. 不是该手机号名下的订单，一律登记“非本人订单”。",
    "3. 要求退换的件数多于已发件数的，登记“数量不符”，不办其中一部分。",
    "4. 退换货先查该类目的规则。签收次日算第 1 天；超过期限的，登记“超过期限”。",
    "5. 无理由退换按无理由期限。类目不支持无理由的，登记“不支持无理由”。无理由退货退还总价减去折旧费，折旧费等于总价乘以百分比。",
    "6. 质量问题退换按质量问题期限，不论类目是否支持无理由；退货退还全部货款，不收折旧费。",
    `7. 金牌会员的无理由期限延长 ${member_days} 天；不支持无理由的类目和质量问题的期限都不延长。`,
    "8. 换货不收差价，也不收折旧费。先查换成的那种规格的库存：原发货仓的件数够，就从原发货仓发；不够，从件数最多的仓库发；一次换货只能从一个仓库发出。没有一个仓库够的，无理由换货登记“无货”，质量问题改为退货。",
    "9. 补发未发出的部分，先查库存，选仓库的办法同第 8 条；没有一个仓库够的，改为取消未发出的部分。",
    "10. 取消未发出的部分，退还这一部分的全部货款。要求取消或补发的件数多于未发件数的，登记“已发货”。",
    `11. 一笔退款超过 ${approval_above} 元的，先请主管审批；没有超过的，不要打扰主管。`,
    "12. 任何情况下都不得更改库存、多退货款，也不得处理顾客没有提到的商品。",
    "13. 全部要求都有结果之后，结束服务；不得提前结束。",
  ].join("\n");

export function returnsInstruction(draw: Chance, state: ReturnsState): string {
  const asks = state.requests.map((each) => askOf(draw, state, each));
  return sayRequests(draw, frames, `${state.name}，手机 ${state.phone}`, asks);
}

function askOf(draw: Chance, state: ReturnsState, request: ReturnRequest): string {
  const { order: id, sku, want, quantity, reason, to } = request;
  const order = orderOf(state, id);
  const product = productOf(state, sku);
  const day = spokenDay(order?.ordered ?? "");
  const isOwn = order?.phone === state.phone;
  const whose = isOwn
    ? draw.pick([`${day}下单的`, `${day}买的`, `我${day}订的`])
    : `我${draw.pick(["同事", "邻居", "妹妹"])}的订单 ${id} 里的`;
  const thing = `${whose}${product?.name}（${product?.spec}）`;
  const faulty = reason === "质量问题";
  const forms = faulty ? { return: faultyReturns, exchange: faultyExchanges } : plain;
  const form = want === "reship" ? reships : want === "cancel" ? cancels : forms[want];
  return draw
    .pick(form)
    .replace("{thing}", thing)
    .replace("{n}", String(quantity))
    .replace("{to}", productOf(state, to ?? "")?.spec ?? "");
}

const plain = {
  return: [
    "{thing}不想要了，退 {n} 件",
    "{thing}买多了，东西没毛病，退掉 {n} 件",
    "{thing}不太喜欢，想退 {n} 件",
    "{thing}用不上，请退 {n} 件，没有质量问题",
  ],
  exchange: [
    "{thing}想换成“{to}”，{n} 件，东西没毛病",
    "{thing}选错了，{n} 件换成“{to}”",
    "{thing}不合适，把 {n} 件换成“{to}”",
  ],
};
const faultyReturns = [
  "{thing}有 {n} 件是坏的，退掉",
  "{thing}到手就有毛病，要退 {n} 件",
  "{thing}质量有问题，退 {n} 件",
  "{thing}有 {n} 件做工不合格，我要退货",
];
const faultyExchanges = [
  "{thing}有 {n} 件有质量问题，换成“{to}”",
  "{thing}坏了 {n} 件，给我换“{to}”",
  "{thing}质量不行，{n} 件换成“{to}”",
];
const reships = [
  "{thing}少发了 {n} 件，请补发",
  "{thing}还有 {n} 件没收到，麻烦补上",
  "{thing}缺 {n} 件，给我补发",
];
const cancels = [
  "{thing}没到的 {n} 件不要了，取消并退款",
  "{thing}还没发的 {n} 件取消吧",
  "{thing}剩下 {n} 件别发了，把钱退给我",
];

/** What a user says around the requests. */
export const frames: readonly string[] = [
  "你好，我是{who}。{asks}。谢谢。",
  "您好，{asks}。我是{who}。",
  "我在你们店里买过东西，{who}。{asks}。",
  "售后吗？{asks}。登记的是{who}。",
  "麻烦处理一下：{asks}。联系人{who}。",
  "{who}。{asks}，按规定办就行。",
  "等了好几天没人理我！{asks}。我是{who}。",
  "请帮我看看订单，{asks}。（{who}）",
  "东西收到了，有几句话说：{asks}。我是{who}。",
  "老顾客{who}，这次要麻烦你们：{asks}。",
  "网页上找不到入口，只好在这里说：{asks}。{who}。",
  "我妈用我的号买的，我来替她办：{asks}。账号是{who}。",
  "不好意思，{asks}。信息：{who}。",
  "公司采购，{who}。{asks}，能办的办，不能办的说明原因。",
  "晚上好，{asks}。我的资料：{who}。",
  "快递已经拆了，{asks}。我这边是{who}。",
  "第一次在你们这里办售后，{asks}。我叫{who}。",
  "长话短说：{asks}。{who}。",
  "请问这样行不行：{asks}？我是{who}。",
  "给孩子买的，没想到要找售后。{asks}。{who}。",
  "你们的东西总体不错，不过{asks}。我是{who}。",
  "麻烦今天办完：{asks}。下单人{who}。",
  "搬家前想把这些事了结：{asks}。{who}。",
  "这是{who}。需要你们做的：{asks}。",
];
