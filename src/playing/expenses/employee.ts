import type { UserAnswer } from "../environment.ts";

import { type ExpensesState, totalOf } from "./state.ts";

/** What the employee is asked, in words that the script below understands. */
export const projectQuestion = "新建报销单要填项目编号，请问这次出差的项目编号是多少？";
export const totalQuestion = (total: number): string =>
  `票据都处理好了，报销单总额是 ${total} 元，确认提交吗？`;

/** Words to which the employee knows nothing to say, before there is no answer any more. */
const mostPuzzled = 2;

/**
 * The employee: names the project when asked for it, agrees to the total of the claim when told it, and knows nothing
 * else. There is nothing left to say once the claim is submitted.
 */
export function employeeSays(state: ExpensesState, said: string): UserAnswer<ExpensesState> | null {
  const { user, claim } = state;
  if (user === undefined || claim?.submitted === true) return null;
  const isAsked = /项目/.test(said);
  const total = claim === null ? null : totalOf(claim);
  const isTold = total !== null && total > 0 && numbersIn(said).includes(total);
  const says = [
    ...(isAsked ? [`项目编号是 ${user.project}。`] : []),
    ...(isTold ? ["金额没问题，同意提交。"] : []),
  ];
  const known = {
    ...user,
    told: user.told || isAsked,
    agreed: isTold ? total : user.agreed,
  };
  if (says.length > 0) return { state: { ...state, user: known }, says: says.join("") };
  if (user.puzzled >= mostPuzzled) return null;
  const puzzled = { ...user, puzzled: user.puzzled + 1 };
  return { state: { ...state, user: puzzled }, says: "这个我不清楚，请您按制度办。" };
}

const numbersIn = (text: string): readonly number[] =>
  (
    text
      .normalize("NFKC")
      .replaceAll(/(?<=\d),(?=\d{3})/g, "")
      .match(/\d+(?:\.\d+)?/g) ?? []
  ).map(Number);
