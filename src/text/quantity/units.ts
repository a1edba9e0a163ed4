import type { Rational } from "./rational.ts";

import { decimal, over } from "./rational.ts";

/** What a unit measures, as powers of base kinds: metres per second are length 1, time -1. */
export type Dimensions = Readonly<Record<string, number>>;
export type Atom = { readonly dimensions: Dimensions; readonly scale: Rational };

/** Names and how many base units they hold; a fraction where that is no decimal. */
type Names = Readonly<Record<string, string>>;
type Group = { readonly dimensions: Dimensions; readonly names: Names };

const groups: readonly Group[] = [
  {
    dimensions: { length: 1 },
    names: {
      "纳米 nm": "1e-9",
      "微米 μm um": "1e-6",
      "毫米 mm millimeter millimeters millimetre millimetres": "1e-3",
      "厘米 公分 cm centimeter centimeters centimetre centimetres": "1e-2",
      "分米 dm": "0.1",
      "米 公尺 m meter meters metre metres": "1",
      "千米 公里 km kms kilometer kilometers kilometre kilometres": "1000",
      "里 华里": "500",
      "市尺 尺": "1/3",
      丈: "10/3",
      "海里 nmi": "1852",
      光年: "9.4607e15",
      "英里 mile miles mi": "1609.344",
      "英尺 foot feet ft": "0.3048",
      "英寸 inch inches": "0.0254",
      "yard yards yd": "0.9144",
    },
  },
  {
    dimensions: { mass: 1 },
    names: {
      "毫克 mg": "1e-6",
      "克 g gram grams": "1e-3",
      "两 市两": "0.05",
      "斤 市斤": "0.5",
      "千克 公斤 kg kgs kilogram kilograms": "1",
      "吨 公吨 t tonne tonnes": "1000",
      "磅 pound pounds lb lbs": "0.45359237",
      "盎司 ounce ounces oz": "0.028349523125",
    },
  },
  {
    dimensions: { time: 1 },
    names: {
      "毫秒 ms": "1e-3",
      "秒 秒钟 s sec second seconds": "1",
      "分钟 min mins minute minutes": "60",
      "刻钟 刻": "900",
      "小时 个小时 钟头 个钟头 h hr hrs hour hours": "3600",
      "天 日 个工作日 工作日 day days": "86400",
      "周 星期 个星期 week weeks": "604800",
    },
  },
  {
    dimensions: { month: 1 },
    names: { "个月 月 month months": "1", "季度 个季度": "3", "年 周年 year years": "12" },
  },
  {
    dimensions: { length: 2 },
    names: { 平米: "1", 亩: "2000/3", "公顷 ha hectare hectares": "10000" },
  },
  {
    dimensions: { length: 3 },
    names: {
      "毫升 ml": "1e-6",
      "升 公升 l liter liters litre litres": "1e-3",
      "加仑 gallon gallons": "0.003785411784",
    },
  },
  {
    dimensions: { money: 1 },
    names: { "元 块 块钱 圆 元钱 元人民币 人民币 rmb cny yuan": "1", "角 毛": "0.1", 分钱: "0.01" },
  },
  {
    dimensions: { usd: 1 },
    names: { "美元 美金 usd dollar dollars": "1", "美分 cents cent": "0.01" },
  },
  { dimensions: { eur: 1 }, names: { "欧元 eur euro euros €": "1" } },
  { dimensions: { gbp: 1 }, names: { "英镑 gbp £": "1" } },
  { dimensions: { jpy: 1 }, names: { "日元 日圆 円 jpy yen": "1" } },
  { dimensions: { hkd: 1 }, names: { "港元 港币 hkd": "1" } },
  { dimensions: { twd: 1 }, names: { "新台币 台币 ntd twd": "1" } },
  { dimensions: { mop: 1 }, names: { "澳门元 澳门币 mop": "1" } },
  { dimensions: { krw: 1 }, names: { "韩元 韩币 krw won ₩": "1" } },
  { dimensions: { aud: 1 }, names: { "澳元 澳币 aud": "1" } },
  { dimensions: { cad: 1 }, names: { "加元 加币 cad": "1" } },
  { dimensions: { sgd: 1 }, names: { "新加坡元 新元 新币 sgd": "1" } },
  { dimensions: { rub: 1 }, names: { "卢布 rub ₽": "1" } },
  { dimensions: { inr: 1 }, names: { "卢比 印度卢比 inr rupee rupees ₹": "1" } },
  { dimensions: { thb: 1 }, names: { "泰铢 thb baht": "1" } },
  { dimensions: { celsius: 1 }, names: { "°c 摄氏度 c°": "1" } },
  { dimensions: { fahrenheit: 1 }, names: { "°f 华氏度": "1" } },
  { dimensions: { kelvin: 1 }, names: { 开尔文: "1" } },
  // Degrees of an angle or of temperature, or kilowatt hours: the gold says which.
  { dimensions: { degree: 1 }, names: { "° 度": "1" } },
  { dimensions: { discount: 1 }, names: { 折: "1" } },
  // Minutes, hundredths of a yuan, or points.
  { dimensions: { fen: 1 }, names: { 分: "1" } },
  {
    dimensions: { mass: 1, length: 2, time: -2 },
    names: {
      "焦耳 焦 j": "1",
      "千焦 kj": "1000",
      "千瓦时 kw·h kwh": "3.6e6",
      "卡路里 cal": "4.184",
      "千卡 大卡 kcal": "4184",
    },
  },
  {
    dimensions: { mass: 1, length: 2, time: -3 },
    names: { "瓦特 瓦 w": "1", "千瓦 kw": "1000", "兆瓦 mw": "1e6", 马力: "735.49875" },
  },
  { dimensions: { mass: 1, length: 1, time: -2 }, names: { "牛顿 牛 n": "1", 千牛: "1000" } },
  {
    dimensions: { mass: 1, length: -1, time: -2 },
    names: { "帕斯卡 帕 pa": "1", "千帕 kpa": "1000", "兆帕 mpa": "1e6" },
  },
  { dimensions: { current: 1 }, names: { "安培 安 a": "1", "毫安 ma": "1e-3" } },
  { dimensions: { voltage: 1 }, names: { "伏特 伏 v": "1", "千伏 kv": "1000" } },
  { dimensions: { resistance: 1 }, names: { "欧姆 欧 ω": "1", "千欧 kω": "1000" } },
  { dimensions: { time: -1 }, names: { "赫兹 赫 hz": "1", "千赫 khz": "1000", "兆赫 mhz": "1e6" } },
  { dimensions: { amount: 1 }, names: { "摩尔 mol": "1", 毫摩尔: "1e-3" } },
  {
    dimensions: { byte: 1 },
    names: {
      "字节 b": "1",
      "kb 千字节": "1024",
      "mb 兆 兆字节": "1048576",
      "gb 吉字节 个g": "1073741824",
      tb: "1099511627776",
    },
  },
  {
    dimensions: { count: 1 },
    names: {
      "个 只 名 位 本 把 张 辆 页 次 种 场 条 棵 件 间 座 层 朵 颗 根 株 艘 台 套 双 对 支 枝 瓶 盒 箱 袋 杯 匹 头 口 户 篇 首 幅 块儿 道 题 笔 画 步 盏 排 列 级 倍 趟 人 岁 人次 个人 周岁 people persons":
        "1",
    },
  },
];

