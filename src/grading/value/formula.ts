import { undressed } from "../../text/answer-fold.ts";
import { defineValueType } from "./value-type.ts";

/** The sides of an equation, each side's terms sorted; a formula is one side with one term. */
type Formula = readonly (readonly string[])[];

const elements =
  "H|He|Li|Be|B|C|N|O|F|Ne|Na|Mg|Al|Si|P|S|Cl|Ar|K|Ca|Sc|Ti|V|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|As|Se|Br|Kr|Rb|Sr|Y|Zr|Nb|Mo|Tc|Ru|Rh|Pd|Ag|Cd|In|Sn|Sb|Te|I|Xe|Cs|Ba|La|Ce|Pr|Nd|Pm|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu|Hf|Ta|W|Re|Os|Ir|Pt|Au|Hg|Tl|Pb|Bi|Po|At|Rn|Fr|Ra|Ac|Th|Pa|U|Np|Pu|Am|D|T";
const atom = `(?:${elements
  .split("|")
  .toSorted((a, b) => b.length - a.length)
  .join("|")})`;
const charge = "(?:\\^?\\d{0,2}[+-]|\\^[+-]\\d{0,2})";
const unit = `(?:${atom}\\d{0,4}|[()[\\]]\\d{0,3})`;
const species = `\\d{0,3}(?:${unit}){1,60}(?:[·.*]\\d{0,3}(?:${unit}){1,20})?${charge}?`;
const term = new RegExp(`^(?:${species}|\\d{0,3}e\\^?-)$`);
const arrow =
  /\s*(?:-{1,3}>|=+>?|→|⟶|⇌|⇋|↔|←|<?-{2,}>?|\\(?:rightarrow|rightleftharpoons|xrightarrow|longrightarrow))\s*/;
const mention = new RegExp(
  `(?<![A-Za-z])${species}(?:\\s*[+]\\s*${species})*(?:\\s*(?:=+|-{1,2}>|→|⟶|⇌)\\s*${species}(?:\\s*[+]\\s*${species})*)?(?![A-Za-z])`,
  "g",
);

/** A chemical formula or equation: Fe2O3, Fe₂O₃, \ce{Fe2O3}, SO4^2-, 2H2 + O2 = 2H2O. Upper and lower case count. */
export const formula = defineValueType<Formula>({
  expected: {
    zh: "化学式或化学方程式，如 Fe2O3、SO4^2-",
    en: "a chemical formula or equation such as Fe2O3",
  },
  parse: (text) => formulaOf(bareOf(text)),
  mentions: (text) => Array.from(bareOf(text).matchAll(mention), ([found]) => found),
  compare: (gold, reply) => (JSON.stringify(gold) === JSON.stringify(reply) ? "same" : "different"),
});

/** Without what stands over an arrow, states, gas and precipitate arrows, underscores and outer marks. */
const bareOf = (text: string): string =>
  undressed(
    text
      .replaceAll(/\\xrightarrow(?:\[[^\]]{0,40}\])?\{[^{}]{0,40}\}/g, "→")
      .replaceAll(/\\overset\{[^{}]{0,40}\}\{=+\}/g, "="),
  )
    .replaceAll(/[−–]/g, "-")
    .replaceAll(/_\{?(\d+)\}?/g, "$1")
    .replaceAll(/\((?:aq|g|l|s)\)|[↑↓]/g, "")
    .replaceAll(/(?<=[=→>-])\s*\([^()A-Za-z0-9]{1,12}\)\s*/g, "");

function formulaOf(text: string): Formula | null {
  const bare = text
    .replaceAll(/^[“"'「]+|[”"'」。,;，；]+$/g, "")
    .replace(/(?<=[A-Za-z0-9)])\s*\([^()]*\p{Script=Han}[^()]*\)$/u, "")
    .trim()
    .replace(/^\(([^()]+)\)$/, "$1")
    .replace(/\.$/, "");
  if (!/[A-Z]/.test(bare)) return null;
  const sides = bare
    .split(arrow)
    .map((side) =>
      side
        .split(/\s+\+\s*|(?<=[A-Za-z0-9)\]])\+\s*(?=\d{0,3}[A-Z([])/)
        .map((each) => each.replaceAll(/\s+/g, "").replaceAll(/[.*]/g, "·")),
    );
  if (sides.length > 2) return null;
  return sides.every((side) => side.every((each) => term.test(each)))
    ? sides.map((side) => side.map(chargeLast).toSorted())
    : null;
}

/** One spelling of a charge: SO4^2-, SO4^-2 and SO42- differ in where its number stands; the last could be 42 and is left. */
const chargeLast = (each: string): string =>
  each
    .replace(/\^([+-])(\d{1,2})$/, "^$2$1")
    .replace(/(?<!\^\d?)([+-])$/, "^$1")
    .replace(/\^1([+-])$/, "^$1");
