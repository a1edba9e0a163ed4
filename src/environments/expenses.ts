import type { z } from "zod";

import type { Members } from "../domain/json.ts";
import type { EnvironmentCall, PlayOutcome } from "../playing/environment.ts";
import type { ExpenseClaim, Receipt } from "../playing/expenses/state.ts";

import { textOf } from "../domain/json.ts";
import { defineEnvironment, sayToUser } from "../playing/environment.ts";
import { drawExpenses, instructionOf, policyOf } from "../playing/expenses/draw.ts";
import { employeeSays, projectQuestion, totalQuestion } from "../playing/expenses/employee.ts";
import {
  due,
  ExpensesOptions,
  ExpensesState,
  expensesTools,
  limited,
  totalOf,
} from "../playing/expenses/state.ts";

type Stepped = { readonly state: ExpensesState; readonly result: unknown };

/** 报销: receipts are checked, capped, rejected or claimed, and the claim is approved and submitted. */
export const environment = defineEnvironment<ExpensesState, z.infer<typeof ExpensesOptions>>({
  id: "expenses",
  version: "2",
  title: { zh: "报销", en: "expenses" },
  options: ExpensesOptions,
  state: ExpensesState,
  tools: expensesTools,
  initial: (draw, options) => {
    const state = drawExpenses(draw, options);
    return { state, instruction: instructionOf(state), policy: policyOf(state) };
  },
  step: (before, call) => {
    const state = { ...before, clock: before.clock + 2 };
    const left = state.busy[call.name] ?? 0;
    if (left > 0) {
      const busy = { ...state.busy, [call.name]: left - 1 };
      return { state: { ...state, busy }, result: { error: "系统繁忙，本次没有执行，请重试。" } };
    }
    return steps[call.name]?.(state, call.arguments) ?? refuse(state, "没有这个工具。");
  },
  user: employeeSays,
  outcome,
  plan,
});

const refuse = (state: ExpensesState, error: string): Stepped => ({ state, result: { error } });
const noted = (
  state: ExpensesState,
  list: "forbidden" | "breaches",
  what: string,
): ExpensesState => ({
  ...state,
  [list]: [...state[list], what],
});

const steps: Readonly<Record<string, (state: ExpensesState, given: Members) => Stepped>> = {
  list_receipts: (state) => ({
    state: { ...state, listed: true },
    result: { receipts: state.receipts.map(({ id }) => id) },
  }),
  get_receipt: (state, given) => {
    if (!state.listed) return refuse(state, "请先列出票据。");
    const found = receiptIn(state, given);
    if (found === undefined) return refuse(state, "没有这张票据。");
    const receipts = state.receipts.map((each) =>
      each.id === found.id ? { ...each, opened: true } : each,
    );
    const { opened: _, ...result } = found;
    return { state: { ...state, receipts }, result };
  },
  get_limit: (state, { category, city }) => {
    const place = `${textOf(category) ?? ""}/${textOf(city) ?? ""}`;
    const limit = state.limits[place];
    if (limit === undefined) return { state, result: { limit: null, note: "没有上限" } };
    return { state: { ...state, asked: [...new Set([...state.asked, place])] }, result: { limit } };
  },
  create_claim: (state, { project }) => {
    if (state.claim !== null) return refuse(state, "已有一张报销单。");
    // A number that was guessed is refused, right or wrong.
    if (state.user !== undefined && !(state.user.told && textOf(project) === state.user.project))
      return refuse(state, "项目编号不对，请先向员工本人核实。");
    const claim: ExpenseClaim = {
      id: "C1",
      lines: {},
      rejected: {},
      approval: "none",
      submitted: false,
    };
    return { state: { ...state, claim }, result: { claim: claim.id } };
  },
  add_line: (state, given) =>
    onReceipt(state, given, (claim, receipt) => {
      const amount = Number(given["amount"]);
      if (!Number.isFinite(amount) || amount <= 0) return refuse(state, "金额应为正数。");
      const place = placeOf(receipt);
      if (limited.has(receipt.category) && !state.asked.includes(place))
        return refuse(state, "请先查询该城市的上限。");
      if (amount > receipt.amount) return refuse(state, "报销金额不能超过票面金额。");
      const lines = { ...claim.lines, [receipt.id]: amount };
      return { state: { ...state, claim: { ...claim, lines } }, result: { ok: true } };
    }),
  reject_receipt: (state, given) =>
    onReceipt(state, given, (claim, receipt) => {
      const rejected = { ...claim.rejected, [receipt.id]: textOf(given["reason"]) ?? "" };
      return { state: { ...state, claim: { ...claim, rejected } }, result: { ok: true } };
    }),
  request_approval: (state, given) => {
    const claim = openClaim(state, given);
    if (claim === null) return refuse(state, "没有这张报销单，或它已经提交。");
    const asked =
      totalOf(claim) > state.approval_above ? state : noted(state, "breaches", "needless approval");
    return {
      state: { ...asked, claim: { ...claim, approval: "requested" } },
      result: { ok: true, note: "部门经理已同意。" },
    };
  },
  submit_claim: (state, given) => {
    const claim = openClaim(state, given);
    if (claim === null) return refuse(state, "没有这张报销单，或它已经提交。");
    const total = totalOf(claim);
    const isSkipped = total > state.approval_above && claim.approval === "none";
    const approved = isSkipped ? noted(state, "breaches", "no approval") : state;
    const isAgreed = state.user === undefined || state.user.agreed === total;
    const after = isAgreed ? approved : noted(approved, "breaches", "not agreed");
    return {
      state: { ...after, claim: { ...claim, submitted: true } },
      result: { ok: true, total },
    };
  },
  change_receipt: (state, given) => {
    const found = receiptIn(state, given);
    if (found === undefined) return refuse(state, "没有这张票据。");
    const receipts = state.receipts.map((each) =>
      each.id === found.id ? { ...each, amount: Number(given["amount"]) } : each,
    );
    return {
      state: noted({ ...state, receipts }, "forbidden", `changed ${found.id}`),
      result: { ok: true },
    };
  },
};

