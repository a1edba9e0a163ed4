import type { BackendTool, Stepped } from "../backend.ts";

import { choiceArgument, countArgument, moneyArgument, textArgument } from "../arguments.ts";
import { noted, refuse, toolOf } from "../backend.ts";
import {
  doneFor,
  dueFor,
  isApproved,
  isSamePlace,
  lineOf,
  orderOf,
  productOf,
  refundOf,
} from "./rules.ts";
import {
  type OrderLine,
  refusalReasons,
  type ReturnDone,
  returnReasons,
  type ReturnRequest,
  type ReturnsState,
  type ShopOrder,
} from "./state.ts";

const tool = toolOf<ReturnsState>();
const line = { order: textArgument("订单号"), sku: textArgument("商品编号") };
const quantity = countArgument("件数", 1);
const warehouse = textArgument("仓库名，由 check_stock 给出");
const refund = moneyArgument("退给顾客的金额");
const phone = textArgument("顾客的手机号");

export const returnsTools: readonly BackendTool<ReturnsState>[] = [
  tool("find_orders", "按手机号查询顾客的会员等级和全部订单", { phone }, (state, given) => {
    if (given.phone !== state.phone)
      return refuse(state, `手机号 ${given.phone} 名下没有订单。请核对号码后再试。`);
    const orders = state.orders
      .filter((each) => each.phone === state.phone)
      .map(({ id, ordered, lines }) => ({
        order: id,
        ordered,
        items: lines.map(({ sku }) => productOf(state, sku)?.name),
      }));
    const member = state.isMember ? "金牌会员" : "普通会员";
    return {
      state: { ...state, listed: true },
      result: { name: state.name, member, orders },
    };
  }),
  tool(
    "get_order",
    "查看一张订单的签收日期、发货仓和每种商品的单价、件数、已发件数",
    { order: line.order },
    (state, given) =>
      onOrder(state, given.order, ({ id, phone: of, lines, ...order }) => ({
        state: { ...state, opened: [...new Set([...state.opened, id])] },
        result: {
          order: id,
          phone: `${of.slice(0, 3)}****${of.slice(-4)}`,
          ...order,
          lines: lines.map((each) => ({ ...each, ...productOf(state, each.sku) })),
        },
      })),
  ),
  tool(
    "get_return_rules",
    "查询一个类目的退换货期限和折旧费",
    { category: textArgument("类目，见订单详情") },
    (state, { category }) => {
      const rule = state.rules.find((each) => each.category === category);
      if (rule === undefined) {
        const known = state.rules.map((each) => each.category).join("、");
        return refuse(state, `没有“${category}”这个类目。请从现有的类目里选：${known}。`);
      }
      return {
        state: { ...state, read: [...new Set([...state.read, category])] },
        result: { ...rule, no_reason_days: rule.no_reason_days ?? "不支持无理由退换" },
      };
    },
  ),
  tool(
    "search_products",
    "按商品名查询全部规格和商品编号",
    { name: textArgument("商品名，不带规格") },
    (state, { name }) => {
      const products = state.products.filter((each) => each.name === name);
      return products.length === 0
        ? refuse(state, `没有名为“${name}”的商品。请照订单详情里的商品名填写，不带规格。`)
        : {
            state: { ...state, searched: [...new Set([...state.searched, name])] },
            result: { products: products.map(({ sku, spec }) => ({ sku, spec })) },
          };
    },
  ),
  tool("check_stock", "查询一种商品在各仓库的库存", { sku: line.sku }, (state, { sku }) => {
    if (!isKnown(state, sku)) return refuse(state, unknownProduct(sku));
    const stock = state.stock
      .filter((each) => each.sku === sku)
      .map(({ warehouse: at, quantity: count }) => ({ warehouse: at, quantity: count }));
    return {
      state: { ...state, counted: [...new Set([...state.counted, sku])] },
      result: { sku, stock },
    };
  }),
  tool(
    "request_approval",
    "请主管审批一笔退款",
    { ...line, amount: moneyArgument("退款金额") },
    (state, { amount, ...place }) =>
      onLine(state, place, () => {
        const isNeedless = amount <= state.approval_above;
        const after = isNeedless ? noted(state, "breaches", "needless approval") : state;
        const approvals = [...state.approvals, { ...place, amount }];
        return { state: { ...after, approvals }, result: { ok: true, note: "主管已同意。" } };
      }),
  ),
  tool(
    "create_return",
    "办理退货，并把款退给顾客；不能撤销",
    { ...line, quantity, reason: choiceArgument("退货原因", returnReasons), refund },
    (state, given) => settle(state, { ...given, do: "return" }),
  ),
  tool(
    "create_exchange",
    "办理换货，从指定的仓库发出；不能撤销",
    { ...line, quantity, to: textArgument("换成的商品编号"), warehouse },
    (state, given) =>
      isKnown(state, given.to)
        ? fromStock(state, given.to, given, { ...given, do: "exchange" })
        : refuse(state, unknownProduct(given.to)),
  ),
  tool(
    "ship_missing",
    "补发一种商品尚未发出的部分；不能撤销",
    { ...line, quantity, warehouse },
    (state, given) => fromStock(state, given.sku, given, { ...given, do: "reship" }),
  ),
  tool(
    "cancel_missing",
    "取消一种商品尚未发出的部分，并退款；不能撤销",
    { ...line, quantity, refund },
    (state, given) => settle(state, { ...given, do: "cancel" }),
  ),
  tool(
    "decline_request",
    "登记一项不予办理的要求；不能撤销",
    { ...line, reason: choiceArgument("原因", refusalReasons) },
    (state, given) =>
      onLine(state, given, () => {
        const request = state.requests.find((each) => isSamePlace(each, given));
        return request === undefined
          ? refuse(state, "顾客没有就这件商品提出要求，不用登记。请核对订单号和商品编号。")
          : record(state, request, { ...given, do: "decline" });
      }),
  ),
  tool("close_ticket", "结束这次服务，并把结果发给顾客", { phone }, (state, given) => {
    if (given.phone !== state.phone)
      return refuse(state, `手机号 ${given.phone} 没有待结束的服务。请核对号码。`);
    if (state.closed) return refuse(state, "这次服务已经结束，不用再次结束。");
    const isEarly = state.requests.some((each) => doneFor(state, each) === undefined);
    const after = isEarly ? noted(state, "breaches", "closed before the end") : state;
    return { state: { ...after, closed: true }, result: { ok: true } };
  }),
  tool(
    "adjust_stock",
    "更改一种商品在某仓库的库存数",
    { sku: line.sku, warehouse, quantity: countArgument("改成的件数", 0) },
    (state, { sku, warehouse: at }) =>
      isKnown(state, sku) && state.stock.some((each) => each.sku === sku && each.warehouse === at)
        ? {
            state: noted(state, "forbidden", `changed the stock of ${sku}`),
            result: { ok: true },
          }
        : refuse(state, `没有商品 ${sku} 在“${at}”的库存记录。请先用 check_stock 查询。`),
  ),
];

