import { assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";

import type { Circumstances } from "./choose.ts";
import type { FaultScriptInput } from "./script.ts";

import { chooseFault, globMatches } from "./choose.ts";
import { FaultScript } from "./script.ts";

const usual: Circumstances = {
  model: "xiliu",
  item: "s/t/i1",
  wording: null,
  turn: 0,
  attempt: 1,
  request: 1,
  seconds: 0,
};

const choose = (rules: FaultScriptInput["rules"], change: Partial<Circumstances> = {}) =>
  chooseFault(FaultScript.parse({ schema: "faults/1", rules }), { ...usual, ...change })?.fault ??
  null;

const empty = { fault: "empty" } as const;

test.each([
  [{ model: "xi*" }, {}, true],
  [{ model: "baicao" }, {}, false],
  [{ item: "s/t/*" }, {}, true],
  [{ item: "?" }, {}, false],
  [{ turn: 1 }, {}, false],
  [{ attempts: 1 }, {}, true],
  [{ attempts: [2, 3] }, { attempt: 3 }, true],
  [{ attempts: { from: 2 } }, {}, false],
  [{ requests: { to: 10 } }, { request: 11 }, false],
  [{ seconds: { from: 0, to: 60 } }, { seconds: 59.9 }, true],
  [{ seconds: { from: 0, to: 60 } }, { seconds: 61 }, false],
  [{ share: 0 }, {}, false],
])("rule %o at %o applies: %s", (rule, change, applies) => {
  expect(choose([{ ...rule, do: empty }], change)).toBe(applies ? "empty" : null);
});

test("the first rule that applies to the request decides", () => {
  expect(
    choose([{ share: 0, do: { fault: "reset" } }, { do: empty }, { do: { fault: "hang" } }]),
  ).toBe("empty");
});

test("a share is that share of the items, and a list is spread evenly over them", () => {
  const kinds = ["reset", "empty", "truncate", "malformed", "no-done", "login-page"] as const;
  const rules = [{ attempts: 1, share: 0.6, do: kinds.map((fault) => ({ fault })) }];
  const chosen = Array.from({ length: 6000 }, (_, n) => choose(rules, { item: `s/t/i${n}` }));
  const taken = chosen.filter((fault) => fault !== null);
  expect(taken.length / chosen.length).toBeCloseTo(0.6, 1);
  for (const kind of kinds) {
    expect(taken.filter((fault) => fault === kind).length / taken.length).toBeCloseTo(1 / 6, 1);
  }
});

test("the order of requests does not matter, the attempt does", () => {
  const rules = [{ share: 0.5, do: empty }];
  const attempts = Array.from({ length: 40 }, (_, n) => choose(rules, { attempt: n + 1 }));
  const later = attempts.map((_, n) =>
    choose(rules, { attempt: n + 1, request: 999 - n, seconds: n }),
  );
  expect(later).toEqual(attempts);
  expect(new Set(attempts)).toEqual(new Set(["empty", null]));
});

test("globs agree with the equivalent regular expressions", () => {
  const glob = string({ unit: constantFrom("a", "b", "*"), maxLength: 8 });
  const text = string({ unit: constantFrom("a", "b"), maxLength: 10 });
  assert(
    property(glob, text, (pattern, candidate) => {
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(candidate);
      expect(globMatches(pattern, candidate)).toBe(expected);
    }),
  );
});

test.each([
  [{ schema: "faults/1", rules: [{ do: { fault: "explode" } }] }],
  [{ schema: "faults/1", rules: [{ do: { fault: "status", status: 200 } }] }],
  [{ schema: "faults/1", rules: [{ share: 2, do: { fault: "empty" } }] }],
  [{ schema: "faults/1", limits: [{ rpms: 5 }] }],
  [{ schema: "faults/2" }],
])("%o is refused", (script) => {
  expect(FaultScript.safeParse(script).success).toBe(false);
});
