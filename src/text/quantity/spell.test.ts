import { expect, test } from "vitest";

import { discountsAsPercent, discountsInTenths } from "./spell.ts";

test.each([
  ["打八五折", "打百分之八十五", "打八点五折"],
  ["打九折", "打百分之九十", "打九点零折"],
  ["打两折", "打百分之二十", "打二点零折"],
  ["八点五折", "百分之八十五", "八点五折"],
  ["85折", "85%", "8.5折"],
  ["8.5 折", "85%", "8.5折"],
  ["9折", "90%", "9折"],
  ["90折", "90%", "9折"],
  ["10折", "100%", "10折"],
  ["十折", "百分之一百", "十点零折"],
])("%s", (text, percent, tenths) => {
  expect(discountsAsPercent(text)).toBe(percent);
  expect(discountsInTenths(text)).toBe(tenths);
});

test.each([
  "85",
  "85元",
  "第三折",
  "三折叠",
  "三折页",
  "对折",
  "打折",
  "对折3次",
  "185折",
  "二十折",
  "85%折扣",
  "0.5折",
])("%s stays", (text) => {
  expect(discountsAsPercent(text)).toBe(text);
  expect(discountsInTenths(text)).toBe(text);
});
