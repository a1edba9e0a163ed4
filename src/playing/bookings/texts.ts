import type { Chance } from "../environment.ts";

import { spokenDay, spokenTime } from "../days.ts";
import { sayRequests } from "../levels.ts";
import {
  type BookingRequest,
  type BookingsState,
  newBooking,
  type TripOrder,
  type TripWish,
} from "./state.ts";

export const bookingsPolicy = ({ date, time }: BookingsState): string =>
  [
    `你是“远行票务”的客服助理，只能通过工具办事。现在是 ${date} ${time}，各地时间相同。规定如下：`,
    "1. 先核验乘客身份，再查订单；每张订单先查看详情，再处理。乘客的每一项要求都要有结果：办理，或登记不予办理。",
    "2. 只能办理该乘客本人名下的订单。别人的订单一律登记“非本人订单”。",
    "3. 距出发不足 1 小时或者已经出发的，登记“已过办理时限”。",
    "4. 每张票只能改签一次，改签过的再要改签，登记“已改签过”；改签过的仍可退票。",
    "5. 退票、改签前先查询该票种的规则；票种不能退改的，登记“票种不可退改”。手续费等于票价乘以比例，比例看现在距出发是否满 24 小时。",
    "6. 退票退还票价减去手续费。改签收取改签费加差价：新票高于原票价的补差价，低于原票价的不退差价。",
    "7. 金卡会员免收改签费，差价照收，退票费照收；不能退改的票种，金卡也不例外。",
    "8. 承运人取消的班次不适用第 3 至第 6 条：退票退全部票价，改签不收任何费用，不必查询规则。",
    "9. 改签和新订票先查询班次，只选乘客要求的那一班；符合要求的班次都没有余票，登记“无合适余票”。",
    "10. 乘客当天在同一方向已有车票的，不再新订，登记“行程重复”，不必查询班次。",
    "11. 任何情况下都不得减免手续费、多退票款，也不得动乘客没有提到的订单。",
    "12. 全部要求都有结果之后，给乘客发一次通知；不得提前发。",
  ].join("\n");

export function bookingsInstruction(draw: Chance, state: BookingsState): string {
  const [customer] = state.customers;
  const who = `${customer?.name}，手机 ${customer?.phone}，证件尾号 ${customer?.id_tail}`;
  const asks = state.requests.map((each) => askOf(draw, state, each));
  return sayRequests(draw, frames, who, asks);
}

function askOf(draw: Chance, state: BookingsState, { order: id, want, wish }: BookingRequest) {
  const wished = wish === null ? "" : wishOf(draw, wish);
  if (id === newBooking) return draw.pick(books).replace("{wish}", wished);
  const order = state.orders.find((each) => each.id === id);
  if (order === undefined) return "";
  const holder = state.customers.find((each) => each.id === order.customer);
  const ticket =
    holder === state.customers[0]
      ? ticketOf(draw, order)
      : `我${draw.pick(["同事", "朋友", "表弟"])}${holder?.name}的订单 ${id}（${ticketOf(draw, order)}）`;
  return draw
    .pick(want === "refund" ? refunds : changes)
    .replace("{ticket}", ticket)
    .replace("{wish}", wished);
}

const ticketOf = (draw: Chance, { date, from, to, kind }: TripOrder): string =>
  draw
    .pick([
      "{date}{from}到{to}的{kind}票",
      "{date}从{from}去{to}的那张{kind}票",
      "{kind}票（{date}，{from}—{to}）",
    ])
    .replace("{date}", spokenDay(date))
    .replace("{from}", from)
    .replace("{to}", to)
    .replace("{kind}", kind === "航班" ? "飞机" : kind);

function wishOf(draw: Chance, { kind, from, to, date, by, bound }: TripWish): string {
  const forms: Readonly<Record<TripWish["by"], readonly string[]>> = {
    earliest: [
      `${spokenTime(bound)}以后最早出发的一班`,
      `不早于${spokenTime(bound)}出发、越早越好的那班`,
    ],
    latest: [
      `${spokenTime(bound)}以前能到、出发最晚的一班`,
      `赶在${spokenTime(bound)}前到，出发尽量晚的那班`,
    ],
    cheapest: [
      `${spokenTime(bound)}以后出发的里面最便宜的一班`,
      `${spokenTime(bound)}以后票价最低的那班`,
    ],
  };
  const vehicle = kind === "航班" ? "飞机" : kind;
  return `${spokenDay(date)}${from}到${to}的${vehicle}，要${draw.pick(forms[by])}`;
}

const refunds = [
  "{ticket}退掉",
  "{ticket}去不了了，请退票",
  "把{ticket}退了，钱退回来",
  "{ticket}不要了，办一下退票",
  "行程取消了，{ticket}麻烦退一下",
];
const changes = [
  "{ticket}改签成{wish}",
  "把{ticket}换成{wish}",
  "{ticket}想改期，改成{wish}",
  "{ticket}赶不上了，改到{wish}",
];
const books = ["再订一张{wish}", "给我买一张{wish}", "新订一张票：{wish}", "还要一张{wish}"];

/** What a user says around the requests. */
export const frames: readonly string[] = [
  "你好，我是{who}。{asks}。谢谢。",
  "您好，麻烦帮个忙：{asks}。我的信息：{who}。",
  "我要办几件票的事，{asks}。本人{who}。",
  "客服在吗？{asks}。我叫{who}。",
  "{who}。{asks}，按规定办就行。",
  "出差安排变了，{asks}。这边是{who}。",
  "我是你们的老顾客{who}，这次想请你们帮忙：{asks}。能办的办，办不了的告诉我原因。",
  "请处理一下：{asks}。乘客{who}。",
  "打电话一直占线，只好在这里说：{asks}。我的资料是{who}。",
  "家里临时有事，{asks}。{who}，请尽快。",
  "麻烦查一下我的票，然后{asks}。我是{who}。",
  "早上好！我是{who}，有事相求：{asks}。",
  "会议改期，票也得跟着动。{asks}。信息如下：{who}。",
  "在车站不方便打电话，请直接办：{asks}。{who}。",
  "不好意思打扰了，{asks}。我的身份信息：{who}。",
  "帮我看看票，{asks}。（{who}）",
  "你们的应用总是闪退，我在这里办吧：{asks}。{who}。",
  "急，急，急！{asks}。我是{who}。",
  "按你们的规定该收多少收多少，{asks}。乘车人{who}。",
  "孩子生病了，行程要调整：{asks}。我是{who}，辛苦了。",
  "请问能不能办：{asks}？本人{who}。",
  "公司让我自己联系你们，{asks}。姓名和证件：{who}。",
  "天气不好，行程要改：{asks}。我的信息是{who}。",
  "这是{who}。需要办的事：{asks}。办完发我一个通知。",
];
