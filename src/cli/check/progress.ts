import type { Text } from "../../domain/text.ts";
import type { Checked } from "../../store/check-file.ts";
import type { OnTrial } from "../../store/suites/check-proofs.ts";
import type { Context } from "../context.ts";

import { shownPath } from "../names.ts";

/** One item of so many is told: each runs for seconds where it was not proven before. */
const toldOf = 5;

/** So few files are read at once, unless something is run for them, which is told by itself. */
const few = 5;

/** Says on the error stream how far a check of several files is, and what of a suite is being run in the sandbox. */
export function createProgress(
  files: number,
  { cwd, lang, warn }: Pick<Context, "cwd" | "lang" | "warn">,
) {
  let done = 0;
  return {
    trialsOf: (file: string): OnTrial => {
      let items = 0;
      return (task, item) => {
        items += 1;
        if (items % toldOf === 1) warn(trial(shownPath(file, { cwd }), task, item, items)[lang]);
      };
    },
    done: ({ file, problems }: Checked): void => {
      done += 1;
      if (files > few)
        warn(`${done}/${files}  ${shownPath(file, { cwd })}  ${found(problems.length)[lang]}`);
    },
  };
}

const trial = (file: string, task: string, item: string, count: number): Text => ({
  zh: `${file}  正在沙箱里试运行 ${task} 的 ${item}（第 ${count} 题）`,
  en: `${file}  trying ${item} of ${task} in the sandbox (item ${count})`,
});

function found(problems: number): Text {
  if (problems === 0) return { zh: "查完", en: "checked" };
  const en = problems === 1 ? "1 problem or warning" : `${problems} problems or warnings`;
  return { zh: `查完，有 ${problems} 处要看`, en: `checked, ${en}` };
}
