import { expect, test } from "vitest";

import { dressed } from "./dress.ts";

test.each([
  ["因此 x=1 或 x=2", "因此 $x=1$ 或 $x=2$"],
  ["所以 A∩B={2,3}", "所以 $A∩B={2,3}$"],
  ["顶点是 (1,-1), 对称轴 x=1", "顶点是 $(1,-1)$, 对称轴 $x=1$"],
  ["Add 7 to both sides: 3x = 18, so x = 6.", "Add $7$ to both sides: $3x = 18$, so $x = 6.$"],
  ["由 $x>1$ 得 a<3", "由 $x>1$ 得 $a<3$"],
  ["√8=2√2(≈2.83)", "$√8=2√2$"],
  ["原方程无解", "原方程$∅$"],
  ["没有公式的一句话", "没有公式的一句话"],
])("%j is %j", (text, marked) => {
  expect(dressed(text)).toBe(marked);
});
