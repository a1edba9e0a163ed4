import { computedMonths, type MonthStart } from "../computed-months.ts";
import { computedTerm } from "../computed-terms.ts";
import { type Asked, groups } from "./asked.ts";
import { countChoices } from "./search/choices.ts";

const terms =
  "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至".split(
    " ",
  );
const monthNames = "正月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 腊月".split(" ");
const dayNames =
  "初一 初二 初三 初四 初五 初六 初七 初八 初九 初十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 廿一 廿二 廿三 廿四 廿五 廿六 廿七 廿八 廿九 三十".split(
    " ",
  );
const week = "日一二三四五六";
const stems = "甲乙丙丁戊己庚辛壬癸";
const branches = "子丑寅卯辰巳午未申酉戌亥";

let months: readonly MonthStart[] | null = null;
const allMonths = (): readonly MonthStart[] => (months ??= computedMonths(1940, 2060));

const solar = (text: string): number => {
  const [y = "", m = "", d = ""] = groups(/(\d+)年(\d+)月(\d+)日/, text);
  return Date.UTC(Number(y), Number(m) - 1, Number(d)) / 86_400_000;
};
const yearOf = (day: number): number => new Date(day * 86_400_000).getUTCFullYear();
const termDay = (year: number, at: number): number =>
  Math.floor(computedTerm(year, (285 + 15 * at) % 360));
const monthAt = (day: number): MonthStart => {
  const found = allMonths().findLast(({ first }) => first <= day);
  if (found === undefined) throw new Error(`no month of ${day}`);
  return found;
};
/** Counted from 甲子, which 1949-10-01 was. */
const cycle = (day: number): number => (((day - Date.UTC(1949, 9, 1) / 86_400_000) % 60) + 60) % 60;

/** Steps day by day by the Moon and the Sun; of the almanac that is printed nothing but the year is looked at. */
export function solveCalendar({ question }: Asked): string | number {
  const line = question.split("\n").at(-1) ?? "";
  if (question.includes("还要做到：")) return lookForDays(question).count;
  if (question.includes("首尾相接")) return told(walked(question), line);
  const moved = /^从(.+)出发，(.+?)。((?:最后|走完).+)$/.exec(line);
  let day = startOf(moved?.[1] ?? line);
  for (const move of (moved?.[2] ?? "").split("；").filter((each) => each !== ""))
    day = step(day, move);
  return told(day, moved?.[3] ?? line);
}

