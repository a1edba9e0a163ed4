import { type Asked, groups } from "./asked.ts";
import { countWalks } from "./search/walks.ts";

/** A contract as the lines so far have it; rents by the day from which each counts. */
type Card = {
  tenant: string;
  /** The stores by the day from which each counts. */
  stores: (readonly [day: number, store: string])[];
  start: number;
  end: number;
  rents: (readonly [day: number, rent: number])[];
  /** The rent that the last correction struck out. */
  struck: number;
  /** Hundredths that are taken off, from one day to another. */
  cut: readonly [from: number, to: number, hundredths: number];
  handlers: (readonly [day: number, name: string])[];
  stopped: number;
  deposits: Set<number>;
};

const D = String.raw`(\d+)年(\d+)月(\d+)日`;
const dayOf = (text: string): number => {
  const [year = "", month = "", day = ""] = groups(new RegExp(D), text);
  return Number(year) * 10_000 + Number(month) * 100 + Number(day);
};
const numberIn = (pattern: RegExp, line: string): number =>
  Number(pattern.exec(line)?.[1] ?? Number.NaN);

/** Goes through the lines once and keeps a card for each contract; a day is the number yyyymmdd. */
function readCards(context: string): ReadonlyMap<string, Card> {
  const cards = new Map<string, Card>();
  for (const line of context.split("\n").slice(1)) {
    const [date = "", text = ""] = groups(/^(\S+?日)　(.+)$/, line);
    const renamed = /(?:改编为|以后称)租字 (\d+) 号/.exec(text)?.[1];
    const rest = text.replace(/(?:改编为|以后称)租字.*$/, "");
    const tenant = /([^，。：对现]+)所租仓位的合同/.exec(rest)?.[1];
    const id =
      /租字 (\d+) 号/.exec(rest)?.[1] ??
      [...cards].find(([, card]) => tenant?.endsWith(card.tenant) === true)?.[0];
    const own = id === undefined ? undefined : cards.get(id);
    if (id !== undefined && renamed !== undefined && own !== undefined) {
      cards.delete(id);
      cards.set(renamed, own);
    } else if (id !== undefined) enter(cards, id, dayOf(date), text);
  }
  return cards;
}

/** Orders in which contracts of some stores can be gone through. */
export function lookForAudits({
  question,
  context,
}: Pick<Asked, "question" | "context">): ReturnType<typeof countWalks> {
  const day = dayOf(question);
  const [stores = ""] = groups(/((?:[^，。、在查]+ \d+ 号库、?){2,})/, question);
  const valid = [...readCards(context).values()].filter((card) =>
    stores.split("、").some((store) => isIn(card, store, day)),
  );
  const up = numberIn(/(?:最多高|至多高) (\d+) 元/, question);
  const down = numberIn(/(?:最多低|至多低) (\d+) 元/, question);
  const rents = valid.map((card) => rentOn(card, day));
  return countWalks({
    starts: rents,
    next: valid.map((card, at) =>
      valid.flatMap((other, to) => {
        const more = (rents[to] ?? 0) - (rents[at] ?? 0);
        const isSameStore = latest(card.stores, day) === latest(other.stores, day);
        const isNear = isSameStore && more <= up && more >= -down;
        const isSameHandler = latest(card.handlers, day) === latest(other.handlers, day);
        return at !== to && (isNear || isSameHandler) ? [[to, rents[to] ?? 0] as const] : [];
      }),
    ),
    length: numberIn(/(?:抽|选|选出) (\d+) 份/, question),
    low: numberIn(/(?:不得低于|至少要有) (\d+(?:\.\d+)?) 元/, question),
    high: Number.POSITIVE_INFINITY,
  });
}

/** What the cards say to a question. */
export function solveLedger({ question, context }: Asked): string | number {
  const cards = readCards(context);
  if (question.includes("两处写的押金不一样"))
    return only([...cards].filter(([, { deposits }]) => deposits.size > 1).map(([id]) => id));
  if (question.includes("核对")) return lookForAudits({ question, context }).count;
  if (question.includes("三十分之一")) return dailyOf([...cards.values()], question);
  const paid = /(\d+)年(\d+)月[到至](\d+)年(\d+)月（/.exec(question);
  if (paid !== null) return paidOf([...cards.values()], question, paid.slice(1).map(Number));
  const store = /(?:这一天，)(\S+ \d+ 号库)/.exec(question)?.[1];
  const day = question.includes("这一天") || question.includes("在 ") ? dayOf(question) : 0;
  if (store !== undefined) {
    const rents = [...cards.values()]
      .filter((card) => isIn(card, store, day))
      .map((card) => rentOn(card, day));
    if (/合计|一共/.test(question)) return rents.reduce((sum, rent) => sum + rent, 0);
    return rents.filter((rent) => rent > numberIn(/超过 (\d+) 元/, question)).length;
  }
  const byId = /租字 (\d+) 号/.exec(question)?.[1];
  const byTenant = /([^，。]+)所租仓位的合同/.exec(question)?.[1] ?? "";
  const card =
    byId === undefined
      ? [...cards.values()].filter(({ tenant }) => byTenant.endsWith(tenant))
      : [cards.get(byId)];
  const [found] = card;
  if (found === undefined || card.length > 1) return `${card.length} contracts fit`;
  if (question.includes("押金")) {
    const [deposit] = [...found.deposits];
    return deposit ?? "文中没有说";
  }
  if (question.includes("月租金")) return rentOn(found, day);
  if (question.includes("由谁经办")) return latest(found.handlers, day);
  const { end } = found;
  return `${Math.floor(end / 10_000)}年${Math.floor(end / 100) % 100}月${end % 100}日`;
}

