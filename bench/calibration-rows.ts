/**
 * Creates rows for `baimo calibrate` from a copy of published model outputs:
 *
 *   tsx bench/calibration-rows.ts FOLDER OUT
 *
 * FOLDER contains gaokao-bench-gpt4-obj/, halluqa-mc/ and lexeval/ (GAOKAO-Bench, HalluQA and LexEval; their licences
 * apply). The files have golds but no human verdicts. A label is written only where the reply states its choice
 * unambiguously; the other replies are counted and left out.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Row = {
  readonly id: string;
  readonly question?: string;
  readonly answer: string | readonly string[];
  readonly response: string;
  readonly label: boolean | number;
};

type Exam = {
  readonly keyword: string;
  readonly index: number;
  readonly question: string;
  readonly standard_answer: readonly string[];
  readonly model_answer: readonly string[];
  readonly model_output: string;
};

const jsonLines = (text: string): readonly unknown[] =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as unknown);

function exams(folder: string): readonly Exam[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith("gpt-4"))
    .toSorted()
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      if (name.endsWith(".jsonl")) return jsonLines(text) as readonly Exam[];
      const file = JSON.parse(text) as { keyword: string; example: readonly Exam[] };
      return file.example.map((example) => Object.assign(example, { keyword: file.keyword }));
    });
}

const halfWidth = (text: string): string => text.normalize("NFKC");

/** The text after the last 【答案】 where it is nothing but letters, or null. */
function declared(output: string): string | null {
  const block = halfWidth(output).split("【答案】").at(-1) ?? "";
  const letters = /^[\s:]*([A-G](?:[\s,、]*[A-G])*)[\s.。]*(?:<eoa>)?\s*$/.exec(block)?.[1];
  return letters === undefined ? null : letters.replaceAll(/[^A-G]/g, "");
}

const sorted = (letters: string): string => [...new Set(letters.split(""))].toSorted().join("");
const isPhysics = ({ keyword }: Exam): boolean => keyword.includes("Physics");
const id = (exam: Exam): string => `${exam.keyword}/${exam.index}`;

function gaokaoSingle(all: readonly Exam[]): readonly (Row | null)[] {
  return singles(all).map((exam) => {
    const letters = declared(exam.model_output);
    if (letters === null || new Set(letters).size !== 1) return null;
    return rowOf(exam, exam.model_output, letters[0] === exam.standard_answer[0]);
  });
}

/** The same replies without their declared answer, as a model writes them that was not given a format. */
function gaokaoReasoning(all: readonly Exam[]): readonly (Row | null)[] {
  return singles(all).map((exam) => {
    const letters = declared(exam.model_output);
    const reasoning = exam.model_output.split("【答案】")[0]?.replace("<eoe>", "").trim() ?? "";
    if (letters === null || new Set(letters).size !== 1 || reasoning === "") return null;
    return rowOf(exam, reasoning, letters[0] === exam.standard_answer[0]);
  });
}

const singles = (all: readonly Exam[]): readonly Exam[] =>
  all.filter((exam) => exam.standard_answer.length === 1 && !isPhysics(exam));

const rowOf = (exam: Exam, response: string, label: boolean | number): Row => ({
  id: id(exam),
  question: exam.question,
  answer: exam.standard_answer[0] ?? "",
  response,
  label,
});

/** Several letters may be right: 6 of 6 points for all, 3 where none is wrong, else 0. */
function gaokaoPhysics(all: readonly Exam[]): readonly (Row | null)[] {
  return all.filter(isPhysics).map((exam) => {
    const letters = declared(exam.model_output);
    const gold = sorted(exam.standard_answer.join(""));
    if (letters === null) return null;
    const chosen = sorted(letters);
    const label =
      chosen === gold ? 1 : chosen.split("").every((letter) => gold.includes(letter)) ? 0.5 : 0;
    return rowOf(exam, exam.model_output, label);
  });
}

