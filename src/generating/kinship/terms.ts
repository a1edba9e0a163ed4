/** What someone is called; the other words are as right as the first. */
export type Term = readonly [string, ...string[]];

/**
 * By the way from one person to another (F father, M mother, B brother, Z sister, S son, D daughter, H husband, W wife). Of two
 * terms the first is for the older: older than who is asked, than the spouse, or than the parent through whom the way leads,
 * which is the person before the last sibling of the way.
 */
export type Named =
  | { readonly kind: "one"; readonly term: Term }
  | {
      readonly kind: "by-age";
      readonly of: "self" | "link";
      readonly older: Term;
      readonly younger: Term;
    };

const lines = `
F 父亲,爸爸,爹|M 母亲,妈妈,娘|F.F 祖父,爷爷|F.M 祖母,奶奶|M.F 外祖父,外公,姥爷|M.M 外祖母,外婆,姥姥
F.F.F 曾祖父,太爷爷,曾爷爷|F.F.M 曾祖母,太奶奶,曾奶奶
B self 哥哥,兄长 弟弟|Z self 姐姐 妹妹|B.W link 嫂子,嫂嫂 弟媳,弟妹,弟媳妇|Z.H link 姐夫 妹夫
F.B link 伯父,伯伯,大伯 叔叔,叔父|F.B.W link 伯母,大妈,大娘 婶婶,婶母,婶子|F.Z 姑姑,姑妈,姑母|F.Z.H 姑父,姑丈,姑夫
M.B 舅舅,舅父|M.B.W 舅妈,舅母|M.Z 姨妈,姨母,阿姨|M.Z.H 姨父,姨丈,姨夫
F.B.S self 堂哥,堂兄 堂弟|F.B.D self 堂姐 堂妹|F.B.S.W link 堂嫂 堂弟媳,堂弟妹|F.B.D.H link 堂姐夫 堂妹夫
F.Z.S self 表哥,表兄 表弟|F.Z.D self 表姐 表妹|F.Z.S.W link 表嫂 表弟媳,表弟妹|F.Z.D.H link 表姐夫 表妹夫
M.B.S self 表哥,表兄 表弟|M.B.D self 表姐 表妹|M.B.S.W link 表嫂 表弟媳,表弟妹|M.B.D.H link 表姐夫 表妹夫
M.Z.S self 表哥,表兄 表弟|M.Z.D self 表姐 表妹|M.Z.S.W link 表嫂 表弟媳,表弟妹|M.Z.D.H link 表姐夫 表妹夫
S 儿子|D 女儿|S.W 儿媳,儿媳妇,媳妇|D.H 女婿|S.S 孙子|S.D 孙女|D.S 外孙,外孙子|D.D 外孙女
S.S.W 孙媳,孙媳妇,孙子媳妇|S.D.H 孙女婿|D.S.W 外孙媳,外孙媳妇|D.D.H 外孙女婿
B.S 侄子,侄儿|B.D 侄女|Z.S 外甥|Z.D 外甥女|B.S.W 侄媳,侄媳妇,侄子媳妇|B.D.H 侄女婿|Z.S.W 外甥媳妇,外甥媳|Z.D.H 外甥女婿
W.F 岳父,丈人,老丈人|W.M 岳母,丈母娘|H.F 公公|H.M 婆婆|H 丈夫,老公|W 妻子,老婆,太太
W.B link 大舅子,内兄,大舅哥 小舅子,内弟|W.Z link 大姨子,妻姐 小姨子,妻妹|H.B link 大伯子,大伯哥 小叔子|H.Z link 大姑子,大姑姐 小姑子
F.F.B link 伯祖父,伯公,伯爷爷 叔祖父,叔公,叔爷爷|F.F.Z 姑奶奶,姑祖母,姑婆|F.M.B 舅爷爷,舅公,舅爷|F.M.Z 姨奶奶,姨婆,姨祖母
M.M.B 舅姥爷,舅公,舅外公|M.M.Z 姨姥姥,姨婆,姨外婆|S.W.F 亲家公,亲家|D.H.F 亲家公,亲家|S.W.M 亲家母,亲家|D.H.M 亲家母,亲家
F.B.S.S 堂侄,堂侄子,堂侄儿|F.B.S.D 堂侄女|F.B.D.S 堂外甥|F.B.D.D 堂外甥女
F.Z.S.S 表侄,表侄子|F.Z.S.D 表侄女|F.Z.D.S 表外甥|F.Z.D.D 表外甥女|M.B.S.S 表侄,表侄子|M.B.S.D 表侄女
M.B.D.S 表外甥|M.B.D.D 表外甥女|M.Z.S.S 表侄,表侄子|M.Z.S.D 表侄女|M.Z.D.S 表外甥|M.Z.D.D 表外甥女`;

const names = new Map(
  lines
    .trim()
    .split(/[\n|]/)
    .map((entry) => named(entry)),
);

function named(entry: string): readonly [string, Named] {
  const [way = "", ...rest] = entry.split(" ");
  const [of, older = "", younger = ""] = rest;
  if (of === "self" || of === "link")
    return [way, { kind: "by-age", of, older: termOf(older), younger: termOf(younger) }];
  return [way, { kind: "one", term: termOf(of ?? "") }];
}

function termOf(words: string): Term {
  const [first = "", ...others] = words.split(",");
  return [first, ...others];
}

/** Null for ways that have no name of their own. */
export const termsOfWay = (way: readonly string[]): Named | null =>
  names.get(way.join(".")) ?? null;

/** The ways of so many steps that have a name, those of one name together. */
export const waysOfLength = (length: number): readonly (readonly string[])[] =>
  [
    ...Map.groupBy(
      [...names].filter(([way]) => way.split(".").length === length),
      ([, known]) => JSON.stringify(known.kind === "one" ? known.term : known.older),
    ).values(),
  ].map((group) => group.map(([way]) => way));
