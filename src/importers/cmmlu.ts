import type { Importer } from "../importing/importer.ts";

import { csvQuestions } from "../importing/csv-questions.ts";

/** CMMLU: CSV per subject with an unnamed index column, `,Question,A,B,C,D,Answer`. ACLUE's files lack that column. */
export const importer: Importer = {
  id: "cmmlu",
  title: { zh: "CMMLU", en: "CMMLU" },
  source: "CMMLU https://github.com/haonan-li/CMMLU",
  license: "CC-BY-NC-SA-4.0",
  matches: /\.csv$/,
  isDev: (file) => /[\\/]dev[\\/][^\\/]+$/.test(file),
  read: (file) => csvQuestions(file, (name) => ({ set: "CMMLU", subject: name })),
};
