/** A condition on the places of one, two or three values. */
export type Plain = {
  readonly values: readonly number[];
  /** Whether it holds where the values have these places, in their order. */
  readonly holds: (places: readonly number[]) => boolean;
};

/** Two conditions and which of their truths may go together. */
export type Joined = {
  readonly both: readonly [Plain, Plain];
  readonly allows: (first: boolean, second: boolean) => boolean;
};

/** Conditions so many of which hold. */
export type Counted = { readonly several: readonly Plain[]; readonly hold: number };

export type Condition = Plain | Joined | Counted;

type Keep = (value: number, mask: number) => boolean;

/** A condition as tables of bits; places that a value can have are the bits of its domain. */
export type Compiled = {
  readonly values: readonly number[];
  /** Takes away what the condition rules out; false where nothing is left. */
  readonly narrow: (domains: readonly number[], keep: Keep) => boolean;
  /** How often it left nothing, which the search counts. */
  failures: number;
};

const known = new WeakMap<Condition, Compiled>();

/** Compiled once for each condition object. */
export function compiled(condition: Condition, people: number): Compiled {
  const found = known.get(condition);
  if (found !== undefined) return found;
  const made =
    "both" in condition
      ? compiledJoined(condition, people)
      : "several" in condition
        ? compiledCounted(condition, people)
        : compiledPlain(condition, people);
  known.set(condition, made);
  return made;
}

function compiledPlain(condition: Plain, people: number): Compiled {
  const table = tableOf(condition, people);
  const { values } = condition;
  return {
    values,
    narrow: (domains, keep) => keepSupported(domains, values, table, 0, keep),
    failures: 0,
  };
}

function compiledJoined({ both: [p, q], allows }: Joined, people: number): Compiled {
  const [first, second] = [tableOf(p, people), tableOf(q, people)];
  return {
    values: [...p.values, ...q.values],
    failures: 0,
    narrow: (domains, keep) => {
      const [own, other] = [truths(domains, p.values, first), truths(domains, q.values, second)];
      const pairs = own.flatMap((one) =>
        other.flatMap((two) => (allows(one, two) ? [{ one, two }] : [])),
      );
      const [pair] = pairs;
      if (pair === undefined) return false;
      if (own.length > 1 && pairs.every(({ one }) => one === pair.one)) {
        if (!keepSupported(domains, p.values, first, pair.one ? 0 : -1, keep)) return false;
      }
      if (other.length > 1 && pairs.every(({ two }) => two === pair.two)) {
        return keepSupported(domains, q.values, second, pair.two ? 0 : -1, keep);
      }
      return true;
    },
  };
}

function compiledCounted({ several, hold }: Counted, people: number): Compiled {
  const tables = several.map((each) => tableOf(each, people));
  return {
    values: several.flatMap(({ values }) => values),
    failures: 0,
    narrow: (domains, keep) => {
      const own = several.map((each, at) => truths(domains, each.values, tables[at] ?? []));
      const sure = own.filter((each) => each.length === 1 && each[0] === true).length;
      const possible = own.filter((each) => each[0] === true).length;
      if (sure > hold || possible < hold) return false;
      if (sure < hold && possible > hold) return true;
      return several.every(
        ({ values }, at) =>
          own[at]?.length === 1 ||
          keepSupported(domains, values, tables[at] ?? [], possible === hold ? 0 : -1, keep),
      );
    },
  };
}

const perPlace = 8;

/** For the places of all values but the last, in base 8, the places of the last with which it holds. */
function tableOf({ values, holds }: Plain, people: number): readonly number[] {
  const table = Array.from({ length: perPlace ** (values.length - 1) }, () => 0);
  const places = values.map(() => 0);
  const fill = (at: number, index: number): void => {
    for (let place = 0; place < people; place += 1) {
      places[at] = place;
      if (at < values.length - 1) fill(at + 1, index * perPlace + place);
      else if (holds(places)) table[index] = (table[index] ?? 0) | (1 << place);
    }
  };
  fill(0, 0);
  return table;
}

/** Visits each choice of places for all values but the last. */
function forEachFirst(
  domains: readonly number[],
  values: readonly number[],
  visit: (index: number) => void,
): void {
  const extend = (at: number, index: number): void => {
    if (at === values.length - 1) {
      visit(index);
      return;
    }
    for (let left = domains[values[at] ?? 0] ?? 0; left > 0; left &= left - 1)
      extend(at + 1, index * perPlace + (31 - Math.clz32(left & -left)));
  };
  extend(0, 0);
}

function truths(
  domains: readonly number[],
  values: readonly number[],
  table: readonly number[],
): readonly boolean[] {
  const last = domains[values.at(-1) ?? 0] ?? 0;
  let [canHold, canFail] = [false, false];
  forEachFirst(domains, values, (index) => {
    const mask = table[index] ?? 0;
    canHold ||= (last & mask) !== 0;
    canFail ||= (last & ~mask) !== 0;
  });
  return canHold ? (canFail ? [true, false] : [true]) : [false];
}

/** With `flip` 0 what makes it true stays, with -1 what makes it false. */
function keepSupported(
  domains: readonly number[],
  values: readonly number[],
  table: readonly number[],
  flip: 0 | -1,
  keep: Keep,
): boolean {
  const lastAt = values.length - 1;
  const last = domains[values[lastAt] ?? 0] ?? 0;
  const kept = values.map(() => 0);
  forEachFirst(domains, values, (index) => {
    const mask = last & ((table[index] ?? 0) ^ flip);
    if (mask === 0) return;
    kept[lastAt] = (kept[lastAt] ?? 0) | mask;
    for (let at = lastAt - 1, rest = index; at >= 0; at -= 1, rest = Math.floor(rest / perPlace))
      kept[at] = (kept[at] ?? 0) | (1 << (rest % perPlace));
  });
  return values.every((value, at) => keep(value, kept[at] ?? 0));
}
