import type { Importer } from "../importing/importer.ts";

import { csvQuestions } from "../importing/csv-questions.ts";

/** C-Eval: CSV per subject and split, `id,question,A,B,C,D,answer[,explanation]`. Its test split has no answers. */
export const importer: Importer = {
  id: "ceval",
  title: { zh: "C-Eval", en: "C-Eval" },
  source: "C-Eval https://github.com/hkust-nlp/ceval",
  license: "CC-BY-NC-SA-4.0",
  matches: /\.csv$/,
  isDev: (file) => file.endsWith("_dev.csv"),
  read: (file) =>
    csvQuestions(file, (name) => ({
      set: "C-Eval",
      subject: name.replace(/_(?:dev|val|test)$/, ""),
    })),
};
