import { type Asked, groups } from "./asked.ts";
import { type Kin, readFacts, type Sex } from "./kinship-facts.ts";
import { countWalks } from "./search/walks.ts";

/** Terms from generations up and down to a common forebear, the sexes on the way and the ages that are told. */
export function solveKinship({ question }: Asked): string | number {
  if (question.includes("棒")) return lookForLineUps(question).count;
  const [, told = "", asked = ""] = question.split("\n");
  const kin = readFacts(told.split("。").slice(0, -1));
  if (asked.includes("多少对")) return talliesOf(kin, asked).join("、");
  const direct =
    /^(.{2})该怎么称呼(.{2})？/.exec(asked) ?? /^在(.{2})口中，(.{2})该叫什么？/.exec(asked);
  const reversed = /^按通行的称谓，(.{2})是(.{2})的什么人？/.exec(asked);
  if (direct !== null) return termsOf(kin, direct[1] ?? "", direct[2] ?? "").join("、");
  if (reversed !== null) return termsOf(kin, reversed[2] ?? "", reversed[1] ?? "").join("、");
  const [chain = ""] = groups(
    /^(?:对..来说，|谁是)?(.+?)(?:，..该怎么称呼？|是谁？|叫什么名字？|该叫什么？|？)/,
    asked,
  );
  const [start = "", ...steps] = chain.split("的");
  let at = start;
  for (const step of steps) {
    const found = [...kin.sex.keys()].filter(
      (other) => other !== at && termsOf(kin, at, other).includes(step),
    );
    if (found.length !== 1) return `${found.length} people are ${step} of ${at}`;
    at = found[0] ?? "";
  }
  return asked.includes("只写称谓") ? termsOf(kin, start, at).join("、") : at;
}

/** Line-ups of the race, by how everybody calls everybody. */
export function lookForLineUps(question: string): ReturnType<typeof countWalks> {
  const [, told = "", rules = ""] = question.split("\n");
  const kin = readFacts(told.split("。").slice(0, -1));
  const [times = ""] = groups(/：([^。]+)。/, rules);
  const runners = times.split("、").map((each) => each.split(" "));
  const seconds = runners.map(([, own]) => Number(own));
  const [kinds = ""] = groups(/(?:下列亲属之一：|这些亲属：|把棒交给自己的)([^。（]+)/, rules);
  const isKind = new Set(kinds.split("、").flatMap((kind) => termsOfKind[kind] ?? [kind]));
  const numberIn = (pattern: RegExp): number => Number(groups(pattern, rules)[0]);
  const apart = numberIn(/(?:至少相差|不得小于|须相差) (\d+)/);
  return countWalks({
    starts: seconds,
    next: runners.map(([from = ""], at) =>
      runners.flatMap(([to = ""], other) => {
        const adds = seconds[other] ?? 0;
        const isFarEnough = Math.abs((seconds[at] ?? 0) - adds) >= apart;
        const terms = from === to ? [] : termsOf(kin, from, to);
        return isFarEnough && terms.some((term) => isKind.has(term))
          ? [[other, adds] as const]
          : [];
      }),
    ),
    length: numberIn(/(?:跑|共) (\d+) 棒/),
    low: 0,
    high: numberIn(/(?:合计不超过|加起来最多|总用时须在) (\d+)/),
  });
}

const termsOfKind: Readonly<Record<string, readonly string[]>> = {
  伯父或叔叔: ["伯父", "叔叔"],
  堂兄弟: ["堂哥", "堂弟"],
  堂姐妹: ["堂姐", "堂妹"],
  表兄弟: ["表哥", "表弟"],
  表姐妹: ["表姐", "表妹"],
  亲兄弟: ["哥哥", "弟弟"],
  亲姐妹: ["姐姐", "妹妹"],
};

/** Older, younger, or both where it cannot be told. */
function ages({ older }: Kin, one: string, other: string): readonly ("o" | "y")[] {
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return [...(older.get(from) ?? [])].some((next) => reaches(next, to, seen));
  };
  if (reaches(one, other)) return ["o"];
  return reaches(other, one) ? ["y"] : ["o", "y"];
}

