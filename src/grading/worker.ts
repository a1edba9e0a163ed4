import { Worker, parentPort, workerData } from "node:worker_threads";

import type { Grade, Sample } from "../domain/grader.ts";

import { loadGrader } from "./graders.ts";

type Job = {
  readonly number: number;
  readonly id: string;
  readonly options: unknown;
  readonly sample: Sample;
};
type Done = { readonly number: number; readonly grade?: Grade; readonly failure?: string };
type Waiting = {
  readonly resolve: (grade: Grade) => void;
  readonly reject: (error: Error) => void;
};

const mark = "baimo-grader";
/** Time limit for one grade; a worker that exceeds it is terminated, and all grades waiting for it fail. */
const deadlineMs = 60_000;

let thread: Worker | null = null;
let timer: NodeJS.Timeout | null = null;
let jobs = 0;
const waiting = new Map<number, Waiting>();

/**
 * Grades a sample with a built-in grader on another thread, one at a time and in order. Rejects where the grader throws
 * or takes more than a minute. The idle thread does not keep the process alive.
 */
export function gradeInWorker(id: string, options: unknown, sample: Sample): Promise<Grade> {
  const number = ++jobs;
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject });
    const worker = (thread ??= start());
    worker.ref();
    watch(worker);
    worker.postMessage({ number, id, options, sample } satisfies Job);
  });
}

function start(): Worker {
  // This file's own name: .ts in a checkout, .js in a build.
  const worker = new Worker(new URL(import.meta.url), { workerData: mark });
  worker.on("message", ({ number, grade, failure }: Done) => {
    const job = waiting.get(number);
    waiting.delete(number);
    if (waiting.size === 0) rest(worker);
    else watch(worker);
    if (grade === undefined) job?.reject(new Error(failure));
    else job?.resolve(grade);
  });
  worker.on("error", (error) => abandon(error instanceof Error ? error : new Error(String(error))));
  return worker;
}

function rest(worker: Worker): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  worker.unref();
}

function watch(worker: Worker): void {
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => {
    void worker.terminate();
    abandon(new Error("grading took more than a minute"));
  }, deadlineMs);
}

function abandon(error: Error): void {
  thread = null;
  if (timer !== null) clearTimeout(timer);
  timer = null;
  const left = [...waiting.values()];
  waiting.clear();
  for (const { reject } of left) reject(error);
}

async function work({ number, id, options, sample }: Job): Promise<Done> {
  try {
    const grader = await loadGrader(id);
    if (grader === null) return { number, failure: `no grader ${id}` };
    return { number, grade: await grader.grade(sample, options, {}) };
  } catch (error) {
    return { number, failure: error instanceof Error ? error.message : String(error) };
  }
}

if (workerData === mark) {
  let last: Promise<void> = Promise.resolve();
  parentPort?.on("message", (job: Job) => {
    last = last.then(async () => parentPort?.postMessage(await work(job)));
  });
}
