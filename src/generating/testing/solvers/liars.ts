import { type Asked, groups } from "./asked.ts";

/** Null where it is not settled yet. */
type Truth = boolean | null;

/** The kind of each person, by name, and the truth of each saying, by its title. */
type World = {
  readonly kind: (name: string) => string | null;
  readonly truth: (title: string) => Truth;
};

/**
 * Gives one person after another a kind that the rules name, and goes no further where a saying is already against it.
 */
export function solveLiars({ question }: Asked): string {
  const lines = question.split("\n");
  const [rules = ""] = lines;
  const [honest = "", lying = ""] = groups(
    /种人：(.+?)(?:只说真话|句句是真话|从不说假话)，(.+?)(?:只说假话|句句是假话|从不说真话)/,
    rules,
  );
  const third = /，([^，。]+)的话可真可假。下面这些人里恰有 (\d) 个/.exec(rules);
  const [either = "", count = 0] = third === null ? [] : [third[1] ?? "", Number(third[2])];
  const kinds = third === null ? [honest, lying] : [honest, lying, either];
  const names = groups(/^按(.+?)的次序/, lines.at(-1) ?? "")[0]?.split("、") ?? [];
  const sayings = new Map<string, Sense>();
  for (const line of lines.slice(1, -1)) {
    const [name = ""] = groups(/^(.+?)(?:说|道|告诉大家)：/, line);
    const quoted = [...line.matchAll(/“([^”]+)。”/g)].map(([, said = ""]) => said);
    for (const [at, said] of quoted.entries())
      sayings.set(
        quoted.length === 1 ? `${name}的话` : `${name}的第${at === 0 ? "一" : "二"}句话`,
        senseOf(said, names),
      );
  }
  const fitting: string[] = [];
  const given = new Map<string, string>();
  const isOpen = (): boolean => {
    const known = new Map<string, Truth>();
    const kind = (name: string): string | null => given.get(name) ?? null;
    const speaker = (title: string): string | null => kind(title.slice(0, title.lastIndexOf("的")));
    const content = (title: string): Truth => {
      const before = known.get(title);
      if (before !== undefined) return before;
      const now = sayings.get(title)?.({ kind, truth }) ?? null;
      known.set(title, now);
      return now;
    };
    const truth = (title: string): Truth => {
      const own = speaker(title);
      return own === honest ? true : own === lying ? false : content(title);
    };
    return [...sayings.keys()].every((title) => {
      const own = speaker(title);
      return (
        (own !== honest || content(title) !== false) && (own !== lying || content(title) !== true)
      );
    });
  };
  const extend = (at: number): void => {
    const name = names[at];
    if (name === undefined) {
      fitting.push(names.map((each) => given.get(each) ?? "").join("、"));
      return;
    }
    for (const kind of kinds) {
      if (fitting.length > 1) return;
      given.set(name, kind);
      const many = [...given.values()].filter((each) => each === either).length;
      const left = names.length - at - 1;
      const canBe = third === null || (many <= count && many + left >= count);
      if (canBe && isOpen()) extend(at + 1);
      given.delete(name);
    }
  };
  extend(0);
  if (fitting.length > 1) return "不止一种";
  return fitting[0] ?? "矛盾";
}

/** Settled where one side settles it, whatever the other is. */
const or = (a: Truth, b: Truth): Truth =>
  a === true || b === true ? true : a === null || b === null ? null : false;
const same = <Value>(a: Value | null, b: Value | null): Truth =>
  a === null || b === null ? null : a === b;
const not = (a: Truth): Truth => (a === null ? null : !a);
const flippedIf = (isFlipped: boolean, a: Truth): Truth => (isFlipped ? not(a) : a);

/** Of truths some of which are open: whether so many are true. */
function isCount(truths: readonly Truth[], bound: string, number: number): Truth {
  const low = truths.filter((each) => each === true).length;
  return isBetween([low, low + truths.filter((each) => each === null).length], bound, number);
}

