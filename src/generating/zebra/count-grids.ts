import { type Compiled, compiled, type Condition } from "./support.ts";

/**
 * How many grids fit, at most `limit`: every trait gives each of `people` places to one of its values. A value is its trait
 * times the number of people, plus its own number. Backtracking over the value with the fewest places left, after what the
 * conditions rule out.
 */
export function countGrids(
  people: number,
  traits: number,
  conditions: readonly Condition[],
  limit: number,
): number {
  const all = conditions.map((condition) => compiled(condition, people));
  const watching = Array.from({ length: people * traits }, (_, value) =>
    all.filter(({ values }) => values.includes(value)),
  );
  const search = (domains: number[], pending: Set<Compiled>, changed: Set<number>): number => {
    if (!narrow(domains, people, watching, pending, changed)) return 0;
    const open = smallestOpen(domains);
    if (open === null) return 1;
    let found = 0;
    const domain = domains[open] ?? 0;
    for (let left = domain; left > 0; left &= left - 1) {
      const next = [...domains];
      next[open] = left & -left;
      found += search(next, new Set(watching[open]), new Set([Math.floor(open / people)]));
      if (found >= limit) return limit;
    }
    return found;
  };
  const full = (1 << people) - 1;
  return search(
    Array.from({ length: people * traits }, () => full),
    new Set(all),
    new Set(),
  );
}

function smallestOpen(domains: readonly number[]): number | null {
  let [best, least] = [-1, 99];
  for (const [value, domain] of domains.entries()) {
    const size = sizeOf(domain);
    if (size > 1 && size < least) [best, least] = [value, size];
  }
  return best < 0 ? null : best;
}

function sizeOf(domain: number): number {
  let size = 0;
  for (let left = domain; left > 0; left &= left - 1) size += 1;
  return size;
}

/** Narrows the domains as long as something changes; false where one is left empty. */
function narrow(
  domains: number[],
  people: number,
  watching: readonly (readonly Compiled[])[],
  pending: Set<Compiled>,
  changed: Set<number>,
): boolean {
  const keep = (value: number, mask: number): boolean => {
    const before = domains[value] ?? 0;
    const after = before & mask;
    if (after === before) return true;
    domains[value] = after;
    changed.add(Math.floor(value / people));
    for (const each of watching[value] ?? []) pending.add(each);
    return after !== 0;
  };
  while (pending.size > 0 || changed.size > 0) {
    for (const trait of changed) {
      changed.delete(trait);
      if (!allDiffer(domains, trait * people, people, keep)) return false;
    }
    for (const condition of pending) {
      pending.delete(condition);
      if (!condition.narrow(domains, keep)) return false;
      if (changed.size > 0) break;
    }
  }
  return true;
}

/** A value that has one place takes it from the others, and a place that one value alone can have is its own. */
function allDiffer(
  domains: readonly number[],
  from: number,
  people: number,
  keep: (value: number, mask: number) => boolean,
): boolean {
  let [once, often] = [0, 0];
  for (let value = from; value < from + people; value += 1) {
    const domain = domains[value] ?? 0;
    if ((domain & (domain - 1)) === 0) {
      for (let other = from; other < from + people; other += 1)
        if (other !== value && !keep(other, ~domain)) return false;
    }
    often |= once & domain;
    once |= domain;
  }
  if (once !== (1 << people) - 1) return false;
  const single = once & ~often;
  for (let value = from; value < from + people; value += 1) {
    const own = (domains[value] ?? 0) & single;
    if (own !== 0 && !keep(value, own)) return false;
  }
  return true;
}
