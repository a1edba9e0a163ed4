import type { Draw } from "../draw.ts";

import { names, towns } from "../words.ts";
import { type Lease, type ContractEvent, drawContract, firstDay, lastDay } from "./contracts.ts";
import { dateText } from "./dates.ts";
import { entryText, fillerText } from "./entries.ts";

/** The contracts of a register, those of the store that may be asked for first. */
export type Book = { readonly contracts: readonly Lease[]; readonly text: string };

export type BookOptions = {
  readonly length: number;
  /** Contracts of a store. */
  readonly perStore: number;
  readonly changes: number;
  /** Changes of less plain kinds as well. */
  readonly twists: boolean;
};

/** Names that differ in one character, so that none can be found by its looks. */
const tenants: readonly string[] =
  "青禾 清禾 青和 清和 晴禾 卿和 景和 锦禾 锦和 瑾禾 锦荷 青荷 清荷 云禾 云和 芸禾 远禾 远和 源和 沅禾"
    .split(" ")
    .flatMap((head) =>
      "茶业 茶叶 文具 文教 印务 印刷 木业 木器 灯具 灯饰 布艺 纸品 粮油 五金 药材 家具 家电 果品 水产 日化"
        .split(" ")
        .flatMap((trade) => ["行", "店", "社", "商行", "公司"].map((form) => head + trade + form)),
    );

/**
 * Contracts with their changes, told by day among entries that concern none of them, until the text is about as long as
 * wanted. `mend` may change a contract of the first store before it is told.
 */
export function drawBook(
  draw: Draw,
  { length, perStore, changes, twists }: BookOptions,
  mend: (contract: Lease, at: number) => Lease,
): Book {
  const handlers = draw.sample(names, 8);
  const freeTenants = draw.shuffle(tenants);
  const ids = new Set<string>();
  const contracts: Lease[] = [];
  const entries: { readonly day: number; readonly text: string }[] = [];
  const stores = storesOf(draw);
  const near = [1, 2, 3].map(() => stores.next().value ?? "");
  const head = twists ? `${preface}${twistedPreface}` : preface;
  let [size, store, left] = [head.length, "", 0];
  while (size < length || contracts.length < perStore) {
    const at = contracts.length / perStore;
    if (left === 0) [store, left] = [near[at] ?? stores.next().value ?? "", perStore];
    left -= 1;
    // In a long register, hardly any of the others would stay where they are.
    const open = at < mostMoving ? near : [];
    const last = contracts.at(-1)?.id ?? "";
    const id = newId(draw, ids, last);
    const tenant = freeTenants[contracts.length % freeTenants.length] ?? "";
    const drawn = drawContract(
      draw,
      { id, tenant, store },
      {
        handlers,
        changes,
        twists: twists ? { newId: () => newId(draw, ids, id), stores: open } : null,
      },
    );
    const contract = mend(drawn, contracts.length);
    contracts.push(contract);
    let known = contract;
    const told = contract.events.map((event: ContractEvent) => {
      const text = entryText(draw, known, event, twists);
      if (event.kind === "renumber") known = { ...known, id: event.id };
      return { day: event.day, text };
    });
    if (draw.int(0, 1) === 0)
      told.push({ day: draw.int(firstDay, lastDay), text: fillerText(draw) });
    entries.push(...told);
    size += told.reduce((sum, { text }) => sum + text.length + 12, 0);
  }
  const lines = entries
    .toSorted((a, b) => a.day - b.day)
    .map(({ day, text }) => `${dateText(day)}　${text}`);
  return { contracts, text: [head, ...lines].join("\n") };
}

const preface =
  "仓储合同登记簿。按日期先后记录。说明：各仓位自签订之日起租，到期日当天合同仍有效；调整自记录当日起生效；更正自始有效，按更正后的算；终止自记录当日起不再有效，终止又撤销的，视同没有终止。";

/** The contracts of so many stores may move. */
const mostMoving = 5;

const twistedPreface =
  "更正视同被更正的那条记录当初就是这样写的；更正作废的，视同没有更正；减租从写明的起始日算起，不论何时记录，按当天的月租金打折，月租金调整的，按调整后的打折；换库自记录当日起算在新库；改编字号后，以后的记录只写新号，也可能只写承租方。";

/** Four digits, often those of another contract in another order. */
function newId(draw: Draw, ids: Set<string>, last: string): string {
  for (let tried = 0; ; tried += 1) {
    const isLike = last !== "" && tried === 0 && draw.int(0, 1) === 0;
    const id = isLike
      ? draw.shuffle(Array.from(last)).join("")
      : String(draw.int(1_000, ids.size > 3_000 ? 99_999 : 9_999));
    if (ids.has(id) || id.startsWith("0")) continue;
    ids.add(id);
    return id;
  }
}

function* storesOf(draw: Draw): Generator<string, undefined> {
  for (let round = 0; ; round += 1)
    for (const town of draw.shuffle(towns))
      for (const number of draw.shuffle([1, 2, 3, 4, 5]))
        yield `${town} ${number + 5 * round} 号库`;
}