function isBetween([low, high]: readonly [number, number], bound: string, number: number): Truth {
  const isAtLeast = low >= number ? true : high < number ? false : null;
  const isAtMost = high <= number ? true : low > number ? false : null;
  if (bound === "至少有") return isAtLeast;
  if (bound === "至多有") return isAtMost;
  return not(or(not(isAtLeast), not(isAtMost)));
}

/** What a saying comes to in a world, read once. */
type Sense = (world: World) => Truth;

function senseOf(said: string, names: readonly string[]): Sense {
  const inner = (part = ""): Sense => senseOf(part, names);
  const three = /^‘(.+?)’‘(.+?)’‘(.+?)’(?:这三句里恰有|，三句当中不多不少) (\d) 句/.exec(said);
  if (three !== null) {
    const parts = three.slice(1, 4).map((part) => inner(part));
    const number = Number(three[4]);
    return (world) =>
      isCount(
        parts.map((part) => part(world)),
        "恰有",
        number,
      );
  }
  const some = /^(.+)，这几句里(恰有|至少有|至多有) (\d) 句是真话$/.exec(said);
  if (some !== null) {
    const [, titles = "", bound = "", number] = some;
    return ({ truth }) =>
      isCount(
        titles.split("、").map((title) => truth(title)),
        bound,
        Number(number),
      );
  }
  const pair = /^‘(.+?)’和‘(.+?)’(.+)$/.exec(said);
  if (pair !== null) {
    const [one, other] = [inner(pair[1]), inner(pair[2])];
    return pair[3] === "至少有一句对"
      ? (world) => or(one(world), other(world))
      : (world) => not(same(one(world), other(world)));
  }
  const either = /^(.+)，或者(.+)，至少有一样没说错$/.exec(said);
  if (either !== null) {
    const [one, other] = [inner(either[1]), inner(either[2])];
    return (world) => or(one(world), other(world));
  }
  const given = /^(?:如果(.+)，那么(.+)|要是(.+)，那(.+))$/.exec(said);
  if (given !== null) {
    const [reason, then] = [inner(given[1] ?? given[3]), inner(given[2] ?? given[4])];
    return (world) => or(not(reason(world)), then(world));
  }
  const two = /^(.+话)和(.+话)(要么都真，要么都假|一真一假)$/.exec(said);
  if (two !== null) {
    const [, one = "", other = "", how] = two;
    return ({ truth }) => flippedIf(how === "一真一假", same(truth(one), truth(other)));
  }
  const one = /^(.+话)(是真的|没有说错|是假的|不对)$/.exec(said);
  if (one !== null) {
    const [, title = "", how = ""] = one;
    const isDenied = !/真|没有/.test(how);
    return ({ truth }) => flippedIf(isDenied, truth(title));
  }
  const alike = /^(.+)和(.+?)(不?)是(?:同一种人|一路人)$/.exec(said);
  if (alike !== null) {
    const [, first = "", second = "", no] = alike;
    return ({ kind }) => flippedIf(no !== "", same(kind(first), kind(second)));
  }
  const numberOf = (of: string, { kind }: World): readonly [number, number] => {
    const all = names.map((name) => kind(name));
    const sure = all.filter((each) => each === of).length;
    return [sure, sure + all.filter((each) => each === null).length];
  };
  const parity = /^我们当中(.+)的人数是(.)数$/.exec(said);
  if (parity !== null) {
    const [, kind = "", odd] = parity;
    return (world) => {
      const [least, most] = numberOf(kind, world);
      return least < most ? null : least % 2 === (odd === "单" ? 1 : 0);
    };
  }
  const counted =
    /^我们当中(恰有|至少有|至多有) (\d+) 个(.+)$/.exec(said) ??
    /^我们这些人里，()(.+?)(恰有|至少有|至多有) (\d+) 个$/.exec(said);
  if (counted !== null) {
    const [bound = "", number, kind = ""] =
      counted[1] === ""
        ? [counted[3], Number(counted[4]), counted[2]]
        : [counted[1], Number(counted[2]), counted[3]];
    return (world) => isBetween(numberOf(kind, world), bound, number);
  }
  const [name = "", no = "", is = ""] = groups(/^(..)(不?)是(.+)$/, said);
  return ({ kind }) => flippedIf(no !== "", same(kind(name), is));
}
