import { UserError } from "../../domain/text.ts";
import { defineCommand } from "../options.ts";
import { completionScript, shells } from "../shell/completion.ts";

/** Prints a script; nothing is written. */
export const command = defineCommand({
  usage: shells.join("|"),
  options: {},
  run: async ({ positionals }, { lang, print }) => {
    const [given, ...others] = positionals;
    const shell = shells.find((each) => each === given);
    if (shell === undefined || others.length > 0) throw oneShell;
    print(await completionScript(shell, lang));
    return 0;
  },
});

const oneShell = new UserError({
  zh: `请指明一种 shell（${shells.join("、")}）：source <(baimo completion bash)`,
  en: `Name one shell (${shells.join(", ")}): source <(baimo completion bash)`,
});
