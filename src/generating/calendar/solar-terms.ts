/** The twenty-four terms from the first of a Gregorian year on; the n-th stands where the Sun's longitude is 285° + 15°·n. */
const termNames: readonly string[] =
  "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至".split(
    " ",
  );

export type SolarTerm = {
  readonly name: string;
  /** Days since 1970-01-01 of the day in Beijing. */
  readonly day: number;
  /** False within forty minutes of midnight, where the formula cannot tell the day. */
  readonly isSure: boolean;
};

const known = new Map<number, readonly SolarTerm[]>();

/**
 * The terms of a year from 1950 to 2050, by the Sun's apparent longitude after Meeus, Astronomical Algorithms, chapter 25,
 * which is right to 0.01°, a quarter of an hour. The test compares them with another theory of the Sun.
 */
export function solarTermsOf(year: number): readonly SolarTerm[] {
  const found = known.get(year);
  if (found !== undefined) return found;
  const terms = termNames.map((name, at) => termOf(year, name, at));
  known.set(year, terms);
  return terms;
}

const julianOf1970 = 2_440_587.5;
const julianOf2000 = 2_451_545;
const beijing = 8 / 24;
const fortyMinutes = 40 / 1_440;

function termOf(year: number, name: string, at: number): SolarTerm {
  const wanted = (285 + 15 * at) % 360;
  let moment = Date.UTC(year, 0, 6) / 86_400_000 + julianOf1970 + (at * 365.2422) / 24;
  for (let round = 0; round < 6; round += 1) {
    const off = ((wanted - longitudeAt(moment) + 540) % 360) - 180;
    moment += (off * 365.2422) / 360;
  }
  const local = moment - terrestrialLead(year) / 86_400 - julianOf1970 + beijing;
  const day = Math.floor(local);
  const isSure = local - day > fortyMinutes && day + 1 - local > fortyMinutes;
  return { name, day, isSure };
}

const sine = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);

/** Degrees, for a moment in terrestrial time. */
function longitudeAt(julian: number): number {
  const t = (julian - julianOf2000) / 36_525;
  const mean = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t;
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t * t;
  const centre =
    (1.914602 - 0.004817 * t - 0.000014 * t * t) * sine(anomaly) +
    (0.019993 - 0.000101 * t) * sine(2 * anomaly) +
    0.000289 * sine(3 * anomaly);
  const node = 125.04 - 1934.136 * t;
  return (mean + centre - 0.00569 - 0.00478 * sine(node) + 360_000) % 360;
}

/** Seconds by which terrestrial time was or will be ahead; a few of them more or less do not matter here. */
const terrestrialLead = (year: number): number => 29 + ((year - 1950) * 46) / 100;
