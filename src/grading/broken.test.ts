import { expect, test } from "vitest";

import { breaksOff } from "./broken.ts";

test.each([
  "3x=21，解得",
  "再除以 2，就得到",
  "所以这个数是",
  "8×3=",
  "12×0.5=6，6×0.5=12×0.",
  "因此对称轴为直线",
  "1. 画图；\n2.",
])("%j breaks off", (text) => {
  expect(breaksOff(text)).toBe(true);
});

test.each([
  "3x=21，x=7",
  "所以是三个",
  "当 x=2 时取得",
  "n∈N+",
  "因此无解",
  "7.",
  "The answer is 4.",
])("%j does not", (text) => {
  expect(breaksOff(text)).toBe(false);
});