function told(day: number, asked: string): string {
  if (asked.includes("星期几")) return `星期${week[(((day + 4) % 7) + 7) % 7] ?? ""}`;
  if (asked.includes("日干支"))
    return `${stems[cycle(day) % 10] ?? ""}${branches[cycle(day) % 12] ?? ""}`;
  if (asked.includes("年干支")) {
    const newYear = newYearOf(yearOf(day));
    const at = (newYear <= day ? yearOf(day) : yearOf(day) - 1) - 4;
    return `${stems[at % 10] ?? ""}${branches[at % 12] ?? ""}`;
  }
  if (asked.includes("农历几月")) {
    const { first, month, isLeap } = monthAt(day);
    return `${isLeap ? "闰" : ""}${monthNames[month - 1] ?? ""}${dayNames[day - first] ?? ""}`;
  }
  const date = new Date(day * 86_400_000);
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

const newYearOf = (year: number): number =>
  allMonths().find(({ first, month, isLeap }) => month === 1 && !isLeap && yearOf(first) === year)
    ?.first ?? Number.NaN;

function startOf(text: string): number {
  const lunarYear = /公历 (\d+) 年春节开始的那个农历年的(.+)$/.exec(text);
  if (lunarYear !== null) {
    const from = newYearOf(Number(lunarYear[1]));
    const own = allMonths()
      .filter(({ first }) => first >= from)
      .slice(0, 13);
    const told = /（([^）]+)）/.exec(lunarYear[2] ?? "")?.[1] ?? lunarYear[2] ?? "";
    if (told.includes("最后一天")) return newYearOf(Number(lunarYear[1]) + 1) - 1;
    const [leap = "", name = "", at = ""] = groups(/^(闰?)(.+?月)(初.|十.|二十|廿.|三十)/, told);
    const month = own.find(
      (each) => monthNames[each.month - 1] === name && each.isLeap === (leap !== ""),
    );
    return (month?.first ?? Number.NaN) + dayNames.indexOf(at);
  }
  const term = /公历 (\d+) 年(..)那天/.exec(text);
  if (term !== null) return termDay(Number(term[1]), terms.indexOf(term[2] ?? ""));
  const hot = /公历 (\d+) 年([初中末])伏的第一天/.exec(text);
  if (hot !== null) {
    const after = (from: number, count: number): number => {
      let [day, left] = [from - 1, count];
      while (left > 0) if (cycle((day += 1)) % 10 === 6) left -= 1;
      return day;
    };
    const year = Number(hot[1]);
    if (hot[2] === "末") return after(termDay(year, 14), 1);
    return after(termDay(year, 11), hot[2] === "初" ? 3 : 4);
  }
  const cold = /公历 (\d+) 年冬至起数九，(.)九的第 (\d) 天/.exec(text);
  if (cold !== null)
    return termDay(Number(cold[1]), 23) + "一二三".indexOf(cold[2] ?? "") * 9 + Number(cold[3]) - 1;
  return solar(text);
}

function step(from: number, move: string): number {
  const sign = /再过|往后/.test(move) ? 1 : -1;
  const counted = /(?:再过|往后数|往回数|倒回去) (\d+) 天/.exec(move);
  if (counted !== null) return from + sign * Number(counted[1]);
  const weekday = /星期(.)/.exec(move)?.[1];
  const stem = /一个(.)日/.exec(move)?.[1];
  for (let day = from + 1; ; day += 1) {
    if (weekday !== undefined) {
      if (week[(((day + 4) % 7) + 7) % 7] === weekday) return day;
    } else if (stem !== undefined) {
      if (stems[cycle(day) % 10] === stem) return day;
    } else if (move.includes("农历")) {
      if (day - monthAt(day).first === (move.includes("初一") ? 0 : 14)) return day;
    } else if (terms.some((_, at) => termDay(yearOf(day), at) === day)) return day;
  }
}

/** Rounds by rules: one day after another is stepped over, from the end of the year to its beginning and back. */
function walked(question: string): number {
  const year = Number(groups(/公历 (\d+) 年的春节/, question)[0]);
  const [first, end] = [newYearOf(year), newYearOf(year + 1)];
  const [, startText = "", roundsText = ""] =
    /(?:从|起点是)([^；。]+?)(?:出发，一轮一轮地走，一共走|，照下面的规则走) (\d+) 轮/.exec(
      question,
    ) ?? [];
  const rules = [...question.matchAll(/^\d+\. (.+?)：(.+)。$/gm)];
  let day = startOf(startText);
  for (let round = 1; round <= Number(roundsText); round += 1) {
    const [, , move = ""] =
      rules.find(([, condition = ""]) => fits(condition, day, round, first)) ?? [];
    const forward = move.startsWith("往后");
    for (let left = daysOf(move, day, { first, end }); left > 0; left -= 1) {
      day += forward ? 1 : -1;
      if (day === end) day = first;
      if (day < first) day = end - 1;
    }
    for (let left = round; left > 0; left -= 1) day = day + 1 === end ? first : day + 1;
  }
  return day;
}

const isTermDay = (day: number): boolean => terms.some((_, at) => termDay(yearOf(day), at) === day);

function fits(condition: string, day: number, round: number, first: number): boolean {
  const number = (pattern: RegExp): number => Number(pattern.exec(condition)?.[1] ?? Number.NaN);
  const { first: begin } = monthAt(day);
  const nextMonth = allMonths().find((month) => month.first > begin)?.first ?? Number.NaN;
  const date = new Date(day * 86_400_000);
  if (condition.includes("星期"))
    return condition.includes(`星期${week[(((day + 4) % 7) + 7) % 7] ?? ""}`);
  if (/天干|地支/.test(condition)) {
    const list = /[是](.+)之一/.exec(condition)?.[1]?.split("、") ?? [];
    const own = condition.includes("天干") ? stems[cycle(day) % 10] : branches[cycle(day) % 12];
    return list.includes(own ?? "");
  }
  if (condition.includes("有 30 天"))
    return nextMonth - begin === 30 && day - begin + 1 <= number(/不大于 (\d+)/);
  if (condition.includes("日数大于")) return day - begin + 1 > number(/大于 (\d+)/);
  if (condition.includes("号数"))
    return date.getUTCDate() % 3 === (condition.includes("整除") ? 0 : number(/余 (\d)/));
  if (condition.includes("轮次")) return round % number(/是 (\d+) 的倍数/) === 0;
  if (condition.includes("节气")) {
    const back = number(/往回数 (\d) 天/);
    for (let before = 0; before <= back; before += 1)
      if (day - before >= first && isTermDay(day - before)) return true;
    return false;
  }
  return condition.includes("都不符合");
}

/** Ways to put affairs on days that suit them. */
export function lookForDays(question: string): ReturnType<typeof countChoices> {
  const year = Number(groups(/公历 (\d+) 年的春节/, question)[0]);
  const first = newYearOf(year);
  const rows = question.split("\n");
  const days = [...(rows[2] ?? "").matchAll(/([^、。（]+)（(\d+) 元）/g)].map(
    ([, text = "", rent]) => ({
      day: startOf(/^\d/.test(text) ? text : `公历 ${year} 年春节开始的那个农历年的${text}`),
      rent: Number(rent),
    }),
  );
  const wishes = rows.flatMap((row) => {
    const [, name = "", wish = ""] = /^\d+\. (..)：(.+)。$/.exec(row) ?? [];
    return name === "" ? [] : [{ name, wish: wish.split("；或者") }];
  });
  const [bonds = ""] = groups(/还要做到：([^。]+)。/, question);
  return countChoices({
    names: wishes.map(({ name }) => name),
    days,
    suits: (affair, { day }) =>
      wishes[affair]?.wish.some((each) => fits(each, day, 0, first)) === true,
    bonds: bonds.split("；").map((bond) => {
      const [one = "", other = ""] = groups(/^(..)(?:的日子要比|和)(..)/, bond);
      const days = Number(/ (\d+) 天/.exec(bond)?.[1] ?? 1);
      return {
        one,
        other,
        holds: (x, y) =>
          bond.includes("早")
            ? y - x >= days
            : bond.includes("至少")
              ? Math.abs(x - y) >= days
              : Math.abs(x - y) <= days,
      };
    }),
    most: Number(groups(/(?:不超过|不得多于|最多) (\d+) 元/, question)[0]),
  });
}

/** How many days a rule goes. */
function daysOf(
  move: string,
  day: number,
  { first, end }: { readonly first: number; readonly end: number },
): number {
  const date = new Date(day * 86_400_000);
  const { first: begin, month } = monthAt(day);
  const lunarDay = day - begin + 1;
  const factor = Number(/ (\d+) 倍/.exec(move)?.[1] ?? 1);
  const last = Number(/(\d+)$/.exec(move)?.[1] ?? Number.NaN);
  if (move.includes("下一个节气")) {
    for (let on = 1; ; on += 1)
      if (isTermDay(day + on >= end ? day + on - end + first : day + on)) return on;
  }
  if (move.includes("下一个农历月")) {
    const next = allMonths().find((each) => each.first > day)?.first ?? Number.NaN;
    const at = /初(.)（/.exec(move)?.[1] ?? "";
    return next - day + "一二三四五六七八九".indexOf(at);
  }
  if (move.includes("公历的月份数")) return factor * (date.getUTCMonth() + 1) + date.getUTCDate();
  if (move.includes("农历的月份数")) return factor * month + lunarDay;
  if (move.includes("六十甲子")) return cycle(day) + 1 + last;
  if (move.includes("星期数")) return factor * (((((day + 3) % 7) + 7) % 7) + 1) + last;
  if (move.includes("农历的日数的")) return factor * lunarDay;
  return Number(/等于 (\d+) 减去/.exec(move)?.[1] ?? Number.NaN) - date.getUTCDate();
}
