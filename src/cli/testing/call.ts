import type { Lang } from "../../domain/text.ts";
import type { Command, Context, Parsed } from "../command.ts";

type Call = {
  readonly cwd: string;
  readonly lang?: Lang;
  readonly columns?: number;
  readonly env?: Context["env"];
  readonly args?: readonly string[];
  readonly values?: Parsed["values"];
};

/** The exit code and all that a command printed. */
export async function call(command: Command, { args = [], values = {}, ...given }: Call) {
  const printed: string[] = [];
  const { signal } = new AbortController();
  const code = await command.run(
    { positionals: args, values },
    {
      lang: "zh",
      columns: 120,
      env: {},
      print: (text) => printed.push(text),
      warn: (text) => printed.push(text),
      isTTY: false,
      startThread: null,
      signal,
      stopping: signal,
      ...given,
    },
  );
  return { code, text: printed.join("\n") };
}
