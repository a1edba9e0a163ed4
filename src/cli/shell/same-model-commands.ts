import type { CommandEntry } from "./command-groups.ts";

import { formats } from "../../domain/formats.ts";

/** Commands for who stays with a model and changes its host, or keeps the work and changes the model. */
export const sameModelCommands = {
  hosts: {
    group: "compare",
    summary: {
      zh: "同一模型的几家服务商与官方服务是否一致：截断、量化、换模型",
      en: "whether hosts of one model answer as its official service: cut, quantised, another model",
    },
    reads: [formats.run],
    writes: [formats.hosts, "Markdown"],
  },
  migrate: {
    group: "compare",
    summary: {
      zh: "换模型要少得多少分、改多少提示词：照搬与改写后相比",
      en: "what moving to another model costs in points and prompts: as they are, and rewritten",
    },
    reads: [formats.run],
    writes: [formats.migration, "Markdown"],
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;
