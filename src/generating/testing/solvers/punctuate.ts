import { type Asked, groups } from "./asked.ts";

/** Sentences of such lives with their breaks (`/`) and doubtful pauses (`~`, `'` behind a time, `^` where the hero is named); a slot stands for any word of its kind. */
const sentences = `
  {甲}^字{字}~{郡}{县}人也/
  {甲}者^{郡}{县}人也/字{字}/
  {甲}^字{字}/其先{郡}人~徙居{县}/
  {官}{甲}^{郡}{县}人/祖{亲}~尝为{官}/
  {甲}^{县}人也/父{亲}~官至{官}/
  少孤~家贫无书/常从里中{乙}借读/过目辄能成诵/
  幼而聪悟/七岁能属文/乡里异之/
  年十{年}~丁母忧/哀毁过礼/庐于墓侧~三年/
  及长'身长八尺/沉毅有谋/不事生产/
  好读书/不求闻达/躬耕于{县}之野/
  与{乙}同学~友善/{己}先贵/{名}未尝造其门/
  早丧父/事母至孝/母{姓}氏亲授以书/
  尝夜行遇盗/尽取其衣物/{名}神色自若/盗惭而还之/
  {元}{年}年'举孝廉/除{县}令/
  {元}初'{郡}太守{乙}闻其名/召署功曹/{名}辞以疾/
  {元}中'{郡}大水/民多流亡/{名}开仓赈之/全活者{数}人/
  累迁{官}~转{官}/所在有能名/
  {元}{年}年'拜{官}/出为{郡}太守/
  郡有豪右{乙}~侵夺民田/前守不能制/{名}至~收而案之/郡中肃然/
  {县}贼{乙}聚众{数}人~攻掠旁县/{名}遣都尉{丙}讨之/斩首{数}级/馀党悉降/
  吏有受赇者~{名}召而责之/吏叩头服罪/
  或劝{名}治产/{名}曰/吾以清白遗子孙/不亦厚乎/
  大将军{乙}与{名}有隙/谮之于帝/帝不听/{己}由是衔之益深/
  帝怒~欲诛{官}{乙}/{名}固谏/帝乃止/
  上疏荐{县}人{乙}可大用/帝从之/后{己}果有功/
  {官}{乙}卒/{名}哭之恸/谓人曰/吾失一臂矣/
  善草隶/时人得其尺牍~皆藏以为宝/
  使{官}{乙}守{县}~自将{数}人~夜渡{水}水/袭破其营/获马{数}匹/
  {郡}人{乙}~素无行/以赂得官/{名}劾免之/
  会{元}末'兵起/{名}与弟{亲}避地{郡}/
  {乙}为{官}~见{名}而奇之/以女妻焉/
  {水}水岁溢为患/{名}令民筑堤{数}步/自是~无水害/民立祠以祀之/
  尝使{郡}~道遇故人{乙}/解所佩刀赠之/不言而去/
  {名}为政尚宽简/不任刑罚/狱讼衰息/
  帝问以边事/{名}对曰/将不知兵/虽多无益/帝默然/
  故事~{官}不得与外人交通/{名}独不避亲故/人亦不敢干以私/
  {乙}围{县}急/城中食尽/{名}杀马以食士/士皆感泣/无有叛者/
  {名}复书~责以大义/{郡}太守{乙}得书~大惭/即日罢兵/
  坐事左迁{县}丞/居二年'复征为{官}/
  先是'{县}多虎/{名}至~虎皆渡{水}而去/
  {县}令{乙}有罪~亡命~过{名}家/{名}匿之/事觉~坐免官/
  {名}与{乙}~{丙}俱知名/时人谓之三俊/
  {元}{年}年'{郡}蝗/{名}令吏民捕之/输蝗一斗~与谷一升/
  有司奏{乙}不法/诏{名}案之/{名}尽得其状/{己}坐弃市/
  {名}好施与/所得俸禄~散之宗族/妻子不免饥寒/
  {县}民有兄弟讼田/{名}为陈骨肉之义/兄弟感悟/相让不取/
  尝与{乙}弈/军书至/{名}视毕~置之/弈如故/
  {官}{乙}辟为掾/不就/又举茂才/复不行/
  {名}将兵{数}~屯{县}/{乙}夜来袭/{名}坚卧不动/敌疑有伏~引去/
  使者至{郡}~{名}称疾不出/人问其故/{名}笑而不答/
  {乙}以重金遗{名}/{名}却之/{己}惭而退/
  {县}久不雨/{名}斋戒祷于{水}水/翌日~大雨/岁以有秋/
  所著书十{年}篇~多散佚/唯论兵{年}篇~传于世/
  {元}{年}年'卒于官/年{年}十/谥曰{谥}/
  {元}末'以老乞骸骨~归{县}/数岁'卒/
  {元}中'卒~赠{官}/子{亲}嗣/
  后{年}年'卒~家无馀财/故吏共葬之于{县}/
`
  .trim()
  .split("\n")
  .map((line) => line.trim());

/** A surname and a given name of one or two characters. */
const person = "[裴韦崔卢郑杜柳薛萧陆顾沈谢袁桓庾羊荀陶温耿窦邓].{1,2}";

