import type { Draw } from "../draw.ts";
import type { IslandClaim, Nature } from "./claims.ts";
import type { Island } from "./islands.ts";

/** What the kinds of people are called, and where they live. */
export type Skin = { readonly place: string } & Readonly<Record<Nature, string>>;

export const skins: readonly Skin[] = [
  { place: "岛上", honest: "君子", lying: "小人", free: "凡人" },
  { place: "山谷里", honest: "老实人", lying: "骗子", free: "滑头" },
  { place: "镇上", honest: "直肠子", lying: "谎话精", free: "两面派" },
  { place: "寨子里", honest: "红帽人", lying: "黑帽人", free: "花帽人" },
];

/** The rules of the place, in one of several wordings. */
export function rulesText(
  draw: Draw,
  { place, honest, lying, free }: Skin,
  island: Island,
): string {
  const kinds = draw.pick([
    `${honest}只说真话，${lying}只说假话`,
    `${honest}句句是真话，${lying}句句是假话`,
    `${honest}从不说假话，${lying}从不说真话`,
  ]);
  if (island.free === 0) return `${place}只有两种人：${kinds}。`;
  return `${place}有三种人：${kinds}，${free}的话可真可假。下面这些人里恰有 ${island.free} 个${free}。`;
}

export function claimText(
  draw: Draw,
  claim: IslandClaim,
  people: readonly string[],
  skin: Skin,
  sayings: number,
): string {
  const name = (at: number): string => people[at] ?? "";
  const title = (at: number): string => {
    const [who, which] = [name(at % people.length), Math.floor(at / people.length)];
    return sayings === 1 ? `${who}的话` : `${who}的${which === 0 ? "第一句话" : "第二句话"}`;
  };
  switch (claim.kind) {
    case "nature":
      return `${name(claim.who)}${claim.not ? "不是" : "是"}${skin[claim.is]}`;
    case "same": {
      const [a, b] = [name(claim.pair[0]), name(claim.pair[1])];
      return claim.not
        ? draw.pick([`${a}和${b}不是同一种人`, `${a}和${b}不是一路人`])
        : draw.pick([`${a}和${b}是同一种人`, `${a}和${b}是一路人`]);
    }
    case "count": {
      const bound = { exactly: "恰有", least: "至少有", most: "至多有" }[claim.bound];
      return draw.pick([
        `我们当中${bound} ${claim.count} 个${skin[claim.of]}`,
        `我们这些人里，${skin[claim.of]}${bound} ${claim.count} 个`,
      ]);
    }
    case "parity":
      return `我们当中${skin[claim.of]}的人数是${claim.isOdd ? "单数" : "双数"}`;
    case "joined": {
      const [p, q] = claim.parts.map((part) => claimText(draw, part, people, skin, sayings));
      if (claim.by === "if") return draw.pick([`如果${p}，那么${q}`, `要是${p}，那${q}`]);
      return claim.by === "or"
        ? draw.pick([`${p}，或者${q}，至少有一样没说错`, `‘${p}’和‘${q}’至少有一句对`])
        : draw.pick([`‘${p}’和‘${q}’恰有一句对`, `‘${p}’和‘${q}’一对一错`]);
    }
    case "parts": {
      const parts = claim.parts.map((part) => `‘${claimText(draw, part, people, skin, sayings)}’`);
      return draw.pick([
        `${parts.join("")}这三句里恰有 ${claim.count} 句对`,
        `${parts.join("")}，三句当中不多不少 ${claim.count} 句是真的`,
      ]);
    }
    case "tally": {
      const bound = { exactly: "恰有", least: "至少有", most: "至多有" }[claim.bound];
      return `${claim.about.map(title).join("、")}，这几句里${bound} ${claim.count} 句是真话`;
    }
    case "claim":
      return claim.isTrue
        ? draw.pick([`${title(claim.about)}是真的`, `${title(claim.about)}没有说错`])
        : draw.pick([`${title(claim.about)}是假的`, `${title(claim.about)}不对`]);
    case "claims": {
      const [a, b] = [title(claim.about[0]), title(claim.about[1])];
      return claim.same ? `${a}和${b}要么都真，要么都假` : `${a}和${b}一真一假`;
    }
    default:
      return unreachable(claim);
  }
}

function unreachable(claim: never): never {
  throw new Error(`no such claim: ${JSON.stringify(claim)}`);
}