/** Month by month, by the card of each contract of the store. */
function paidOf(
  cards: readonly Card[],
  question: string,
  [year = 0, month = 0, lastYear = 0, lastMonth = 0]: readonly number[],
): number {
  const [store = ""] = groups(/(?:^|[，。])([^，。 ]+ \d+ 号库)/, question);
  let [sum, y, m] = [0, year, month];
  while (y < lastYear || (y === lastYear && m <= lastMonth)) {
    const day = y * 10_000 + m * 100 + 1;
    for (const card of cards) if (isIn(card, store, day)) sum += rentOn(card, day);
    [y, m] = m === 12 ? [y + 1, 1] : [y, m + 1];
  }
  return sum;
}

/** Day by day on the calendar; what a day costs is added up to the end of each month, and what is below a yuan let go. */
function dailyOf(cards: readonly Card[], question: string): number {
  const [from = 0, to = 0] = (question.match(new RegExp(D, "g")) ?? []).map(dayOf);
  const [store = ""] = groups(/(?:，|^|。)([^，。 ]+ \d+ 号库)(?:改|的租金)/, question);
  let yuan = 0;
  let due = cards.map(() => 0);
  const at = new Date(
    Date.UTC(Math.floor(from / 10_000), (Math.floor(from / 100) % 100) - 1, from % 100),
  );
  for (let day = from; day <= to;) {
    due = due.map((sum, card) => {
      const each = cards[card];
      return each !== undefined && isIn(each, store, day) ? sum + rentOn(each, day) : sum;
    });
    at.setUTCDate(at.getUTCDate() + 1);
    day = at.getUTCFullYear() * 10_000 + (at.getUTCMonth() + 1) * 100 + at.getUTCDate();
    if (day % 100 !== 1 && day <= to) continue;
    for (const sum of due) yuan += Math.floor(Number((sum / 30).toFixed(6)));
    due = cards.map(() => 0);
  }
  return yuan;
}

function enter(cards: Map<string, Card>, id: string, day: number, text: string): void {
  const card = cards.get(id);
  const deposit = /押金(?:是)? (\d+) 元/.exec(text)?.[1];
  if (card === undefined) {
    const end = /到期日为? ?(\d+年\d+月\d+日)|，(\d+年\d+月\d+日)到期/.exec(text);
    cards.set(id, {
      tenant: groups(/^与(.+?)签订|^(.+?)租下|承租方(.+?)，/, text).join(""),
      stores: [[day, groups(/(?:出租|租下|仓位在)(\S+ \d+ 号库)/, text)[0] ?? ""]],
      start: day,
      struck: 0,
      cut: [0, 0, 0],
      end: dayOf(end?.[1] ?? end?.[2] ?? ""),
      rents: [[day, numberIn(/月租金 (\d+) 元/, text)]],
      handlers: [[day, /经办人(..)|由(..)经办/.exec(text)?.slice(1).join("") ?? ""]],
      stopped: Number.POSITIVE_INFINITY,
      deposits: new Set(deposit === undefined ? [] : [Number(deposit)]),
    });
    return;
  }
  const moved = /(?:改租|迁至)(\S+ \d+ 号库)/.exec(text)?.[1];
  const percent = /(\d+)%/.exec(text)?.[1];
  if (deposit !== undefined) card.deposits.add(Number(deposit));
  else if (moved !== undefined) card.stores.push([day, moved]);
  else if (percent !== undefined) {
    const [from = 0, to = 0] = (text.match(new RegExp(D, "g")) ?? []).map(dayOf);
    card.cut = [from, to, Number(percent)];
  } else if (text.includes("减租"))
    card.cut = [card.cut[0], dayOf(/应为 (.+)/.exec(text)?.[1] ?? ""), card.cut[2]];
  else if (/更正作废|更正撤回/.test(text))
    card.rents.push([card.rents.pop()?.[0] ?? day, card.struck]);
  else if (/撤销/.test(text)) card.stopped = Number.POSITIVE_INFINITY;
  else if (/终止|作废/.test(text)) card.stopped = day;
  else if (text.includes("到期日"))
    card.end = dayOf(/(?:延至|改为|到期日是|应为) (.+)/.exec(text)?.[1] ?? "");
  else if (text.includes("经办"))
    card.handlers.push([
      day,
      /改为(..)|移交给(..)|起由(..)接替/.exec(text)?.slice(1).join("") ?? "",
    ]);
  else if (/应为|实为/.test(text)) {
    const [from, struck] = card.rents.pop() ?? [day, 0];
    card.struck = struck;
    card.rents.push([from, numberIn(/(?:应|实)为 (\d+) 元/, text)]);
  } else card.rents.push([day, numberIn(/(\d+) 元/, text.replace(/租字 \d+ 号/, ""))]);
}

const isValid = ({ start, end, stopped }: Card, day: number): boolean =>
  start <= day && day <= end && day < stopped;

const isIn = (card: Card, store: string, day: number): boolean =>
  isValid(card, day) && latest(card.stores, day) === store;

function rentOn({ rents, cut: [from, to, hundredths] }: Card, day: number): number {
  const rent = latest(rents, day);
  return from <= day && day <= to ? rent - (rent * hundredths) / 100 : rent;
}

function latest<Value>(told: readonly (readonly [number, Value])[], day: number): Value {
  const found = told.findLast(([from]) => from <= day);
  if (found === undefined) throw new Error(`nothing on ${day}`);
  return found[1];
}

function only(found: readonly string[]): string {
  return found.length === 1 ? String(found[0]) : `${found.length} contracts fit`;
}
