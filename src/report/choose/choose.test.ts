import { describe, expect, test } from "vitest";

import { Scorecard } from "../../domain/choosing/scorecard.ts";
import { chooseBy } from "./choose.ts";
import { weightAt } from "./sensitivity.ts";
import { choiceConclusion, nearestSwitch } from "./shown/conclusion.ts";
import { findingLines, choiceNotes } from "./shown/notes.ts";
import { criteriaTable } from "./shown/tables.ts";
import { five, fiveTargetLines, isRight, itemCount, sourceOf } from "./testing/five-targets.ts";

const effect = { use: "effect", weight: 80, points: { worst: 50, best: 100 } };
const cost = { use: "month_cost", weight: 20, points: "lowest-price" };
const card = (criteria: readonly object[] = [effect, cost], more: object = {}): Scorecard =>
  Scorecard.parse({ schema: "scorecard/1", groups: [{ name: "全部", criteria }], ...more });

const lines = fiveTargetLines();
const read = sourceOf(lines);
const choose = (own: Scorecard, { source, candidates } = read) => chooseBy(own, source, candidates);
const found = (choice: ReturnType<typeof choose>, ref: string) =>
  choice.targets.find((each) => each.ref === ref);

describe("five targets, by hand", () => {
  const choice = choose(card());

  test("the red line is out, though it is best and cheapest, and sets no lowest price", () => {
    expect(found(choice, "e/rash")).toMatchObject({ state: "out", rank: null, total: null });
    expect(findingLines(choice, "zh")).toEqual(["e/rash：触及红线 1 次（s）"]);
    expect(choice.rows[1]?.lowest).toBe(100);
  });

  // effect: (90 - 50) / 50 = 0.8, 0.7, 0.4, 0.6; price: 100 / 1,000 = 0.1, 0.3125, 1, 0.25.
  test.each([
    ["a/strong", 0.8 * 0.8 + 0.2 * 0.1, 1],
    ["b/solid", 0.8 * 0.7 + 0.2 * 0.3125, 2],
    ["d/middle", 0.8 * 0.6 + 0.2 * 0.25, 3],
    ["c/cheap", 0.8 * 0.4 + 0.2 * 1, 4],
  ])("%s has %d and place %d", (ref, total, rank) => {
    expect(found(choice, ref)?.total).toBeCloseTo(total, 12);
    expect(found(choice, ref)?.rank).toBe(rank);
  });

  // a and c meet where 0.8 w + 0.1 (1 - w) = 0.4 w + (1 - w), at w = 0.9 / 1.3; a and b at 0.68, which is further.
  test("the cheapest wins only below an effect weight of 9/13, which in the card is 45 beside 20", () => {
    const nearest = nearestSwitch(choice);
    expect(nearest?.found.share).toBeCloseTo(9 / 13, 12);
    expect(weightAt(nearest?.found.share ?? 0, 0.8, choice.whole)).toBeCloseTo(45, 9);
    expect(choice.targets[nearest?.found.winner ?? -1]?.ref).toBe("c/cheap");
    const at = (weight: number) => choose(card([{ ...effect, weight }, cost])).targets[0]?.ref;
    expect([at(45.01), at(44.99)]).toEqual(["a/strong", "c/cheap"]);
    expect(choiceConclusion(choice, "zh")).toContain(
      "“效果”的权重从 80% 降到 69.23% 以下，就改选 c/cheap",
    );
  });

  test("how often each is first agrees with another bootstrap: whole items drawn from their patterns, with another generator", () => {
    const ranked = [0, 1, 2, 3];
    const price = [0.1, 0.3125, 1, 0.25];
    let state = 12_345;
    const uniform = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const firsts = ranked.map(() => 0);
    const worlds = 6_000;
    for (let world = 0; world < worlds; world++) {
      const right = ranked.map(() => 0);
      for (let draw = 0; draw < itemCount; draw++) {
        const item = Math.floor(uniform() * itemCount);
        for (const at of ranked) if (isRight(at, item)) right[at] = (right[at] ?? 0) + 1;
      }
      const totals = ranked.map(
        (at) =>
          0.8 * Math.min(1, Math.max(0, ((right[at] ?? 0) / itemCount - 0.5) / 0.5)) +
          0.2 * (price[at] ?? 0),
      );
      const best = Math.max(...totals);
      const leaders = ranked.filter((at) => (totals[at] ?? 0) > best - 1e-9);
      for (const at of leaders) firsts[at] = (firsts[at] ?? 0) + 1 / leaders.length / worlds;
    }
    for (const at of ranked) {
      const first = found(choice, five[at]?.ref ?? "")?.simulation?.first ?? -1;
      expect(Math.abs(first - (firsts[at] ?? 0))).toBeLessThan(0.04);
    }
    expect(firsts[0]).toBeGreaterThan(0.6);
    expect(choiceConclusion(choice, "zh")).toContain("还分不出高下");
  });
});