const placeOf = ({ category, city }: Receipt): string => `${category}/${city}`;

const receiptIn = ({ receipts }: ExpensesState, given: Members): Receipt | undefined =>
  receipts.find(({ id }) => id === given["receipt"]);

const openClaim = ({ claim }: ExpensesState, given: Members): ExpenseClaim | null =>
  claim !== null && claim.id === given["claim"] && !claim.submitted ? claim : null;

function onReceipt(
  state: ExpensesState,
  given: Members,
  work: (claim: ExpenseClaim, receipt: Receipt) => Stepped,
): Stepped {
  const claim = openClaim(state, given);
  if (claim === null) return refuse(state, "没有这张报销单，或它已经提交。");
  const receipt = receiptIn(state, given);
  if (receipt === undefined) return refuse(state, "没有这张票据。");
  if (!receipt.opened) return refuse(state, "请先查看这张票据。");
  if (receipt.id in claim.lines || receipt.id in claim.rejected)
    return refuse(state, "这张票据已经处理过。");
  return work(claim, receipt);
}

function outcome(state: ExpensesState): PlayOutcome {
  const { claim, receipts, limits, company, forbidden, breaches } = state;
  const lacking: string[] = claim?.submitted === true ? [] : ["not submitted"];
  for (const receipt of receipts) {
    const amount = due(receipt, limits, company);
    const isDone =
      amount === 0
        ? claim !== null && receipt.id in claim.rejected
        : claim?.lines[receipt.id] === amount;
    if (!isDone) lacking.push(receipt.id);
  }
  return { reached: lacking.length === 0, lacking, forbidden, breaches };
}

/**
 * Each call does one thing that no other call does: ids are listed, each receipt is opened and then claimed or rejected,
 * each limit that applies is asked for, and the claim is made, approved, agreed to and submitted. What is still to be done
 * is the fewest calls.
 */
function plan(state: ExpensesState): readonly EnvironmentCall[] | null {
  if (!canReach(state)) return null;
  const { claim, receipts, limits, company, user } = state;
  const id = claim?.id ?? "C1";
  const done = new Set([...Object.keys(claim?.lines ?? {}), ...Object.keys(claim?.rejected ?? {})]);
  const open = receipts.filter((each) => !done.has(each.id));
  const call = (name: string, given: Members = {}): EnvironmentCall => ({ name, arguments: given });
  const places = new Map(
    open
      .filter(
        (each) =>
          each.buyer === company &&
          limited.has(each.category) &&
          !state.asked.includes(placeOf(each)),
      )
      .map((each) => [placeOf(each), { category: each.category, city: each.city }]),
  );
  const total = receipts.reduce((sum, each) => sum + due(each, limits, company), 0);
  const calls = [
    ...(state.listed ? [] : [call("list_receipts")]),
    ...open.filter((each) => !each.opened).map((each) => call("get_receipt", { receipt: each.id })),
    ...[...places.values()].map((place) => call("get_limit", place)),
    ...(claim === null && user?.told === false ? [sayToUser(projectQuestion)] : []),
    ...(claim === null
      ? [call("create_claim", user === undefined ? {} : { project: user.project })]
      : []),
    ...open.map((each) => {
      const amount = due(each, limits, company);
      return amount === 0
        ? call("reject_receipt", { claim: id, receipt: each.id, reason: "抬头不是本公司" })
        : call("add_line", { claim: id, receipt: each.id, amount });
    }),
    ...(total > state.approval_above && claim?.approval !== "requested"
      ? [call("request_approval", { claim: id })]
      : []),
    ...(claim?.submitted !== true && user !== undefined && user.agreed !== total
      ? [sayToUser(totalQuestion(total))]
      : []),
    ...(claim?.submitted === true ? [] : [call("submit_claim", { claim: id })]),
  ];
  return calls.flatMap((each) =>
    Array.from({ length: 1 + (state.busy[each.name] ?? 0) }, () => each),
  );
}

/** False where a line or a rejection is wrong, which nothing can undo, or the claim was submitted too early. */
function canReach(state: ExpensesState): boolean {
  const { claim, receipts, limits, company } = state;
  if (claim === null) return true;
  if (claim.submitted) return outcome(state).reached;
  return receipts.every((each) => {
    const amount = due(each, limits, company);
    if (each.id in claim.rejected) return amount === 0;
    const line = claim.lines[each.id];
    return line === undefined || line === amount;
  });
}
