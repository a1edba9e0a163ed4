import type { Chance } from "../environment.ts";
import type {
  CategoryRule,
  OrderLine,
  Product,
  ReturnRequest,
  ReturnsState,
  ShopOrder,
} from "./state.ts";

import { dayAfter } from "../days.ts";
import { drawPlots, mixOf } from "../levels.ts";
import { people } from "../people.ts";

const plots = {
  plain: ["faulty", "cancel"],
  tricky: ["fee", "exchange", "reship", "approval"],
  declined: ["late", "excluded", "no stock", "sent", "other's", "too many"],
  conflicting: ["member", "excluded but faulty", "faulty and no stock", "nothing to reship"],
} as const;
type Plot = (typeof plots)[keyof typeof plots][number];

const warehouses = ["东莞仓", "武汉仓", "天津仓"];
const goods: readonly (readonly [category: string, name: string, specs: readonly string[]])[] = [
  ["服装", "衬衫", ["蓝色 M 码", "蓝色 L 码", "白色 M 码"]],
  ["服装", "运动鞋", ["41 码", "42 码", "43 码"]],
  ["服装", "羽绒服", ["黑色", "米色", "军绿色"]],
  ["家居", "床单", ["1.5 米", "1.8 米", "2.0 米"]],
  ["家居", "毛毯", ["灰色", "驼色", "深蓝色"]],
  ["家电", "电饭煲", ["3 升", "4 升", "5 升"]],
  ["家电", "台灯", ["白色", "木色", "黑色"]],
  ["数码", "耳机", ["有线版", "无线版", "降噪版"]],
  ["数码", "键盘", ["茶轴", "红轴", "青轴"]],
  ["定制", "刻字钢笔", ["银色", "金色", "黑色"]],
  ["定制", "纪念相册", ["小号", "中号", "大号"]],
  ["生鲜", "草莓礼盒", ["两斤装", "四斤装", "六斤装"]],
];

/** What a seed and a level start with. */
export function drawReturns(draw: Chance, level: number): ReturnsState {
  const mix = mixOf(level);
  const chosen = drawPlots(draw, mix, plots);
  const date = `2026-0${draw.int(3, 9)}-${draw.int(18, 28)}`;
  const phone = `137${draw.int(10_000_000, 99_999_999)}`;
  const base = { skus: draw.int(10, 80) * 100, orders: draw.int(100, 800) * 10 };
  const products = draw.shuffle(goods).flatMap(([category, name, specs], at) =>
    specs.map((spec, which) => ({
      sku: `S${base.skus + at * 5 + which}`,
      name,
      spec,
      category,
    })),
  );
  const rules = drawRules(draw);
  const member_days = draw.int(2, 4);
  const named = productsFor(chosen, products);
  const made = chosen.map((plot, at) => {
    const [product, to, like] = products.filter((each) => each.name === named.get(plot));
    if (product === undefined || to === undefined || like === undefined)
      throw new RangeError(`no product is left for ${plot}`);
    const rule = rules.find(({ category }) => category === product.category);
    const id = `A${base.orders + at}`;
    return drawRequest(draw, plot, { product, to, like, rule, id, phone, date, member_days });
  });
  const left = products.filter(({ name }) => ![...named.values()].includes(name));
  const distractors = Array.from({ length: mix.distractors }, (_, at): ShopOrder => {
    // Half of them hold a product that is asked about, from another order.
    const asked = made[at % made.length]?.request.sku ?? "";
    const sku = at % 2 === 0 ? asked : (draw.pick(left).sku ?? "");
    return {
      id: `A${base.orders + chosen.length + at}`,
      phone,
      ordered: dayAfter(date, -60 - at),
      signed: dayAfter(date, -56 - at),
      warehouse: draw.pick(warehouses),
      lines: [{ sku, price: draw.int(4, 20) * 20, quantity: 2, shipped: 2 }],
    };
  });
  return {
    clock: 0,
    busy: {},
    forbidden: [],
    breaches: [],
    date,
    name: draw.pick(people),
    phone,
    isMember: chosen.includes("member"),
    member_days,
    approval_above: 1_000,
    orders: [...draw.shuffle([...made.map(({ order }) => order), ...distractors])],
    products: [...products],
    rules: [...rules],
    stock: made.flatMap(({ stock }) => stock),
    requests: made.map(({ request }) => request),
    listed: false,
    opened: [],
    read: [],
    searched: [],
    counted: [],
    approvals: [],
    done: [],
    closed: false,
  };
}

/** What each plot is about: no two are about products of one name, and those that can be about few choose first. */
function productsFor(
  chosen: readonly Plot[],
  products: readonly Product[],
): ReadonlyMap<Plot, string> {
  const named = new Map<Plot, string>();
  const pickiest = chosen.toSorted((a, b) => categoriesFor(a).length - categoriesFor(b).length);
  for (const plot of pickiest) {
    const taken = new Set(named.values());
    const found = products.find(
      ({ category, name }) => categoriesFor(plot).includes(category) && !taken.has(name),
    );
    if (found !== undefined) named.set(plot, found.name);
  }
  return named;
}

