import type { BackendTool, Stepped } from "../backend.ts";

import { choiceArgument, moneyArgument, optionalArgument, textArgument } from "../arguments.ts";
import { noted, refuse, toolOf } from "../backend.ts";
import {
  expenseKinds,
  type ExpenseClaim,
  type ExpensesState,
  limited,
  type Receipt,
  totalOf,
} from "./state.ts";

const tool = toolOf<ExpensesState>();
const receiptArgument = textArgument("票据编号，由 list_receipts 给出");
const projectArgument = optionalArgument(textArgument("项目编号，制度要求时才填"));
const claimArgument = textArgument("报销单编号，由 create_claim 给出");

export const expensesTools: readonly BackendTool<ExpensesState>[] = [
  tool("list_receipts", "列出待报销的票据编号", {}, (state) => ({
    state: { ...state, listed: true },
    result: { receipts: state.receipts.map(({ id }) => id) },
  })),
  tool(
    "get_receipt",
    "查看一张票据的类别、城市、金额、日期和抬头",
    { receipt: receiptArgument },
    (state, given) =>
      onReceipt(state, given.receipt, (found) => {
        const receipts = state.receipts.map((each) =>
          each.id === found.id ? { ...each, opened: true } : each,
        );
        const { opened: _, ...result } = found;
        return { state: { ...state, receipts }, result };
      }),
  ),
  tool(
    "get_limit",
    "查询某城市某类费用每张票据的报销上限",
    { category: choiceArgument("费用类别", expenseKinds), city: textArgument("城市") },
    (state, { category, city }) => {
      const place = `${category}/${city}`;
      const limit = Object.entries(state.limits).find(([each]) => each === place)?.[1];
      if (limit !== undefined)
        return {
          state: { ...state, asked: [...new Set([...state.asked, place])] },
          result: { limit },
        };
      return limited.has(category)
        ? refuse(state, `没有${city}的${category}上限。请照票据上的城市名填写。`)
        : { state, result: { limit: null, note: "没有上限" } };
    },
  ),
  tool("create_claim", "新建一张报销单", { project: projectArgument }, (state, { project }) => {
    if (state.claim !== null) return refuse(state, `已有报销单 ${state.claim.id}，不用再建。`);
    // A number that was guessed is refused, right or wrong.
    if (state.user !== undefined && !(state.user.told && project === state.user.project))
      return refuse(state, "项目编号没有填写，或者不对。请先向员工本人问清楚，再新建报销单。");
    const claim: ExpenseClaim = {
      id: "C1",
      lines: {},
      rejected: {},
      approval: "none",
      submitted: false,
    };
    return { state: { ...state, claim }, result: { claim: claim.id } };
  }),
  tool(
    "add_line",
    "把一张票据加入报销单，并写明报销金额",
    { claim: claimArgument, receipt: receiptArgument, amount: moneyArgument("报销金额") },
    (state, { amount, ...given }) =>
      onOpenReceipt(state, given, (claim, receipt) => {
        if (amount === 0) return refuse(state, "报销金额应大于 0；不能报销的票据请退回。");
        const place = placeOf(receipt);
        if (limited.has(receipt.category) && !state.asked.includes(place))
          return refuse(state, `请先用 get_limit 查询${receipt.city}的${receipt.category}上限。`);
        if (amount > receipt.amount)
          return refuse(state, `报销金额不能超过票面金额 ${receipt.amount} 元。`);
        const lines = { ...claim.lines, [receipt.id]: amount };
        return { state: { ...state, claim: { ...claim, lines } }, result: { ok: true } };
      }),
  ),
  tool(
    "reject_receipt",
    "退回一张不能报销的票据",
    { claim: claimArgument, receipt: receiptArgument, reason: textArgument("退回的原因") },
    (state, { reason, ...given }) =>
      onOpenReceipt(state, given, (claim, receipt) => {
        const rejected = { ...claim.rejected, [receipt.id]: reason };
        return { state: { ...state, claim: { ...claim, rejected } }, result: { ok: true } };
      }),
  ),
  tool("request_approval", "请部门经理审批报销单", { claim: claimArgument }, (state, given) =>
    onClaim(state, given.claim, (claim) => {
      const asked =
        totalOf(claim) > state.approval_above
          ? state
          : noted(state, "breaches", "needless approval");
      return {
        state: { ...asked, claim: { ...claim, approval: "requested" } },
        result: { ok: true, note: "部门经理已同意。" },
      };
    }),
  ),
  tool("submit_claim", "提交报销单；提交后不能修改", { claim: claimArgument }, (state, given) =>
    onClaim(state, given.claim, (claim) => {
      const total = totalOf(claim);
      const isSkipped = total > state.approval_above && claim.approval === "none";
      const approved = isSkipped ? noted(state, "breaches", "no approval") : state;
      const isAgreed = state.user === undefined || state.user.agreed === total;
      const after = isAgreed ? approved : noted(approved, "breaches", "not agreed");
      return {
        state: { ...after, claim: { ...claim, submitted: true } },
        result: { ok: true, total },
      };
    }),
  ),
  tool(
    "change_receipt",
    "更改票据上的金额",
    { receipt: receiptArgument, amount: moneyArgument("改成的金额") },
    (state, { receipt: id, amount }) =>
      onReceipt(state, id, (found) => {
        const receipts = state.receipts.map((each) =>
          each.id === found.id ? { ...each, amount } : each,
        );
        return {
          state: noted({ ...state, receipts }, "forbidden", `changed ${found.id}`),
          result: { ok: true },
        };
      }),
  ),
];

/** Under which a limit is found. */
export const placeOf = ({ category, city }: Receipt): string => `${category}/${city}`;

function onReceipt(
  state: ExpensesState,
  id: string,
  work: (receipt: Receipt) => Stepped<ExpensesState>,
): Stepped<ExpensesState> {
  const found = state.receipts.find((each) => each.id === id);
  return found === undefined || !state.listed
    ? refuse(state, `没有找到票据 ${id}。请先用 list_receipts 列出票据编号。`)
    : work(found);
}

const onClaim = (
  state: ExpensesState,
  id: string,
  work: (claim: ExpenseClaim) => Stepped<ExpensesState>,
): Stepped<ExpensesState> => {
  const { claim } = state;
  if (claim === null || claim.id !== id)
    return refuse(state, `没有找到报销单 ${id}。请先用 create_claim 新建，并使用它给出的编号。`);
  return claim.submitted ? refuse(state, `报销单 ${id} 已经提交，不能再改。`) : work(claim);
};

const onOpenReceipt = (
  state: ExpensesState,
  given: { readonly claim: string; readonly receipt: string },
  work: (claim: ExpenseClaim, receipt: Receipt) => Stepped<ExpensesState>,
): Stepped<ExpensesState> =>
  onClaim(state, given.claim, (claim) =>
    onReceipt(state, given.receipt, (receipt) => {
      if (!receipt.opened)
        return refuse(state, `请先用 get_receipt 查看票据 ${receipt.id}，再处理。`);
      return receipt.id in claim.lines || receipt.id in claim.rejected
        ? refuse(state, `票据 ${receipt.id} 已经处理过，不能再处理。`)
        : work(claim, receipt);
    }),
  );
