export const stems: readonly string[] = Array.from("甲乙丙丁戊己庚辛壬癸");
export const branches: readonly string[] = Array.from("子丑寅卯辰巳午未申酉戌亥");

/** The name of a place in the cycle of sixty, from 甲子 at 0. */
const cycleName = (at: number): string =>
  `${stems[((at % 10) + 10) % 10] ?? ""}${branches[((at % 12) + 12) % 12] ?? ""}`;

/** The place of a day in the cycle of sixty: 1970-01-01 was 辛巳. */
export const cycleOfDay = (day: number): number => (((day + 17) % 60) + 60) % 60;

export const dayCycleName = (day: number): string => cycleName(cycleOfDay(day));

/** The name of a lunar year: 1984 was 甲子. */
export const yearCycleName = (year: number): string => cycleName(year - 1984 + 600);

/** 2023年4月5日, of days since 1970-01-01. */
export function solarText(day: number): string {
  const date = new Date(day * 86_400_000);
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

/** 0 for Sunday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;