function categoriesFor(plot: Plot): readonly string[] {
  if (plot === "excluded") return ["定制", "生鲜"];
  if (plot === "excluded but faulty") return ["定制"];
  return plot === "fee" ? ["家电", "数码"] : ["服装", "家居", "家电", "数码"];
}

type Drawn = {
  readonly product: Product;
  readonly to: Product;
  /** A third product of the name, which nobody asks for. */
  readonly like: Product;
  readonly rule: CategoryRule | undefined;
  readonly id: string;
  readonly phone: string;
  readonly date: string;
  readonly member_days: number;
};

/** The order that a plot is about, what is asked, and what the warehouses hold. */
function drawRequest(
  draw: Chance,
  plot: Plot,
  { product, to, like, rule, id, phone, date, member_days }: Drawn,
): {
  readonly order: ShopOrder;
  readonly request: ReturnRequest;
  readonly stock: ReturnsState["stock"];
} {
  const want = wantOf(plot);
  const isFaulty =
    plot === "late"
      ? draw.pick([true, false])
      : ["faulty", "approval", "too many", "excluded but faulty", "faulty and no stock"].includes(
          plot,
        );
  const longest = isFaulty ? (rule?.quality_days ?? 0) : (rule?.no_reason_days ?? 1);
  const days =
    plot === "late"
      ? longest + (isFaulty ? 0 : member_days) + draw.int(1, 9)
      : plot === "member"
        ? longest + draw.int(1, member_days)
        : draw.int(1, longest);
  const quantity = plot === "approval" ? 2 : draw.int(plot === "too many" ? 2 : 1, 3);
  const isOpen = want === "cancel" || want === "reship";
  const unsent = plot === "sent" ? draw.int(0, quantity - 1) : quantity;
  const line: OrderLine = {
    sku: product.sku,
    price: (plot === "approval" ? draw.int(28, 45) : draw.int(2, 16)) * 20,
    quantity: quantity + (plot === "too many" ? 1 : 2),
    shipped: isOpen
      ? quantity + 2 - unsent
      : quantity + (plot === "too many" ? -1 : draw.int(0, 2)),
  };
  const own = draw.pick(warehouses);
  const ordered = dayAfter(date, -days - draw.int(2, 5));
  const order: ShopOrder = {
    id,
    phone: plot === "other's" ? `136${draw.int(10_000_000, 99_999_999)}` : phone,
    ordered,
    signed: dayAfter(date, -days),
    warehouse: own,
    lines: [
      ...draw.shuffle([
        line,
        { sku: like.sku, price: draw.int(2, 16) * 20, quantity: 1, shipped: 1 },
      ]),
    ],
  };
  const needed = want === "exchange" ? to : product;
  const isEmpty = ["no stock", "faulty and no stock", "nothing to reship"].includes(plot);
  return {
    order,
    request: {
      order: id,
      sku: product.sku,
      want,
      quantity,
      reason: isFaulty ? "质量问题" : "无理由",
      to: want === "exchange" ? to.sku : null,
    },
    stock: [
      ...stockOf(draw, needed.sku, quantity, isEmpty),
      ...(needed === to ? stockOf(draw, product.sku, quantity, false) : []),
    ],
  };
}

function wantOf(plot: Plot): ReturnRequest["want"] {
  switch (plot) {
    case "cancel":
    case "sent":
      return "cancel";
    case "reship":
    case "nothing to reship":
      return "reship";
    case "exchange":
    case "no stock":
    case "faulty and no stock":
      return "exchange";
    case "faulty":
    case "fee":
    case "approval":
    case "late":
    case "excluded":
    case "other's":
    case "too many":
    case "member":
    case "excluded but faulty":
      return "return";
  }
}

/** No two warehouses hold the same, so that one holds most. */
function stockOf(
  draw: Chance,
  sku: string,
  quantity: number,
  isEmpty: boolean,
): ReturnsState["stock"] {
  const counts = isEmpty
    ? draw.shuffle([0, quantity - 1, quantity - 1])
    : draw.shuffle([
        draw.int(0, quantity - 1),
        quantity + draw.int(0, 2),
        quantity + draw.int(3, 9),
      ]);
  return warehouses.map((warehouse, at) => ({ sku, warehouse, quantity: counts[at] ?? 0 }));
}

const drawRules = (draw: Chance): readonly CategoryRule[] =>
  [...new Set(goods.map(([category]) => category))].map((category) => ({
    category,
    no_reason_days: category === "定制" || category === "生鲜" ? null : draw.pick([7, 10, 15]),
    quality_days: category === "生鲜" ? 2 : draw.pick([20, 30, 40]),
    restocking_percent: category === "家电" || category === "数码" ? draw.int(1, 4) * 5 : 0,
  }));