const scaleOf = (text: string): Rational => {
  const [upper = "", lower = "1"] = text.split("/");
  const [n, d] = [decimal(upper), decimal(lower)];
  if (n === null || d === null) throw new RangeError(`${text} is no scale of a unit`);
  return over(n, d);
};

const atoms: ReadonlyMap<string, Atom> = new Map(
  groups.flatMap(({ dimensions, names }) =>
    Object.entries(names).flatMap(([spellings, scale]) => {
      const atom = { dimensions, scale: scaleOf(scale) };
      return spellings.split(" ").map((name) => [name, atom] as const);
    }),
  ),
);
/** Capitals that stand for bytes or for a unit of another kind: 26G of data or of flour. */
const capitals: ReadonlyMap<string, Atom> = new Map(
  ["G", "M", "T"].map((letter) => [
    letter,
    { dimensions: { [`capital ${letter}`]: 1 }, scale: scaleOf("1") },
  ]),
);

/** What 时 and 分 stand for after a slash or 每. */
const below: ReadonlyMap<string, string> = new Map([
  ["时", "小时"],
  ["分", "分钟"],
]);
const longest = Math.max(...Array.from(atoms.keys(), (name) => name.length));

/** No name begins with another sign. */
const firsts: ReadonlySet<string> = new Set(
  [...atoms.keys(), ...below.keys()].map((name) => name.charAt(0)),
);
const mayBegin = (sign: string): boolean => firsts.has(sign.toLowerCase().charAt(0));

export type FoundAtom = { readonly atom: Atom; readonly end: number };

/**
 * The unit without exponents at a position of a folded text, by its longest matching name. No letter may follow a Latin
 * name. Below a fraction bar, 时 is an hour and 分 a minute.
 */
export function atomAt(text: string, at: number, isBelow: boolean): FoundAtom | null {
  const capital = capitals.get(text.charAt(at));
  if (capital !== undefined && !/[A-Za-z]/.test(text.charAt(at + 1)))
    return { atom: capital, end: at + 1 };
  if (!mayBegin(text.charAt(at))) return null;
  const ahead = text.slice(at, at + longest).toLowerCase();
  for (let length = ahead.length; length > 0; length--) {
    const name = ahead.slice(0, length);
    const atom = atoms.get((isBelow ? below.get(name) : undefined) ?? name);
    if (atom === undefined) continue;
    if (name === "折" && /[叠射线旧断合页屏伞扇回返磨腾纸]/.test(text.charAt(at + 1))) continue;
    if (/[a-zω]$/.test(name) && /[a-z]/i.test(text.charAt(at + length))) continue;
    return { atom, end: at + length };
  }
  return null;
}
