import { type Asked, groups } from "./asked.ts";
import { solveCart } from "./search/cart.ts";
import { lookForOrders } from "./search/fair.ts";

/** The last value that is told under each name, with its unit. */
type Told = ReadonlyMap<string, { readonly value: bigint; readonly unit: string }>;

const thousandths = 1_000n;
/** A decimal as a whole number of thousandths. */
const decimal = (text: string): bigint => {
  const [whole = "0", rest = ""] = text.split(".");
  return BigInt(whole) * thousandths + BigInt(rest.padEnd(3, "0"));
};

/** Works in whole numbers of millionths of a fen; reads each sentence for itself. */
export function solveBilling({ question }: Asked): number {
  if (question.includes("甲券：")) return solveCart(question);
  if (question.includes("送券：")) return lookForOrders(question).count;
  const [text = "", asked = ""] = question.split("\n");
  const sentences = text.split("。").slice(0, -1);
  const told = new Map<string, { readonly value: bigint; readonly unit: string }>();
  for (const sentence of sentences) {
    const found =
      /^更正：(.+?)应为 ([\d.]+) (\S+?)，不是/.exec(sentence) ??
      /^核对后发现，(.+?)记错了，实际是 ([\d.]+) (\S+)$/.exec(sentence) ??
      /^(?:账上记着：)?(\S+?)(?:是|为|) ([\d.]+) (\S+)$/.exec(sentence);
    if (found !== null)
      told.set(found[1] ?? "", { value: decimal(found[2] ?? ""), unit: found[3] ?? "" });
  }
  const rule = (start: string): readonly bigint[] => {
    const sentence = sentences.find((each) => each.startsWith(start));
    return (sentence?.match(/\d+(?:\.\d+)?/g) ?? []).map(decimal);
  };
  const spent = (owner: string): bigint =>
    goodsOf(owner, told, rule(`${owner}买的东西先算折扣`)) +
    powerOf(owner, told, rule("电费分三档")) +
    taxOf(owner, told, rule("个人所得税")) +
    rideOf(owner, told, rule("打车 3 千米以内")) +
    parkingOf(owner, told, rule("停车头一个小时")) +
    fieldOf(owner, told);
  const [which = ""] = groups(
    /(?:这几项|只算买东西)，这个月(.+?)(?:多花|扣掉退款|一共|要付|合起来)/,
    asked,
  );
  if (which.includes("比")) {
    const [more = "", less = ""] = which.split("比");
    return inYuan(spent(more) - spent(less));
  }
  return inYuan(which.split("、").reduce((sum, owner) => sum + spent(owner), 0n));
}

/** Sums are kept in thousandths of a thousandth of a yuan. */
const inYuan = (amount: bigint): number => {
  if (amount % 10_000n !== 0n) throw new Error(`not whole fen: ${amount}`);
  return Number(amount / 10_000n) / 100;
};

const half = new Map([
  ["两", 1n],
  ["斤", 10n],
  ["千克", 20n],
]);
const inLiang = ({ value, unit }: { readonly value: bigint; readonly unit: string }): bigint =>
  value * (half.get(unit) ?? 0n);

function goodsOf(owner: string, told: Told, rule: readonly bigint[]): bigint {
  let sum = 0n;
  for (const [name, price] of told) {
    const food = new RegExp(`^${owner}买的(.+)单价$`).exec(name)?.[1];
    if (food === undefined) continue;
    const bought = told.get(`${owner}买的${food}分量`);
    const back = told.get(`${owner}退掉的${food}分量`);
    const discount = told.get(`${owner}买的${food}折扣`)?.value ?? 10_000n;
    if (bought === undefined) throw new Error(`how much ${food}?`);
    const weight = inLiang(bought) - (back === undefined ? 0n : inLiang(back));
    const per = half.get(price.unit.slice(2)) ?? 1n;
    const scaled = weight * price.value * discount;
    if (scaled % (per * 10_000n) !== 0n) throw new Error(`${food} is not whole`);
    sum += scaled / (per * 10_000n);
  }
  const [step, off = 0n, most = 0n] = rule;
  if (step === undefined) return sum;
  const times = sum / (step * thousandths);
  const reduction = times * off < most ? times * off : most;
  return sum - reduction * thousandths;
}

const valueOf = (told: Told, name: string): bigint | null => told.get(name)?.value ?? null;

/** Adds up unit by unit what lies in each step; rates in thousandths. */
function stepped(amount: bigint, limits: readonly bigint[], rates: readonly bigint[]): bigint {
  let [left, from, sum] = [amount, 0n, 0n];
  for (const [at, rate] of rates.entries()) {
    const limit = limits[at];
    const room = limit === undefined ? left : limit - from;
    const part = left < room ? left : room;
    sum += part * rate;
    left -= part;
    from = limit ?? from;
  }
  return sum;
}

function powerOf(owner: string, told: Told, rule: readonly bigint[]): bigint {
  const [before, after] = [
    valueOf(told, `${owner}家电表月初读数`),
    valueOf(told, `${owner}家电表月末读数`),
  ];
  if (before === null || after === null) return 0n;
  const [low = 0n, a = 0n, , high = 0n, b = 0n, , c = 0n] = rule;
  return stepped(after - before, [low, high], [a, b, c]);
}

function taxOf(owner: string, told: Told, rule: readonly bigint[]): bigint {
  const [wage, less] = [
    valueOf(told, `${owner}这个月的工资`),
    valueOf(told, `${owner}这个月的专项扣除`),
  ];
  if (wage === null || less === null) return 0n;
  const [free = 0n, low = 0n, a = 0n, , high = 0n, b = 0n, , c = 0n] = rule;
  const taxed = wage - free - less;
  return taxed <= 0n ? 0n : stepped(taxed, [low, high], [a, b, c]) / 100n;
}

function rideOf(owner: string, told: Told, rule: readonly bigint[]): bigint {
  const length = valueOf(told, `${owner}打车的里程`);
  if (length === null) return 0n;
  const [near = 0n, base = 0n, , rate = 0n, far = 0n, more = 0n] = rule;
  return base * thousandths + stepped(length - near, [far - near], [rate, rate + more]);
}

function parkingOf(owner: string, told: Told, rule: readonly bigint[]): bigint {
  const minutes = valueOf(told, `${owner}停车的时长`);
  if (minutes === null) return 0n;
  const [first = 0n, each = 0n, most = 0n] = rule;
  let sum = first;
  for (let left = minutes - 60_000n; left > 0n; left -= 30_000n) sum += each;
  return (sum < most ? sum : most) * thousandths;
}

function fieldOf(owner: string, told: Told): bigint {
  const area = told.get(`${owner}菜地的面积`);
  const [each, price] = [
    valueOf(told, `${owner}菜地每亩的用肥量`),
    valueOf(told, `${owner}买肥料的单价`),
  ];
  if (area === undefined || each === null || price === null) return 0n;
  const mu = area.unit === "公顷" ? area.value * 15n : area.value;
  return (mu * each * price) / (2n * thousandths);
}
