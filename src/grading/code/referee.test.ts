import { expect, test } from "vitest";

import type { WireValue } from "./box/messages.ts";

import { javascriptReferee, planJavaScript } from "./javascript-referee.ts";
import { pythonReferee } from "./python-referee.ts";

/** Assert, what the program is asked for, what is left to decide; or the kind of problem. */
const pythonPlans: readonly (readonly [string, readonly string[] | string, string?])[] = [
  ["f(1) == 2", ["f(1)"], "_values[0] == 2"],
  ["assert f(1) == 2", ["f(1)"], "_values[0] == 2"],
  ["sorted(f(1)) == [1]", ["f(1)"], "sorted(_values[0]) == [1]"],
  ["abs(f(1)[0] - f(2)) < 1e-9", ["f(1)[0]", "f(2)"], "abs(_values[0] - _values[1]) < 1e-09"],
  ["f(x=[i for i in range(3)]) is None", ["f(x=[i for i in range(3)])"], "_values[0] is None"],
  ["Stack().push(1).top == 1", ["Stack().push(1).top"], "_values[0] == 1"],
  ["','.join(f(3)) == 'a,b'", ["f(3)"], "','.join(_values[0]) == 'a,b'"],
  ["f(math.pi) == math.pi", ["f(math.pi)"], "_values[0] == math.pi"],
  ["all(x > 0 for x in f(3))", ["f(3)"], "all((x > 0 for x in _values[0]))"],
  ["f(1) == 1 and not g(2)", ["f(1)", "g(2)"], "_values[0] == 1 and (not _values[1])"],
  ["all(f(i) == i for i in range(3))", "dependent"],
  ["(lambda x: f(x))(1) == 1", "dependent"],
  ["1 + 1 == 2", "no call"],
  ["f(1) = 2", "syntax"],
];

test("a Python assert is taken apart", async () => {
  const plans = await pythonReferee.plan(pythonPlans.map(([assert]) => ({ assert })));
  for (const [index, [assert, chains, rest]] of pythonPlans.entries()) {
    const plan = plans[index];
    if (typeof chains === "string")
      expect(plan, assert).toMatchObject({ problem: { kind: chains } });
    else expect(plan, assert).toMatchObject({ chains, rest });
  }
});

test("values are compared as Python compares them", async () => {
  const rows: readonly (readonly [rest: string, value: WireValue, holds: boolean])[] = [
    ["_values[0] == 1", ["i", "0x1"], true],
    ["_values[0] == 1", ["f", "1"], true],
    ["_values[0] == 1", ["b", true], true],
    ["_values[0] == 1", ["s", "1"], false],
    [
      "_values[0] == [1, 2]",
      [
        "t",
        [
          ["i", "0x1"],
          ["i", "0x2"],
        ],
      ],
      false,
    ],
    [
      "_values[0] == (1, 2)",
      [
        "t",
        [
          ["i", "0x1"],
          ["i", "0x2"],
        ],
      ],
      true,
    ],
    ["_values[0] == {'a': None}", ["d", [["t", [["s", "a"], ["n"]]]]], true],
    [
      "_values[0] == {1, 2}",
      [
        "S",
        [
          ["i", "0x2"],
          ["i", "0x1"],
        ],
      ],
      true,
    ],
    ["_values[0] == -2 ** 70", ["i", "-0x400000000000000000"], true],
    ["math.isnan(_values[0])", ["f", "NaN"], true],
    ["list(_values[0]) == [1]", ["it", [["i", "0x1"]]], true],
    ["_values[0] == date(2024, 2, 29)", ["r", "datetime.date(2024, 2, 29)"], true],
    ["_values[0] == Decimal('0.30')", ["r", "Decimal('0.30')"], true],
    ["_values[0] == 1", ["object", "Any"], false],
    ["_values[0] is not None", ["object", "Any"], true],
    // Nothing but the spelling of a value is evaluated.
    ["_values[0] == 1", ["r", "__import__('os').getpid()"], false],
    ["_values[0] == 1", ["r", "datetime.date.__class__"], false],
    ["_values[0] == 1", ["unknown", "x"], false],
  ];
  const judged = await pythonReferee.judge(
    rows.map(([rest, value]) => ({ rest, values: [value] })),
  );
  expect(judged.map(({ holds }) => holds)).toEqual(rows.map(([, , holds]) => holds));
});

