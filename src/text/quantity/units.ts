/** A unit of measure: what it measures, and how many base units it holds. */
export type Unit = { readonly kind: string; readonly scale: number };

const spellings: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  length: {
    "纳米 nm": 1e-9,
    "微米 μm um": 1e-6,
    "毫米 mm": 1e-3,
    "厘米 公分 cm": 1e-2,
    "分米 dm": 0.1,
    "米 公尺 m": 1,
    "千米 公里 km": 1_000,
    里: 500,
    光年: 9.4607e15,
  },
  mass: {
    "毫克 mg": 1e-6,
    "克 g": 1e-3,
    两: 0.05,
    斤: 0.5,
    "千克 公斤 kg": 1,
    "吨 t": 1_000,
  },
  time: {
    "毫秒 ms": 1e-3,
    "秒 秒钟 s": 1,
    "分钟 min": 60,
    "小时 个小时 钟头 h": 3_600,
    "天 日": 86_400,
    "周 星期 个星期": 604_800,
  },
  area: {
    "平方毫米 mm^2": 1e-6,
    "平方厘米 cm^2": 1e-4,
    "平方分米 dm^2": 0.01,
    "平方米 平米 m^2": 1,
    亩: 2_000 / 3,
    "公顷 ha": 1e4,
    "平方千米 平方公里 km^2": 1e6,
  },
  volume: {
    "立方毫米 mm^3": 1e-9,
    "毫升 ml 立方厘米 cm^3": 1e-6,
    "升 l 立方分米 dm^3": 1e-3,
    "立方米 m^3": 1,
  },
  money: { "元 块 块钱 圆 人民币": 1, "角 毛": 0.1 },
  speed: {
    "米/秒 米每秒 m/s": 1,
    "千米/时 千米/小时 公里/小时 公里/时 千米每小时 公里每小时 km/h": 1 / 3.6,
    "米/分 米/分钟 米每分 m/min": 1 / 60,
    "千米/分 km/min": 1_000 / 60,
  },
  temperature: { "°c 摄氏度 c°": 1 },
  angle: { "° 度": 1 },
  energy: { "焦耳 焦 j": 1, "千焦 kj": 1_000, "千瓦时 kw·h kwh": 3.6e6 },
  power: { "瓦 w": 1, "千瓦 kw": 1_000 },
  force: { "牛顿 牛 n": 1 },
  pressure: { "帕 pa": 1, "千帕 kpa": 1_000, "兆帕 mpa": 1e6 },
  charge: { "安培 安 a": 1, "毫安 ma": 1e-3 },
  voltage: { "伏特 伏 v": 1, "千伏 kv": 1_000 },
  resistance: { "欧姆 欧 ω": 1, "千欧 kω": 1_000 },
  amount: { "摩尔 mol": 1 },
};

const units: ReadonlyMap<string, Unit> = new Map(
  Object.entries(spellings).flatMap(([kind, scales]) =>
    Object.entries(scales).flatMap(([names, scale]) =>
      names.split(" ").map((name) => [name, { kind, scale }] as const),
    ),
  ),
);

const longest = Math.max(...Array.from(units.keys(), (name) => name.length));

/** The unit at a position of a folded text, by its longest matching name; no letter may follow a Latin name. */
export function unitAt(
  text: string,
  at: number,
): { readonly unit: Unit; readonly end: number } | null {
  const start = text.charAt(at) === " " ? at + 1 : at;
  const ahead = text.slice(start, start + longest).toLowerCase();
  for (let length = ahead.length; length > 0; length--) {
    const name = ahead.slice(0, length);
    const unit = units.get(name);
    if (unit === undefined) continue;
    const next = text.charAt(start + length);
    if (/[a-zω]$/.test(name) && /[a-z^]/i.test(next)) continue;
    return { unit, end: start + length };
  }
  return null;
}

/** A unit by its name, or null for one that is not a unit of measure, such as 个 or 人. */
export function unitNamed(name: string): Unit | null {
  const found = unitAt(name.trim(), 0);
  return found !== null && found.end === name.trim().length ? found.unit : null;
}
