import type { FormulaClaim } from "./claims.ts";

import { squeezed } from "./asked.ts";

/** The quantities as which a formula is told, by the words before it or by its sign: 半径 and r= both. */
export function quantitiesTold({ before, chain }: FormulaClaim): readonly RegExp[] {
  const words = /[^,。;$]{0,14}$/.exec(before)?.[0] ?? "";
  const text = squeezed(chain);
  return quantities.flatMap(([name, sign]) =>
    name.test(words) || (sign !== null && sign.test(text)) ? [name] : [],
  );
}

/** It is called another thing than the asked one: 2 is the y-intercept, 2 是纵截距 where a slope is asked. */
export function isCalledOther({ after }: FormulaClaim, question: string): boolean {
  const words = /^[$\s]*(?:is|are|[是为])\s?(?:the\s)?([^,.。;$]{1,14})/i.exec(after)?.[1] ?? "";
  return (
    words !== "" &&
    question !== "" &&
    quantities.some(([name]) => name.test(words)) &&
    !quantities.some(([name]) => name.test(words) && name.test(question))
  );
}

/** What one may tell of a thing, with the sign for it. */
const quantities: readonly (readonly [name: RegExp, sign: RegExp | null])[] = [
  [/模|绝对值/, /^\|[a-z](?:_\w)?\|=/],
  [/共轭/, /^\\(?:bar|overline)/],
  [/值域/, null],
  [/定义域/, null],
  [/周长/, /^[CL]=/],
  [/面积/, /^S=/],
  [/体积/, /^V=/],
  [/交点|零点/, null],
  [/对称轴/, null],
  [/顶点/, null],
  [/截距|intercept/i, null],
  [/极大/, null],
  [/极小/, null],
  [/递增/, null],
  [/递减/, null],
  [/最大值/, null],
  [/最小值/, null],
  [/二阶导/, /^[fy]''|^f\^\{?\\prime\\prime/],
  [/前n项和|S_n/, /^S_/],
  [/公差/, /^d=/],
  [/公比/, /^q=/],
  [/∪|\\cup|并集/, /^[A-Z](?:∪|\\cup)[A-Z]=/],
  [/∩|\\cap|交集/, /^[A-Z](?:∩|\\cap)[A-Z]=/],
  [/补集|∁|complement/, /^∁|^\\complement/],
  [/圆心/, null],
  [/半径/, /^[rR]=/],
  [/焦点/, null],
  [/离心率/, /^e=/],
  [/渐近线/, null],
  [/准线/, null],
  [/期望|均值/, /^E/],
  [/方差/, /^D/],
  [/斜率|slope/i, /^[km]=/],
  [/倾斜角/, null],
  [/判别式/, /^(?:Δ|\\Delta)/],
  [/正切|tan/, /^\\?tan/],
  [/正弦|sin/, /^\\?sin/],
  [/余弦|cos/, /^\\?cos/],
];