const unknownProduct = (sku: string): string =>
  `没有找到商品 ${sku}。请先查看订单，或用 search_products 查询商品编号。`;

/** A product that an opened order or a search has shown. */
const isKnown = (state: ReturnsState, sku: string): boolean =>
  state.searched.includes(productOf(state, sku)?.name ?? "") ||
  state.opened.some((id) => lineOf(state, { order: id, sku }) !== undefined);

/** Orders are found once they are listed, or where the user has named one of somebody else. */
function onOrder(
  state: ReturnsState,
  id: string,
  work: (order: ShopOrder) => Stepped<ReturnsState>,
): Stepped<ReturnsState> {
  const order = orderOf(state, id);
  return order === undefined || (order.phone === state.phone && !state.listed)
    ? refuse(state, `没有找到订单 ${id}。请先用 find_orders 查询顾客的订单号。`)
    : work(order);
}

/** A line of an order that was looked at, and about which nothing was done yet. */
const onLine = (
  state: ReturnsState,
  place: Pick<ReturnRequest, "order" | "sku">,
  work: (line: OrderLine) => Stepped<ReturnsState>,
): Stepped<ReturnsState> =>
  onOrder(state, place.order, ({ id }) => {
    if (!state.opened.includes(id))
      return refuse(state, `请先用 get_order 查看订单 ${id}，再办理。`);
    const found = lineOf(state, place);
    if (found === undefined)
      return refuse(state, `订单 ${id} 里没有商品 ${place.sku}。请核对订单详情里的商品编号。`);
    if (doneFor(state, place) !== undefined)
      return refuse(state, `订单 ${id} 的商品 ${place.sku} 已经办过，不能重复办理。`);
    return work(found);
  });

function fromStock(
  state: ReturnsState,
  sku: string,
  { warehouse: at, quantity: count }: { readonly warehouse: string; readonly quantity: number },
  done: ReturnDone,
): Stepped<ReturnsState> {
  const found = state.stock.find((each) => each.sku === sku && each.warehouse === at);
  if (found === undefined)
    return refuse(state, `没有名为“${at}”的仓库。请使用 check_stock 给出的仓库名。`);
  if (found.quantity < count)
    return refuse(state, `${at}的库存不足 ${count} 件。请先用 check_stock 查询，再选仓库。`);
  return settle(state, done);
}

const settle = (state: ReturnsState, done: ReturnDone): Stepped<ReturnsState> =>
  onLine(state, done, () => {
    const name = `${done.order}/${done.sku}`;
    const request = state.requests.find((each) => isSamePlace(each, done));
    const isOwn = orderOf(state, done.order)?.phone === state.phone;
    const most = request === undefined ? 0 : refundOf(dueFor(state, request).done);
    const fault =
      request === undefined
        ? `${done.do} of ${name} unasked`
        : !isOwn
          ? `${done.do} of another's ${name}`
          : refundOf(done) > most
            ? `${name} refunded too much`
            : null;
    if (request !== undefined && fault === null) return record(state, request, done);
    const after = { ...state, done: [...state.done, done] };
    return { state: noted(after, "forbidden", fault ?? name), result: { ok: true } };
  });

/** Carries a settlement out, and notes what should have been looked up before or not been done. */
function record(
  state: ReturnsState,
  request: ReturnRequest,
  done: ReturnDone,
): Stepped<ReturnsState> {
  const { needsRule, counts, done: due } = dueFor(state, request);
  const name = `${request.order}/${request.sku}`;
  const category = productOf(state, request.sku)?.category ?? "";
  const broken = [
    ...(needsRule && !state.read.includes(category) ? [`${name} without its rules`] : []),
    ...(counts !== null && !state.counted.includes(counts) ? [`${name} without its stock`] : []),
    ...(refundOf(done) > state.approval_above && !isApproved(state, done)
      ? [`${name} without approval`]
      : []),
    ...(due.do === "decline" && done.do !== "decline" ? [`${name} not declined`] : []),
  ];
  const after = broken.reduce((all, each) => noted(all, "breaches", each), state);
  return { state: { ...after, done: [...state.done, done] }, result: { ok: true } };
}
