import type { Outcome } from "../../domain/outcome.ts";
import type { Params } from "../../domain/params.ts";

import { costOf, priceAt } from "../../domain/money.ts";
import { unknownUsage, type Usage } from "../../domain/usage.ts";
import { outcomeOf } from "../../protocols/kit/failure.ts";
import { applyParams, merged, type Sent } from "../../protocols/kit/params.ts";
import { builtinFolder } from "../builtin.ts";
import { openVendors } from "../providers.ts";
import { modelRow, splitRef } from "../targets.ts";

const vendors = openVendors(builtinFolder("providers"), null);

const rowOf = async (ref: string) => {
  const { provider, model } = splitRef(ref);
  return modelRow(await vendors.get(provider), model);
};

export type ErrorCase = [status: number, code: string | null, outcome: Outcome];

/** A case for each of the codes, which a space parts. */
export const cases = (status: number, codes: string, outcome: Outcome): ErrorCase[] =>
  codes.split(" ").map((code) => [status, code, outcome]);

/** What the vendor's file makes of an error. */
export async function outcomeAt(
  ref: string,
  status: number,
  code: string | null,
  message = "",
): Promise<Outcome> {
  const { errors = [] } = await rowOf(ref);
  return outcomeOf(errors, { status, code, message, body: { code, message } });
}

/** What is sent of the params, and what is not. */
export async function sentTo(
  ref: string,
  params: Params,
): Promise<Pick<Sent, "dropped"> & { readonly body: Readonly<Record<string, unknown>> }> {
  const { request = {} } = await rowOf(ref);
  const { values, extra, dropped } = applyParams(params, request);
  return { body: merged(values, extra), dropped };
}

/** The cost in the currency of the list, or null. */
export async function costAt(
  ref: string,
  usage: Partial<Usage>,
  { thinking = false, at = "2026-11-20T04:00:00Z" } = {},
): Promise<number | null> {
  const { price = null } = await rowOf(ref);
  const when = new Date(at);
  const facts = { usage: { ...unknownUsage, ...usage }, thinking, at: when };
  return costOf(priceAt(price, when), facts)?.amount ?? null;
}
