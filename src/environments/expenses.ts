import type { z } from "zod";

import type { Members } from "../domain/json.ts";
import type { EnvironmentCall, PlayOutcome } from "../playing/environment.ts";

import { stepOf } from "../playing/backend.ts";
import { defineEnvironment, playLevels, sayToUser } from "../playing/environment.ts";
import { drawExpenses, instructionOf, policyOf } from "../playing/expenses/draw.ts";
import { employeeSays, projectQuestion, totalQuestion } from "../playing/expenses/employee.ts";
import { due, ExpensesOptions, ExpensesState, limited } from "../playing/expenses/state.ts";
import { expensesTools, placeOf } from "../playing/expenses/tools.ts";

/** 报销: receipts are checked, capped, rejected or claimed, and the claim is approved and submitted. */
export const environment = defineEnvironment<ExpensesState, z.infer<typeof ExpensesOptions>>({
  id: "expenses",
  version: "3",
  title: { zh: "报销", en: "expenses" },
  options: ExpensesOptions,
  levels: playLevels(4),
  state: ExpensesState,
  tools: expensesTools.map(({ declared }) => declared),
  initial: (draw, options) => {
    const state = drawExpenses(draw, options);
    return { state, instruction: instructionOf(state), policy: policyOf(state) };
  },
  step: stepOf(expensesTools),
  user: employeeSays,
  outcome,
  plan,
});

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
