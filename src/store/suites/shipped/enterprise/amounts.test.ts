import { expect, test } from "vitest";

import { type EnterpriseItem, itemsOf } from "./lines.ts";

/*
 * Amounts of contracts and vouchers, computed again from the text: the capital numerals, the rows, the rates. Nothing here
 * is shared with the code that reads numbers out of replies.
 */
const documents = await itemsOf("enterprise-documents");
const ofTask = (task: string): readonly EnterpriseItem[] =>
  documents.filter(({ line }) => line.task === task);
const textOf = ({ passages }: EnterpriseItem): string => passages.join("\n");

function amountOf({ line, turn }: EnterpriseItem, field: string): number | null {
  const value = turn.answer_map?.[field];
  if (value === null || value === undefined) return null;
  if (typeof value !== "number") throw new Error(`${line.item}: ${field} is no number`);
  return value;
}

test("a total that stands in capital numerals is that number", () => {
  const stated = [...ofTask("contract"), ...ofTask("invoice")].flatMap((item) => {
    const capitals = capitalAmounts(textOf(item));
    const total = amountOf(item, "total_yuan");
    return capitals.length === 0 || total === null
      ? []
      : [{ item: item.line.item, capitals, total }];
  });
  expect(stated.length).toBeGreaterThanOrEqual(12);
  for (const { item, capitals, total } of stated)
    expect([item, capitals.some((each) => Math.abs(each - Math.abs(total)) < 0.001)]).toEqual([
      item,
      true,
    ]);
});

test("net and tax add up to the total", () => {
  const split = ofTask("invoice").filter((item) => amountOf(item, "tax_yuan") !== null);
  expect(split.length).toBeGreaterThanOrEqual(5);
  for (const item of split) {
    const sum = (amountOf(item, "net_yuan") ?? 0) + (amountOf(item, "tax_yuan") ?? 0);
    expect([item.line.item, sum]).toEqual([
      item.line.item,
      expect.closeTo(amountOf(item, "total_yuan") ?? 0, 6),
    ]);
  }
});

/** What the rows of a voucher come to: a pattern whose first group is an amount, one for every row that counts. */
const rows: Readonly<Record<string, RegExp>> = {
  v001: /(\d+\.\d\d)　+\d+%　+(\d+\.\d\d)$/gm,
  v003: /(?:× [\d.]+　+|折扣?　+)(－?[\d.]+)$/gm,
  v004: /(－\d+\.\d\d)　+\d+%　+(－\d+\.\d\d)$/gm,
  v005: /　(－?[\d,]+\.\d\d)$/gm,
  v008: /　([\d,]+\.\d\d)　│$/gm,
  v009: /\d\.00[　 ]+([\d,]+\.\d\d)$/gm,
};

test.each(Object.entries(rows))("the rows of %s come to its total", (id, pattern) => {
  const item = ofTask("invoice").find(({ line }) => line.item.endsWith(id));
  if (item === undefined) throw new Error(`no item ${id}`);
  const amounts = textOf(item)
    .split("\n")
    .filter((row) => !/合计|TOTAL|合　　计/.test(row))
    .flatMap((row) => [...row.matchAll(pattern)].flatMap(([, a, b]) => [a, b]))
    .flatMap((text) => (text === undefined ? [] : [numberOf(text)]));
  expect(amounts.length).toBeGreaterThanOrEqual(amountOf(item, "lines") ?? 1);
  expect(amounts.reduce((sum, each) => sum + each, 0)).toBeCloseTo(
    amountOf(item, "total_yuan") ?? 0,
    6,
  );
});

test("the balance of an account is what was owed, plus debits, less credits", () => {
  const account = ofTask("invoice").find(({ line }) => line.item.endsWith("v006"));
  if (account === undefined) throw new Error("no account");
  const text = textOf(account);
  const owed = numberOf(/上期余额　+([\d,.]+)/.exec(text)?.[1] ?? "");
  const [, debit = "", credit = ""] = /本期合计　+([\d,.]+)　+ ?([\d,.]+)/.exec(text) ?? [];
  const rowSum = [...text.matchAll(/^\d　.*?(?:XS|TH)\d+.*?(－?[\d,]+\.\d\d)$/gm)]
    .map(([, each = ""]) => numberOf(each))
    .reduce((sum, each) => sum + each, 0);
  expect(rowSum).toBe(numberOf(debit));
  expect(owed + numberOf(debit) - numberOf(credit)).toBe(amountOf(account, "total_yuan"));
});

test("a daily penalty is the fraction that the contract states", () => {
  const parts: readonly (readonly [RegExp, number])[] = [
    [/千分之([一二三零点五八]+)/g, 10],
    [/万分之([一二三五点]+)/g, 100],
    [/()(0\.03)%/g, 1],
  ];
  const unstated = ofTask("contract").flatMap((item) => {
    const penalty = amountOf(item, "penalty_per_day");
    const stated = parts.flatMap(([pattern, of]) =>
      [...textOf(item).matchAll(pattern)].map(
        ([, spelt = "", plain]) => Number(plain ?? spelled(spelt)) / of,
      ),
    );
    const holds =
      penalty === null
        ? stated.length === 0
        : stated.some((each) => Math.abs(each - penalty) < 1e-9);
    return holds ? [] : [`${item.line.item}: ${penalty ?? "none"} of ${stated.join(", ")}`];
  });
  expect(unstated).toEqual([]);
});

const numberOf = (text: string): number => Number(text.replaceAll(",", "").replace("－", "-"));

/** 一点五 as 1.5. */
const spelled = (text: string): string =>
  Array.from(text, (each) =>
    each === "点" ? "." : String("零一二三四五六七八九".indexOf(each)),
  ).join("");

const capitalDigits = "零壹贰叁肆伍陆柒捌玖";
const steps: Readonly<Record<string, number>> = { 拾: 10, 佰: 100, 仟: 1_000 };

/** Every amount in a text that is written in capital numerals, in 元. */
function capitalAmounts(text: string): readonly number[] {
  const pattern =
    /([零壹贰叁肆伍陆柒捌玖拾佰仟万]+)(?:元|圆)(?:(?:零角零分)|整|([壹贰叁肆伍陆柒捌玖])角整?)?/g;
  return [...text.matchAll(pattern)].map(
    ([, whole = "", tenths]) =>
      capitalInteger(whole) + (tenths === undefined ? 0 : capitalDigits.indexOf(tenths) / 10),
  );
}

function capitalInteger(text: string): number {
  let [total, section, digit] = [0, 0, 0];
  for (const sign of text) {
    const step = steps[sign];
    if (sign === "万") {
      total += (section + digit) * 10_000;
      [section, digit] = [0, 0];
    } else if (step === undefined) digit = capitalDigits.indexOf(sign);
    else {
      section += digit * step;
      digit = 0;
    }
  }
  return total + section + digit;
}