/** Sub-questions: the share of right ones, where the outputs' own extraction has one letter for each. */
function gaokaoSeveral(all: readonly Exam[]): readonly (Row | null)[] {
  return all
    .filter((exam) => exam.standard_answer.length > 1)
    .map((exam) => {
      const { standard_answer: gold, model_answer: chosen } = exam;
      const marks = exam.model_output.split("【答案】").length - 1;
      if (chosen.length !== gold.length || (marks !== gold.length && marks !== 1)) return null;
      const right = gold.filter((letter, index) => letter === chosen[index]).length;
      const { question } = exam;
      return {
        id: id(exam),
        question,
        answer: gold,
        response: exam.model_output,
        label: right / gold.length,
      };
    });
}

type Hallu = {
  readonly question_id: number;
  readonly model: string;
  readonly response: string;
  readonly gold: string;
};

function hallu(folder: string): readonly (Row | null)[] {
  const rows = jsonLines(
    readFileSync(join(folder, "halluqa_mc_7models.jsonl"), "utf8"),
  ) as readonly Hallu[];
  return rows.map(({ question_id, model, response, gold }) => {
    const stated = /^\s*(?:Answer\s*:\s*)?([A-E])(?:$|\s*[:.]|\\n|\s)/.exec(halfWidth(response));
    const others = /^\s*(?:Answer\s*:\s*)?[A-E]\s*[,、]\s*[A-E]/.test(halfWidth(response));
    if (stated === null || others) return null;
    return { id: `${model}/${question_id}`, answer: gold, response, label: stated[1] === gold };
  });
}

type LexOutput = {
  readonly task: string;
  readonly i: number;
  readonly model: string;
  readonly output: string;
};
type LexQuestion = {
  readonly task: string;
  readonly i: number;
  readonly input: string;
  readonly answer: string;
};

function lexeval(folder: string): readonly (Row | null)[] {
  const read = (name: string): readonly unknown[] =>
    jsonLines(readFileSync(join(folder, name), "utf8"));
  const questions = new Map(
    (read("questions.jsonl") as readonly LexQuestion[]).map((each) => [
      `${each.task}/${each.i}`,
      each,
    ]),
  );
  return (read("outputs.jsonl") as readonly LexOutput[]).map(({ task, i, model, output }) => {
    const question = questions.get(`${task}/${i}`);
    const stated = statedSet(halfWidth(output).trim());
    if (question === undefined || !/^[A-E]+$/.test(question.answer) || stated === null) return null;
    const label = stated === sorted(question.answer);
    return {
      id: `${model}/${task}/${i}`,
      question: question.input,
      answer: question.answer,
      response: output,
      label,
    };
  });
}

/** Only letters and separators, or a list of options one per line. */
function statedSet(output: string): string | null {
  if (/^[A-E](?:[\s,、/.]*[A-E])*[\s.。]*$/.test(output))
    return sorted(output.replaceAll(/[^A-E]/g, ""));
  if (/\S[,，;；、]\s*[A-E]\s*[:.、。]/.test(output)) return null;
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const letters = lines.map((line) => /^\s*([A-E])\s*[:.、。]/.exec(line)?.[1] ?? "");
  return letters.every((letter) => letter !== "") ? sorted(letters.join("")) : null;
}

function write(out: string, name: string, rows: readonly (Row | null)[]): void {
  const labelled = rows.filter((row) => row !== null);
  writeFileSync(
    join(out, `${name}.jsonl`),
    labelled.map((row) => `${JSON.stringify(row)}\n`).join(""),
  );
  console.log(`${name}.jsonl: ${labelled.length} rows, ${rows.length - labelled.length} left out`);
}

const [folder, out] = process.argv.slice(2);
if (folder === undefined || out === undefined) {
  console.error("usage: tsx bench/calibration-rows.ts FOLDER OUT");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const gaokao = exams(join(folder, "gaokao-bench-gpt4-obj"));
write(out, "gaokao-single", gaokaoSingle(gaokao));
write(out, "gaokao-reasoning", gaokaoReasoning(gaokao));
write(out, "gaokao-physics", gaokaoPhysics(gaokao));
write(out, "gaokao-several", gaokaoSeveral(gaokao));
write(out, "halluqa", hallu(join(folder, "halluqa-mc")));
write(out, "lexeval", lexeval(join(folder, "lexeval")));
