import { fold } from "../../text/normalise.ts";
import { withRaised } from "../../text/raised.ts";
import { prepared } from "./same.ts";
import { structureOf } from "./structure.ts";

/** What an answer is by its form. */
export type FormulaKind =
  | "region"
  | "set"
  | "point"
  | "matrix"
  | "equation"
  | "value"
  | "expression"
  | "none";

/** What is known of the wanted formula besides its value: its forms, the question, and the names of its unknowns. */
export type WantedFormula = {
  readonly kinds: ReadonlySet<FormulaKind>;
  /** x and y where the answer is x=3, y=2. */
  readonly unknowns: readonly string[];
  /** Neighbouring Chinese characters of the question's last part that asks. */
  readonly words: ReadonlySet<string>;
  /** The same of all of the question. */
  readonly known: ReadonlySet<string>;
  /** The last part that asks, and all of the question, without white space and dollars. */
  readonly asking: string;
  readonly squeezed: string;
};

/** Reads golds for their form only. */
export function wantedFormula(golds: readonly string[], written: string): WantedFormula {
  const question = fold(withRaised(written));
  const forms = golds.map((gold) => prepared(gold));
  const asksPoint = /交点|坐标|解|点|向量|中心|圆心/.test(question);
  const named =
    forms
      .map((form) => [...unknownsOf(form), ...(asksPoint ? coordinatesOf(form) : [])])
      .find((names) => names.length > 1) ?? [];
  const asking = question.split(/[。;；\n]/).findLast((part) => part.trim() !== "") ?? "";
  return {
    kinds: new Set(forms.flatMap(kindsOf)),
    unknowns: named,
    asking: squeezed(asking.split(/[,，]/).findLast((part) => part.trim() !== "") ?? ""),
    words: new Set(pairsOf(asking)),
    known: new Set(pairsOf(question)),
    squeezed: squeezed(question),
  };
}

const letters: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  theta: "θ",
  pi: "π",
  lambda: "λ",
  omega: "ω",
  varphi: "φ",
  cdot: "*",
  times: "*",
  dfrac: "\\frac",
  tfrac: "\\frac",
  left: "",
  right: "",
  displaystyle: "",
  mathrm: "",
};

/** Without what only sets the type, so that a name in the question and in the reply are alike. */
export const squeezed = (text: string): string =>
  text
    .replaceAll(/\\([a-zA-Z]+)/g, (all, name: string) =>
      /^(?:sin|cos|tan|cot|ln|lg|log|lim)$/.test(name) ? name : (letters[name] ?? all),
    )
    .replaceAll(/[\s$]/g, "")
    .replaceAll(/[×·]/g, "*")
    .replaceAll(/[−–]/g, "-")
    .replaceAll(/\^\{(\w)\}/g, "^$1")
    .replaceAll(/_\{(\w)\}/g, "_$1");

/** Neighbouring Chinese characters, without words of asking. */
export function pairsOf(text: string): readonly string[] {
  const words = text.replaceAll(/等于|是|为|的|求|解|计算|函数/g, " ");
  const pairs = Array.from({ length: Math.max(0, words.length - 1) }, (_, at) =>
    words.slice(at, at + 2),
  ).filter((pair) => /^\p{Script=Han}{2}$/u.test(pair));
  // x轴 is not y轴.
  const lettered =
    words.replaceAll(/[\s$]/g, "").match(/(?<![a-zA-Z])[a-zA-Z]\p{Script=Han}/gu) ?? [];
  return [...pairs, ...lettered];
}

/** The forms that a formula may count as: (1,2) is an interval and a point. */
export function kindsOf(form: string): readonly FormulaKind[] {
  const { kind, parts, brackets } = structureOf(form);
  if (kind === "matrix") return ["matrix"];
  if (kind === "union") return form.includes("=") ? ["equation"] : ["region", "set"];
  if (kind === "set") return ["set", ...(form.includes("|") ? (["region"] as const) : [])];
  if (kind === "interval")
    return /[<>≤≥≠∈]/.test(form) || brackets !== "()" || form.includes("∞")
      ? ["region"]
      : ["region", "point"];
  if (kind === "point") return ["point"];
  if (kind === "list")
    return [
      "set",
      "point",
      ...(parts.every((part) => /[<>≤≥∞]/.test(part)) ? (["region"] as const) : []),
    ];
  const [only = ""] = parts;
  if (only === "∅" || only === "ℝ") return ["region", "set"];
  if (/[<>≤≥≠]/.test(only)) return ["region"];
  const sides = only.split("=");
  const letters = lettersOf(sides.at(-1) ?? "");
  if (sides.length > 1 && lettersOf(sides[0] ?? "").length > 0 && letters.length > 0)
    return ["equation", "expression"];
  if (sides.length > 1 && /[xy]/.test(lettersOf(sides[0] ?? "")) && lettersOf(only).length > 1)
    return ["equation"];
  return letters.length > 0 ? ["expression"] : ["value"];
}

const lettersOf = (text: string): string =>
  text
    .replaceAll(/\\[a-zA-Z]+|(?:arc)?(?:sin|cos|tan|cot|log|ln|lg)|[eiC](?![a-zA-Z])/g, " ")
    .replaceAll(/[^a-zA-Z]/g, "");

/** x and y of a point in the plane. */
function coordinatesOf(form: string): readonly string[] {
  const { kind, parts, brackets } = structureOf(form);
  return (kind === "interval" || kind === "point") && brackets === "()"
    ? ["x", "y", "z"].slice(0, parts.length)
    : [];
}

function unknownsOf(form: string): readonly string[] {
  const { kind, parts } = structureOf(form);
  if (kind !== "list") return [];
  const names = parts.map((part) => /^([a-zA-Z])\s*=/.exec(part.trim())?.[1] ?? "");
  return new Set(names).size === names.length && !names.includes("") ? names : [];
}