describe("what is missing is said", () => {
  const noPrice = sourceOf(lines, { "b/solid": null });
  const speed = { use: "speed", weight: 10, points: { worst: 1, best: 100 } };
  const midpoint = { use: "midpoint", weight: 100, points: { worst: 1, best: 10 } };

  test("unranked: no rank, and what it could reach", () => {
    const choice = choose(card(), noPrice);
    expect(found(choice, "b/solid")).toMatchObject({
      state: "incomplete",
      total: null,
      bounds: { low: expect.closeTo(0.56, 12), high: expect.closeTo(0.76, 12) },
    });
    expect(findingLines(choice, "zh")[0]).toMatch(
      /b\/solid：缺测 每月费用（价格未知，用 --prices 给出[^）]*）.*补测后可能居首/u,
    );
  });

  test("zero: no points there, and a note", () => {
    const choice = choose(card([effect, cost], { missing: "zero" }), noPrice);
    expect(found(choice, "b/solid")).toMatchObject({
      state: "ranked",
      total: expect.closeTo(0.56, 12),
    });
    expect(choiceNotes(choice, "zh").join("\n")).toContain(
      "b/solid 没有测，按计分卡的 missing: zero 记 0 分",
    );
  });

  test("leave-out: the criterion counts for nobody, its weight goes to the others", () => {
    const choice = choose(card([effect, { ...cost, missing: "leave-out" }]), noPrice);
    expect(choice.rows.map(({ share, dropped }) => [share, dropped])).toEqual([
      [1, null],
      [0, "left-out"],
    ]);
    expect(found(choice, "a/strong")?.total).toBeCloseTo(0.8, 12);
  });

  test("a criterion that nobody measured is left out for all; where there is no other, nobody is ranked", () => {
    const choice = choose(card([effect, cost, midpoint]));
    expect(choice.rows[2]).toMatchObject({ dropped: "nobody", share: 0 });
    expect(found(choice, "a/strong")?.total).toBeCloseTo(0.66, 12);
    const none = choose(card([midpoint]));
    expect(none.targets.every(({ state }) => state !== "ranked")).toBe(true);
    expect(choiceConclusion(none, "en")).toContain("No target can be ranked");
    expect(choose(card([speed])).rows[0]?.dropped).toBeNull();
  });
});

describe("vetoes", () => {
  const vetoed = (vetoes: object, more: object = {}, own = read) =>
    findingLines(choose(card([effect, cost], { vetoes, ...more }), own), "zh");

  test("the lower bound of the effect, not the effect", () => {
    // 140 of 200 right: Wilson's lower bound is 63.3.
    expect(vetoed({ limits: [{ use: "effect", at_least: 65 }] })).toContain(
      "c/cheap：效果的 95% 下限 63.3，要求至少 65.0",
    );
    expect(vetoed({ limits: [{ use: "effect", at_least: 65, by: "value" }] })).toHaveLength(1);
  });

  test("unknown price, egress, licence and filing; what the user entered is marked", () => {
    expect(vetoed({ price: true }, {}, sourceOf(lines, { "b/solid": null }))).toContain(
      "b/solid：价格未知，用 --prices 给出，reprice --sample 有样例",
    );
    const facts = [
      {
        target: "a/*",
        egress: "境外",
        filing: "京-1",
        license: "商用",
        source: "函",
        read: "2026-11-01",
      },
    ];
    const said = vetoed({ egress: ["境内"], filing: true, license: ["商用"] }, { facts });
    expect(said).toContain("a/strong：数据会到境外（用户填写，未核实），只允许境内");
    expect(said).toContain("b/solid：许可未填写；备案号未填写，程序里也没有有日期的来源");
    const notes = choiceNotes(
      choose(card([effect], { facts: [{ ...facts[0], target: "a/strung" }] })),
      "zh",
    );
    expect(notes.join("\n")).toMatch(
      /计分卡里写了 "a\/strung"，这些运行里没有这个目标；是否应为 "a\/strong"/u,
    );
  });
});

test("a target that is pending has no points by the lowest price, and a note says why", () => {
  const filed = { target: "b/solid", filing: "京-1", source: "函", read: "2026-11-01" };
  const choice = choose(card([effect, cost], { vetoes: { filing: true }, facts: [filed] }));
  const { columns, rows } = criteriaTable(choice, "zh");
  const at = (ref: string): number => columns.findIndex(({ title }) => title.startsWith(ref));
  const priced = rows.find(([name]) => name === "每月费用") ?? [];
  expect(priced[at("b/solid")]).toMatch(/ → 100\.0$/);
  expect(priced[at("a/strong")]).toMatch(/ → —$/);
  const scored = rows.find(([name]) => name?.includes("效果")) ?? [];
  expect(scored[at("a/strong")]).toMatch(/ → 80\.0$/);
  expect(choiceNotes(choice, "zh").join("\n")).toContain(
    "低价优先的得分要看排上名次的目标里谁最低",
  );
});

describe("odd cards", () => {
  test("equal targets tie and share the first place by halves", () => {
    const stated = (values: object) => ({
      use: "stated",
      name: "商务",
      weight: 1,
      points: { worst: 0, best: 10 },
      values,
    });
    const choice = choose(
      card([stated({ "a/strong": 0.1 + 0.2, "b/solid": 0.3, "c/cheap": 0, "d/middle": 0 })]),
    );
    expect(
      choice.targets.slice(0, 2).map(({ rank, simulation }) => [rank, simulation?.first]),
    ).toEqual([
      [1, 0.5],
      [1, 0.5],
    ]);
    expect(choice.ranges[0]?.range.alone).toBe(true);
    expect(choiceConclusion(choice, "zh")).toContain("a/strong、b/solid 并列第一");
  });

  test("one target alone is not compared", () => {
    const { source, candidates } = read;
    const choice = chooseBy(
      card(),
      source,
      candidates.filter(({ ref }) => ref === "a/strong"),
    );
    expect(choiceConclusion(choice, "zh")).toContain("能排名的只有 a/strong");
    expect(choice.ranges).toEqual([]);
  });

  test("a part that is not there is refused with the nearest", () => {
    expect(() => choose(card([{ ...effect, of: "中文特征" }]))).toThrow(/suite or dimension/u);
  });
});