const shapes: Readonly<Record<string, string>> = {
  甲: person,
  乙: person,
  丙: person,
  亲: person,
  字: ".{2}",
  县: ".{2}",
  郡: ".{2}",
  官: "(?:侍中|尚书郎|御史中丞|给事中|谏议大夫|骑都尉|光禄勋|司隶校尉|议郎|太中大夫|左冯翊|大司农|中书令|散骑常侍|羽林监)",
  元: ".{2}",
  年: "[二三四五六七八九]",
  数: "(?:[一二三五七]百|.[千百万]|[千万]馀)",
  水: ".",
  谥: ".",
  姓: ".",
};

type Pattern = {
  readonly source: string;
  readonly marks: readonly string[];
  readonly isOpening: boolean;
};

/** Each piece between two marks is a group, so that the lengths of the pieces say where the marks are. */
const patterns: readonly Pattern[] = sentences.map((sentence) => {
  const pieces = sentence.split(/[/~'^]/).slice(0, -1);
  const source = pieces.map((piece) => {
    const inner = piece.replaceAll(/\{(.)\}/g, (_, slot: string) => {
      if (slot === "名") return "HERO";
      if (slot === "己") return ".{1,2}";
      return slot === "甲" ? `(?<hero>${person})` : (shapes[slot] ?? "");
    });
    return `(${inner})`;
  });
  return {
    source: `^${source.join("")}`,
    marks: Array.from(sentence.replaceAll(/[^/~'^]/g, "")),
    isOpening: sentence.includes("{甲}"),
  };
});

const marks = /[①-⑳㉑-㉟㊱-㊿]|〔\d+〕/gu;

/** Reads each life as a row of known sentences, in every way that there is; a place counts where all of them agree. */
export function solvePunctuate({ question }: Asked): string {
  const rules = question.split("\n").at(-1) ?? "";
  const breaking = `/${/之后一律断开；每/.test(rules) ? "'" : ""}${/“者”字）之后一律断开/.test(rules) ? "^" : ""}`;
  let numbered = 0;
  const found = question
    .split("\n")
    .slice(1, -1)
    .map((line) => {
      const from = numbered;
      numbered += line.match(marks)?.length ?? 0;
      return solveLife(line, from, breaking);
    });
  const right = found.filter((each) => each !== "").join("、");
  return question.includes("分成若干截") ? piecesOf(question, right.split("、")) : right;
}

/** How many pieces the text falls into, their lengths by their order, and how many have the lengths that are asked for. */
function piecesOf(question: string, right: readonly string[]): string {
  const lines = question.split("\n");
  const numbers = new Map<string, number>();
  const pieces = lines
    .slice(1, -1)
    .join("。")
    .replaceAll(marks, (mark) => {
      numbers.set(mark, numbers.size + 1);
      return right.includes(String(numbers.size)) ? "。" : "";
    })
    .split("。");
  const ask = lines.at(-1) ?? "";
  const [asked = ""] = groups(/恰好(?:有|是)? ([\d、]+) /, ask);
  let sum = 0;
  let beforeEnd = pieces.join("").length;
  // What stands in the n-th piece stands behind the beginnings of n pieces.
  for (const piece of pieces) {
    sum += beforeEnd;
    beforeEnd -= piece.length;
  }
  const counts = asked
    .split("、")
    .map((length) => pieces.filter((piece) => String(piece.length) === length).length);
  return [pieces.length, sum, ...counts].join("、");
}

function solveLife(line: string, from: number, breaking: string): string {
  const readings = readFrom(line.replaceAll(marks, ""), {
    from: 0,
    hero: null,
    depth: 0,
    breaking,
  });
  if (readings.length === 0) return "cannot be read";
  const answers = new Set(readings.map((breaks) => numbersAt(line, new Set(breaks), from)));
  return answers.size === 1 ? ([...answers][0] ?? "") : `${answers.size} readings`;
}

/** Lists of the places, counted in characters from the beginning, behind which a break stands. */
function readFrom(
  text: string,
  reading: {
    readonly from: number;
    readonly hero: string | null;
    readonly depth: number;
    readonly breaking: string;
  },
): readonly (readonly number[])[] {
  const { from, hero, depth, breaking } = reading;
  if (from === text.length) return [[]];
  return patterns.flatMap(({ source, marks, isOpening }) => {
    if (isOpening !== (depth === 0)) return [];
    const given = hero === null ? "" : hero.slice(1);
    const found = new RegExp(source.replaceAll("HERO", given)).exec(text.slice(from));
    if (found === null) return [];
    // The hero's name is a group within the first piece.
    const pieces = isOpening ? [found[1] ?? "", ...found.slice(3)] : found.slice(1);
    let at = from;
    const breaks: number[] = [];
    for (const [index, piece] of pieces.entries()) {
      at += piece.length;
      if (breaking.includes(marks[index] ?? "none")) breaks.push(at);
    }
    const name = hero ?? found.groups?.["hero"] ?? "";
    return readFrom(text, { ...reading, from: at, hero: name, depth: depth + 1 }).map((rest) => [
      ...breaks,
      ...rest,
    ]);
  });
}

function numbersAt(line: string, breaks: ReadonlySet<number>, from: number): string {
  let taken = 0;
  return [...line.matchAll(marks)]
    .flatMap(({ 0: mark, index }, at) => {
      const isBreak = breaks.has(index - taken);
      taken += mark.length;
      return isBreak ? [from + at + 1] : [];
    })
    .join("、");
}