test.each<[string, readonly string[] | string, string?]>([
  ["f(1) === 2", ["f(1)"], "$same((_values[0]), (2))"],
  ["f([3, 1]) == [1, 3]", ["f([3, 1])"], "$same((_values[0]), ([ 1 , 3 ]))"],
  ["f(1) !== null", ["f(1)"], "!$same((_values[0]), (null))"],
  ["f(1).length === 2 && g(2)", ["f(1).length", "g(2)"], "$same((_values[0]), (2)) && _values[1]"],
  ["new Stack().push(1).top === 1", ["new Stack().push(1).top"], "$same((_values[0]), (1))"],
  ["Math.abs(f(1) - 0.5) < 1e-9", ["f(1)"], "Math . abs ( _values[0] - 0.5 ) < 1e-9"],
  [
    "f('a == b') === {a: f, b: 'c'}",
    ["f('a == b')", "f"],
    "$same((_values[0]), ({ a : _values[1] , b : 'c' }))",
  ],
  ["/a+/.test(f(1))", ["f(1)"], "/a+/ . test ( _values[0] )"],
  ["f(x => x + 1) === 2", ["f(x => x + 1)"], "$same((_values[0]), (2))"],
  ["[1, 2].every(x => f(x))", "dependent"],
  ["1 + 1 === 2", "no call"],
  ["f(1 === 2", "syntax"],
  ["f(1) === '未完", "syntax"],
])("a JavaScript assert is taken apart: %s", (assert, chains, rest) => {
  const plan = planJavaScript({ assert });
  if (typeof chains === "string") expect(plan).toMatchObject({ problem: { kind: chains } });
  else expect(plan).toMatchObject({ chains, rest });
});

test("values are compared by their contents in JavaScript", async () => {
  const rows: readonly (readonly [rest: string, value: WireValue, holds: boolean])[] = [
    [
      "$same(_values[0], [1, 2])",
      [
        "l",
        [
          ["f", "1"],
          ["f", "2"],
        ],
      ],
      true,
    ],
    [
      "$same(_values[0], [1, 2])",
      [
        "l",
        [
          ["f", "2"],
          ["f", "1"],
        ],
      ],
      false,
    ],
    [
      "$same(_values[0], {b: 1, a: null})",
      [
        "d",
        [
          ["l", [["s", "a"], ["n"]]],
          [
            "l",
            [
              ["s", "b"],
              ["f", "1"],
            ],
          ],
        ],
      ],
      true,
    ],
    ["$same(_values[0], NaN)", ["f", "NaN"], true],
    ["$same(_values[0], 1)", ["s", "1"], false],
    ["$same(_values[0], 10n)", ["i", "10"], true],
    ["$same(_values[0], new Set([[1]]))", ["S", [["l", [["f", "1"]]]]], true],
    [
      "$same(_values[0], new Map([[1, 2]]))",
      [
        "M",
        [
          [
            "l",
            [
              ["f", "1"],
              ["f", "2"],
            ],
          ],
        ],
      ],
      true,
    ],
    ["$same(_values[0], undefined)", ["u"], true],
    ["$same(_values[0], 1)", ["object", "function"], false],
  ];
  const judged = await javascriptReferee.judge(
    rows.map(([rest, value]) => ({ rest, values: [value] })),
  );
  expect(judged.map(({ holds }) => holds)).toEqual(rows.map(([, , holds]) => holds));
});