const spousesTerm: Readonly<Record<string, string>> = {
  哥哥: "嫂子",
  弟弟: "弟媳",
  姐姐: "姐夫",
  妹妹: "妹夫",
  伯父: "伯母",
  叔叔: "婶婶",
  姑姑: "姑父",
  舅舅: "舅妈",
  姨妈: "姨父",
  堂哥: "堂嫂",
  堂弟: "堂弟媳",
  堂姐: "堂姐夫",
  堂妹: "堂妹夫",
  表哥: "表嫂",
  表弟: "表弟媳",
  表姐: "表姐夫",
  表妹: "表妹夫",
  儿子: "儿媳",
  女儿: "女婿",
  孙子: "孙媳",
  孙女: "孙女婿",
  外孙: "外孙媳",
  外孙女: "外孙女婿",
  侄子: "侄媳",
  侄女: "侄女婿",
  外甥: "外甥媳妇",
  外甥女: "外甥女婿",
};
const ofWife: Readonly<Record<string, string>> = {
  父亲: "岳父",
  母亲: "岳母",
  哥哥: "大舅子",
  弟弟: "小舅子",
  姐姐: "大姨子",
  妹妹: "小姨子",
};
const ofHusband: Readonly<Record<string, string>> = {
  父亲: "公公",
  母亲: "婆婆",
  哥哥: "大伯子",
  弟弟: "小叔子",
  姐姐: "大姑子",
  妹妹: "小姑子",
};

/** All that are possible; none where there is no name. */
function termsOf(kin: Kin, ego: string, alter: string): readonly string[] {
  const blood = bloodTerms(kin, ego, alter);
  if (blood.length > 0) return blood;
  const [own, other] = [kin.spouse.get(ego), kin.spouse.get(alter)];
  if (own === alter) return [kin.sex.get(alter) === "m" ? "丈夫" : "妻子"];
  if (other !== undefined) {
    const through = bloodTerms(kin, ego, other).map((term) => spousesTerm[term] ?? "");
    if (through.length > 0) return through.includes("") ? [] : through;
  }
  if (own !== undefined) {
    const table = kin.sex.get(own) === "f" ? ofWife : ofHusband;
    const through = bloodTerms(kin, own, alter).map((term) => table[term] ?? "");
    if (through.length > 0) return through.includes("") ? [] : through;
  }
  const isInLaw = [...kin.parents].some(
    ([child, parents]) =>
      parents.has(alter) && kin.parents.get(kin.spouse.get(child) ?? "")?.has(ego) === true,
  );
  return isInLaw ? [kin.sex.get(alter) === "m" ? "亲家公" : "亲家母"] : [];
}

/** Lines up from a person, each with those passed. */
function linesUp({ parents }: Kin, from: string): readonly (readonly string[])[] {
  const lines: (readonly string[])[] = [[from]];
  for (const line of lines)
    if (line.length < 4)
      for (const next of parents.get(line.at(-1) ?? "") ?? []) lines.push([...line, next]);
  return lines;
}

function bloodTerms(kin: Kin, ego: string, alter: string): readonly string[] {
  const sexOf = (name: string | undefined): Sex => kin.sex.get(name ?? "") ?? "?";
  const [mine, theirs] = [linesUp(kin, ego), linesUp(kin, alter)];
  const pairs = mine
    .flatMap((up) =>
      theirs.filter((down) => down.at(-1) === up.at(-1)).map((down) => ({ up, down })),
    )
    .toSorted((a, b) => a.up.length + a.down.length - b.up.length - b.down.length);
  const [nearest] = pairs;
  if (nearest === undefined || ego === alter) return [];
  const { up, down } = nearest;
  const [u, d] = [up.length - 1, down.length - 1];
  const [viaMale, downMale] = [sexOf(up[1]) === "m", sexOf(down.at(-2)) === "m"];
  const sexes: readonly Sex[] = sexOf(alter) === "?" ? ["m", "f"] : [sexOf(alter)];
  const pick = (male: string, female: string): readonly string[] =>
    sexes.map((sex) => (sex === "m" ? male : female));
  const aged = (words: string, one: string, other: string): readonly string[] => {
    const [om = "", ym = "", of = "", yf = ""] = words.split(" ");
    return sexes.flatMap((sex) =>
      ages(kin, one, other).map((age) =>
        sex === "m" ? (age === "o" ? om : ym) : age === "o" ? of : yf,
      ),
    );
  };
  const unique = (terms: readonly string[]): readonly string[] => [...new Set(terms)];
  switch (`${u}${d}`) {
    case "01":
      return pick("儿子", "女儿");
    case "02":
      return sexOf(down[1]) === "m" ? pick("孙子", "孙女") : pick("外孙", "外孙女");
    case "10":
      return pick("父亲", "母亲");
    case "20":
      return viaMale ? pick("祖父", "祖母") : pick("外祖父", "外祖母");
    case "30":
      return viaMale && sexOf(up[2]) === "m" ? pick("曾祖父", "曾祖母") : [];
    case "11":
      return aged("哥哥 弟弟 姐姐 妹妹", alter, ego);
    case "12":
      return downMale ? pick("侄子", "侄女") : pick("外甥", "外甥女");
    case "21":
      return viaMale
        ? unique(aged("伯父 叔叔 姑姑 姑姑", alter, up[1] ?? ""))
        : pick("舅舅", "姨妈");
    case "22":
      return viaMale && downMale
        ? aged("堂哥 堂弟 堂姐 堂妹", alter, ego)
        : aged("表哥 表弟 表姐 表妹", alter, ego);
    case "23": {
      const side = viaMale && downMale ? "堂" : "表";
      return (sexOf(down[1]) === "m" ? pick("侄", "侄女") : pick("外甥", "外甥女")).map(
        (term) => side + term,
      );
    }
    case "31": {
      if (viaMale && sexOf(up[2]) === "m")
        return unique(aged("伯祖父 叔祖父 姑奶奶 姑奶奶", alter, up[2] ?? ""));
      if (viaMale) return pick("舅爷爷", "姨奶奶");
      return sexOf(up[2]) === "m" ? [] : pick("舅姥爷", "姨姥姥");
    }
    default:
      return [];
  }
}

