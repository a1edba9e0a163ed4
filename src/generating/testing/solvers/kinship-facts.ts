export type Sex = "m" | "f" | "?";
/** By names, pet names put back. */
export type Kin = {
  readonly sex: Map<string, Sex>;
  readonly spouse: Map<string, string>;
  readonly parents: Map<string, Set<string>>;
  readonly older: Map<string, Set<string>>;
};

/** Reads births, marriages, ages and pet names, each sentence for itself. */
export function readFacts(facts: readonly string[]): Kin {
  const kin: Kin = { sex: new Map(), spouse: new Map(), parents: new Map(), older: new Map() };
  const children: (readonly [string, string])[] = [];
  const pets = new Map(facts.flatMap(petName));
  const real = (name = ""): string => pets.get(name) ?? name;
  const know = (name: string, sex: Sex): void => {
    if (sex !== "?" || !kin.sex.has(name)) kin.sex.set(name, sex);
  };
  for (const fact of facts) {
    if (petName(fact).length > 0) continue;
    const age = /^(..)(?:比(..)(年长|年纪小)|出生得比(..)早)$/.exec(fact);
    const wed = /^(..)(?:娶了|的妻子是)(..)$/.exec(fact);
    const wife = /^(..)(?:嫁给了|的丈夫是)(..)$/.exec(fact);
    if (age !== null) {
      const [one, other] = [real(age[1]), real(age[2] ?? age[4])];
      addTo(kin.older, age[3] === "年纪小" ? other : one, age[3] === "年纪小" ? one : other);
    } else if (wed !== null || wife !== null) {
      const pair = wed === null ? [wife?.[2], wife?.[1]] : [wed[1], wed[2]];
      const [husband = "", bride = ""] = pair.map(real);
      kin.spouse.set(husband, bride).set(bride, husband);
      know(husband, "m");
      know(bride, "f");
    } else {
      const backward = /^(..)是(..(?:的..+?)*)的(儿子|女儿|孩子)$/.exec(fact);
      const forward =
        /^(..(?:的[^有]+?)*?)(?:有个|膝下有|的)(儿子|女儿|孩子)(?:里有一个叫|叫)?(..)$/.exec(fact);
      const [child = "", parent = "", word = ""] =
        backward === null ? [forward?.[3], forward?.[1], forward?.[2]] : backward.slice(1);
      const [start, ...way] = parent.split("的");
      children.push([real(child), [real(start), ...way].join("的")]);
      know(real(child), word === "儿子" ? "m" : word === "女儿" ? "f" : "?");
      know(real(start), "?");
    }
  }
  untangle(kin, children);
  return kin;
}

/** A pet name and whose it is. */
function petName(fact: string): readonly (readonly [string, string])[] {
  const [, own, pet] = /^(?:家里人管)?(..)(?:小名|叫)(阿.)$/.exec(fact) ?? [];
  const [, first, owner] = /^(阿.)是(..)的小名$/.exec(fact) ?? [];
  return own !== undefined && pet !== undefined
    ? [[pet, own]]
    : first !== undefined && owner !== undefined
      ? [[first, owner]]
      : [];
}

/** Goes over those children again and again whose parents are told by way of others, until nobody new is found. */
function untangle(kin: Kin, children: readonly (readonly [string, string])[]): void {
  let left = children;
  for (;;) {
    const still = left.filter(([child, told]) => {
      const parent = followed(kin, told);
      if (parent === null) return true;
      for (const each of [parent, kin.spouse.get(parent)]) {
        if (each === undefined) continue;
        addTo(kin.parents, child, each);
        addTo(kin.older, each, child);
      }
      return false;
    });
    if (still.length === left.length) break;
    left = still;
  }
  if (left.length > 0) throw new Error(`whose children? ${JSON.stringify(left)}`);
}

/** Whom 某某的岳母的祖父 means; null as long as it is not known. */
function followed(kin: Kin, told: string): string | null {
  const [start = "", ...terms] = told.split("的");
  return terms.reduce<string | null>(
    (at, term) => (at === null ? null : oneOf(kin, at, term)),
    start,
  );
}

function oneOf(kin: Kin, start: string, term: string): string | null {
  const parent = (of: string | undefined, sex: Sex): string | undefined =>
    [...(kin.parents.get(of ?? "") ?? [])].find((each) => kin.sex.get(each) === sex);
  const spouse = kin.spouse.get(start);
  const sex = term.endsWith("母") || term.endsWith("婆") || term === "母亲" ? "f" : "m";
  if (/^[丈妻]/.test(term)) return spouse ?? null;
  if (/^[公婆岳]/.test(term)) return parent(spouse, sex) ?? null;
  if (/^[父母]/.test(term)) return parent(start, sex) ?? null;
  return parent(parent(start, term.startsWith("外") ? "f" : "m"), sex) ?? null;
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}
