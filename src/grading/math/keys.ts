import type { Segment } from "../../text/segments/segment.ts";

/** What keys in English are called in a question. */
const names: Readonly<Record<string, string>> = {
  center: "圆心",
  centre: "圆心",
  circumcenter: "外心",
  focus: "焦点",
  foci: "焦点",
  vertex: "顶点",
  midpoint: "中点",
  intersection: "交点",
  point: "点坐标",
  radius: "半径",
  slope: "斜率",
  derivative: "导数",
  domain: "定义域",
  range: "值域",
  roots: "方程的根",
  solutions: "方程的解",
  determinant: "行列式",
  eccentricity: "离心率",
  area: "面积",
  volume: "体积",
};

/** A value under its key as a sentence: [2, 0] under "center" as 圆心: (2, 0), an object of x and y as a point. */
export function underKey({ name, text }: Segment): string {
  const key = (name ?? "").toLowerCase();
  const point = /^\{[^{}]*"x"\s*:\s*"?([^",{}]+)"?\s*,\s*"y"\s*:\s*"?([^",{}]+)"?\s*\}$/.exec(text);
  const named = unknownsTold(text);
  if (named !== null) return names[key] === undefined ? named : `${names[key]}: ${named}`;
  const list = /^\[([^[\]]*)\]$/.exec(text.trim())?.[1]?.replaceAll('"', "");
  const value =
    point === null
      ? list === undefined
        ? text
        : `(${list})`
      : `(${(point[1] ?? "").trim()},${(point[2] ?? "").trim()})`;
  // {"a": 2, "b": -1} tells of unknowns.
  if (/^[a-z]$/.test(name ?? "") && /^-?[\d./√π]+$/.test(value.trim())) return `${name}=${value}`;
  return `${names[key] ?? name ?? ""}: ${value}`;
}

/** {"y": 4, "x": 3} as x=3, y=4; null for anything but values of unknowns. */
export function unknownsTold(text: string): string | null {
  const inner = /^\{([^{}]{3,80})\}$/.exec(text.trim())?.[1];
  const pairs = (inner ?? "")
    .split(",")
    .map((each) => /^\s*"([a-z])"\s*:\s*"?(-?[\d./√π]+)"?\s*$/.exec(each));
  if (pairs.length < 2 || pairs.includes(null)) return null;
  return pairs
    .map((pair) => `${pair?.[1] ?? ""}=${pair?.[2] ?? ""}`)
    .toSorted()
    .join(", ");
}