/** Of each kind that is asked for, in its order, the pairs one of whom calls the other by such a term. */
function talliesOf(kin: Kin, asked: string): readonly number[] {
  const people = [...kin.sex.keys()];
  const counts = new Map<string, number>();
  for (const [ego, alter] of people.flatMap((one) =>
    people.map((other) => [one, other] as const),
  )) {
    if (ego === alter) continue;
    const term = termsOf(kin, ego, alter)[0] ?? "";
    const own = kin.spouse.get(ego);
    const through = kin.spouse.get(alter);
    const isSib = (a: string | undefined, b: string | undefined): boolean =>
      a !== undefined && b !== undefined && /^[哥弟姐妹]/.test(bloodTerms(kin, a, b)[0] ?? "");
    const kind =
      /^堂[哥弟姐妹].?$/.test(term) && !/[嫂媳夫]/.test(term)
        ? "堂兄弟姐妹"
        : /^表[哥弟姐妹]$/.test(term)
          ? "表兄弟姐妹"
          : ({
              舅舅: "舅舅和外甥（外甥女）",
              姑姑: "姑姑和侄子（侄女）",
              姨妈: "姨妈和外甥（外甥女）",
              伯父: "伯父或叔叔和侄子（侄女）",
              叔叔: "伯父或叔叔和侄子（侄女）",
              祖父: "祖父或祖母和孙子（孙女）",
              祖母: "祖父或祖母和孙子（孙女）",
              姑父: "姑父和妻子的侄子（侄女）",
              姨父: "姨父和妻子的外甥（外甥女）",
              舅妈: "舅妈和丈夫的外甥（外甥女）",
              曾祖父: "曾祖父或曾祖母和曾孙（曾孙女）（祖父的父母才算，外曾祖父母不算）",
              曾祖母: "曾祖父或曾祖母和曾孙（曾孙女）（祖父的父母才算，外曾祖父母不算）",
              亲家公: "亲家（两个人的儿女是夫妻）",
              亲家母: "亲家（两个人的儿女是夫妻）",
              外祖父: "外祖父或外祖母和外孙（外孙女）",
              外祖母: "外祖父或外祖母和外孙（外孙女）",
              婆婆: "婆婆和儿媳",
              岳父: "岳父和女婿",
              大姑子: "姑嫂（妻子和丈夫的姐妹）",
              小姑子: "姑嫂（妻子和丈夫的姐妹）",
            }[term] ?? "");
    const add = (name: string): void => {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    };
    if (kind !== "") add(kind);
    if (isSib(own, through) && kin.sex.get(ego) === kin.sex.get(alter))
      add(
        kin.sex.get(ego) === "f" && kin.sex.get(own ?? "") === "m"
          ? "妯娌（丈夫是兄弟）"
          : "连襟（妻子是姐妹）",
      );
  }
  const symmetric = /^(?:堂|表|妯娌|连襟|亲家)/;
  return [...asked.matchAll(/[①-⑳]([^；。]+)/gu)].map(([, name = ""]) => {
    const found = counts.get(name) ?? 0;
    return symmetric.test(name) ? found / 2 : found;
  });
}
