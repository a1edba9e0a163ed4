import type { Draw } from "../draw.ts";
import type { Made } from "../generator.ts";

import { drawLeast, mostTimes, type Stride, sumsOfWalks } from "../walks.ts";
import {
  type ContractState,
  edgesOf,
  firstDay,
  lastDay,
  type Lease,
  stateOn,
} from "./contracts.ts";
import { dateText } from "./dates.ts";

const lengths = [5, 6, 7] as const;

/** Days that are looked at, and bounds of rents for each, before the register is given up. */
const [days, bounds] = [12, 24];

/** In a bundle of fewer contracts everything would be seen at a glance; more would be a long register for its own sake. */
const [fewest, mostValid] = [16, 28];

/**
 * In how many ways an audit can take up some of the contracts of the stores one after another, each with the handler of the one
 * before, or in its store and of about its rent: `orders` of them or up to twice as many, before rents are added up. Null where
 * the contracts do not lend themselves to it.
 */
export function auditQuestion(
  draw: Draw,
  contracts: readonly Lease[],
  stores: readonly string[],
  orders: number,
): Pick<Made, "question" | "answer" | "grader"> | null {
  for (let tried = 0; tried < days; tried += 1) {
    const day = draw.int(firstDay + 300, lastDay - 200);
    const valid = contracts.flatMap((contract) => {
      const state = stateOn(contract, day);
      return state.isInForce && stores.includes(state.store) ? [state] : [];
    });
    const isEdge = contracts.some((contract) => edgesOf(contract).includes(day));
    if (isEdge || valid.length < fewest || valid.length > mostValid) continue;
    const down = draw.int(2, 8) * 100;
    let open: readonly number[] = draw.shuffle(lengths);
    for (let bound = 1; bound <= bounds && open.length > 0; bound += 1) {
      const up = down + bound * 200;
      const starts = valid.map(({ rent }) => rent);
      const found = open.map((length) => ({
        length,
        sums: sumsOfWalks({ starts, steps: stepsOf(valid, up, down), length }, orders * mostTimes),
      }));
      // Orders only become more, so a length that has too many is done with.
      open = found.flatMap(({ length, sums }) => (sums === null ? [] : [length]));
      for (const { length, sums } of found) {
        if (sums === null || sums.length < orders) continue;
        const { least, reaching } = drawLeast(draw, sums);
        // The answer stands nowhere in the question.
        if ([least, up, down].includes(reaching)) continue;
        return {
          question: questionOf(draw, { day, stores, length, up, down, least }),
          answer: reaching,
          grader: { use: "numeric" },
        };
      }
    }
  }
  return null;
}

const stepsOf = (
  valid: readonly ContractState[],
  up: number,
  down: number,
): readonly (readonly Stride[])[] =>
  valid.map(({ store, handler, rent }) =>
    valid.flatMap((other, to) => {
      const more = other.rent - rent;
      const isNear = other.store === store && more <= up && -more <= down;
      // A step from a contract to itself is never taken.
      return isNear || other.handler === handler ? [{ to, adds: other.rent }] : [];
    }),
  );

type Audit = {
  readonly day: number;
  readonly stores: readonly string[];
  readonly length: number;
  readonly up: number;
  readonly down: number;
  readonly least: number;
};

function questionOf(draw: Draw, { day, stores, length, up, down, least }: Audit): string {
  return [
    draw
      .pick(heads)
      .replace("{日}", dateText(day))
      .replace("{库}", stores.join("、"))
      .replace("{n}", String(length)),
    draw.pick(rules).replace("{高}", String(up)).replace("{低}", String(down)),
    draw.pick(leasts).replace("{元}", String(least)),
    draw.pick(asks),
  ].join("");
}

const heads = [
  "审计要看 {日}这一天的情形：从当天有效、仓位在{库}的合同里抽 {n} 份，排好先后逐份核对。",
  "以 {日}当天为准，在{库}的有效合同中选 {n} 份，一份接一份地核对。",
  "{日}抽查{库}当天有效的合同，要从中选出 {n} 份，定好核对的次序。",
];

const rules = [
  "从第二份起，每一份要么和前一份是同一个经办人，要么和前一份同库、而月租金最多高 {高} 元、最多低 {低} 元。",
  "相接的两份必须经办人相同，或者在同一个库，且后一份的月租金比前一份至多高 {高} 元、至多低 {低} 元。",
];

const leasts = [
  "经办人、所在的库和月租金（有减租的按减租后）都以当天为准；选出的各份月租金合计不得低于 {元} 元。",
  "所有情况按当天算，减租期内按减租后的租金；各份当天的月租金加起来至少要有 {元} 元。",
];

const asks = [
  "选法一共有多少种？合同或次序有一处不同就算不同。",
  "一共有多少种排法（合同相同、次序不同也算不同的排法）？",
  "问有几种不同的核对次序（选的合同或先后不同都另算一种）。",
];
