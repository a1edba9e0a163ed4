import { wrap } from "./width.ts";

/**
 * Commands in sentences, as they can be typed where the program was started: a sentence says `baimo review`, and in a
 * checkout that is `npm run -s baimo -- review`. How it was started is a fact of the whole process.
 */
let typed: { readonly name: string; readonly pattern: RegExp } | null = null;

/** Takes how the program is called here, and the first words of its commands; before anything is printed. */
export function setTypedName(name: string, commands: readonly string[]): void {
  const words = [...new Set(commands.map((each) => each.split(" ")[0]))].join("|");
  typed =
    name === "baimo"
      ? null
      : {
          name,
          // Neither in a path nor behind npx or npm run.
          pattern: new RegExp(
            String.raw`(?<![\w/@.-]|npx )baimo(?= (?:(?:${words}|--help|--version)(?![\w.-])|<))`,
            "g",
          ),
        };
}

/** A sentence with its commands as its reader can type them; of what is typed so already nothing changes. */
export const asTyped = (text: string): string =>
  typed === null ? text : text.replaceAll(typed.pattern, typed.name);

const unbroken = "\u00A0";

/** The same in lines of at most `width` columns, no line ending within a command's name. */
export function wrapTyped(text: string, width: number): readonly string[] {
  if (typed === null) return wrap(text, width);
  const { name } = typed;
  const kept = `${name} `.replaceAll(" ", unbroken);
  return wrap(asTyped(text).replaceAll(`${name} `, kept), width).map((line) =>
    line.replaceAll(unbroken, " "),
  );
}
