import { expect, test } from "vitest";

import { segmentsOf } from "../text/segments/segments.ts";
import { withoutAsides } from "./asides.ts";

const left = (reply: string): string =>
  withoutAsides(segmentsOf(reply), reply)
    .map(({ text }) => text)
    .join("|");

test.each([
  ["12×3=36\n\n【变式】若每盒 5 支呢？\n解：12×5=60", "12×3=36"],
  ["12×3=36\n**练习**：12×4=48\n\n## 结论\n36", "12×3=36|## 结论|36"],
  ["共 18 人。验算：9×2=18。", "共 18 人。"],
  ["一共 45 元\n\n**温馨提示**\n- 满 50 元包邮\n- 7 天可退", "一共 45 元"],
  ["验算：9×2=18\n所以一共 18 人", "验算：9×2=18|所以一共 18 人"],
  ["共 18 人\n验算：9×2=18\n所以一共 18 人", "共 18 人|所以一共 18 人"],
  ["长 8 米\n\n💡 周长是 26 米", "长 8 米"],
  ["长 8 米\n也可以用方程：2x=16", "长 8 米"],
  ["好的。\n注意：一共 12 个", "好的。|注意：一共 12 个"],
])("%j says %j", (reply, said) => {
  expect(left(reply)).toBe(said);
});
