import { type Asked, groups } from "./asked.ts";

/** The kind of each person, by name, and the truth of each saying, by its title. */
type World = {
  readonly kind: (name: string) => string;
  readonly truth: (title: string) => boolean;
};

/** Tries every way in which each person can be of a kind that the rules name; sayings are read anew as they are weighed. */
export function solveLiars({ question }: Asked): string {
  const lines = question.split("\n");
  const [rules = ""] = lines;
  const [honest = "", lying = ""] = groups(
    /种人：(.+?)(?:只说真话|句句是真话|从不说假话)，(.+?)(?:只说假话|句句是假话|从不说真话)/,
    rules,
  );
  const third = /，([^，。]+)的话可真可假。下面这些人里恰有 (\d) 个/.exec(rules);
  const kinds = [honest, lying, ...(third === null ? [] : [third[1] ?? ""])];
  const sayings = new Map<string, string>();
  for (const line of lines.slice(1, -1)) {
    const [name = ""] = groups(/^(.+?)(?:说|道|告诉大家)：/, line);
    const quoted = [...line.matchAll(/“([^”]+)。”/g)].map(([, said = ""]) => said);
    for (const [at, said] of quoted.entries())
      sayings.set(
        quoted.length === 1 ? `${name}的话` : `${name}的第${at === 0 ? "一" : "二"}句话`,
        said,
      );
  }
  const names = groups(/^按(.+?)的次序/, lines.at(-1) ?? "")[0]?.split("、") ?? [];
  const fitting: string[] = [];
  const total = kinds.length ** names.length;
  for (let code = 0; code < total && fitting.length < 2; code += 1) {
    const digits = names.map((_, at) => Math.floor(code / kinds.length ** at) % kinds.length);
    if (third !== null && digits.filter((digit) => digit === 2).length !== Number(third[2]))
      continue;
    const kind = (name: string): string => kinds[digits[names.indexOf(name)] ?? 0] ?? "";
    const known = new Map<string, boolean>();
    const truth = (title: string): boolean => {
      const before = known.get(title);
      if (before !== undefined) return before;
      const now = isSo(sayings.get(title) ?? "", { kind, truth }, names);
      known.set(title, now);
      return now;
    };
    const isFit = [...sayings.keys()].every((title) => {
      const own = kind(title.slice(0, title.lastIndexOf("的")));
      return (own !== honest || truth(title)) && (own !== lying || !truth(title));
    });
    if (isFit) fitting.push(names.map(kind).join("、"));
  }
  if (fitting.length > 1) return "不止一种";
  return fitting[0] ?? "矛盾";
}

function isSo(said: string, world: World, names: readonly string[]): boolean {
  const inner = (part: string): boolean => isSo(part, world, names);
  const pair = /^‘(.+?)’和‘(.+?)’(.+)$/.exec(said);
  if (pair !== null) {
    const count = [pair[1], pair[2]].filter((part = "") => inner(part)).length;
    return pair[3] === "至少有一句对" ? count > 0 : count === 1;
  }
  const either = /^(.+)，或者(.+)，至少有一样不错$/.exec(said);
  if (either !== null) return inner(either[1] ?? "") || inner(either[2] ?? "");
  const given = /^(?:如果(.+)，那么(.+)|要是(.+)，(.+))$/.exec(said);
  if (given !== null)
    return !inner(given[1] ?? given[3] ?? "") || inner(given[2] ?? given[4] ?? "");
  const two = /^(.+话)和(.+话)(要么都真，要么都假|一真一假)$/.exec(said);
  if (two !== null)
    return (world.truth(two[1] ?? "") === world.truth(two[2] ?? "")) === (two[3] !== "一真一假");
  const one = /^(.+话)(是真的|没有说错|是假的|不对)$/.exec(said);
  if (one !== null) return world.truth(one[1] ?? "") === /真|没有/.test(one[2] ?? "");
  const alike = /^(.+)和(.+?)(不?)是(?:同一种人|一路人)$/.exec(said);
  if (alike !== null)
    return (world.kind(alike[1] ?? "") === world.kind(alike[2] ?? "")) === (alike[3] === "");
  const parity = /^我们当中(.+)的人数是(.)数$/.exec(said);
  const tally = (kind: string): number => names.filter((name) => world.kind(name) === kind).length;
  if (parity !== null) return tally(parity[1] ?? "") % 2 === (parity[2] === "单" ? 1 : 0);
  const counted =
    /^我们当中(恰有|至少有|至多有) (\d) 个(.+)$/.exec(said) ??
    /^我们这些人里，()(.+?)(恰有|至少有|至多有) (\d) 个$/.exec(said);
  if (counted !== null) {
    const [bound, number, kind] =
      counted[1] === ""
        ? [counted[3], Number(counted[4]), counted[2]]
        : [counted[1], Number(counted[2]), counted[3]];
    const found = tally(kind ?? "");
    return bound === "恰有"
      ? found === number
      : bound === "至少有"
        ? found >= number
        : found <= number;
  }
  const [name = "", no = "", kind = ""] = groups(/^(..)(不?)是(.+)$/, said);
  return (world.kind(name) === kind) === (no === "");
}
