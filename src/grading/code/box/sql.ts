import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import type {
  BoxFailure,
  BoxJob,
  BoxResult,
  Interpreter,
  ResultTable,
  WireValue,
} from "./messages.ts";

import { limitMemory } from "./memory.ts";
import { BoxStop } from "./messages.ts";
import { wasm, type WasmImports, type WasmModule } from "./wasm.ts";

type SqlCell = string | number | bigint | Uint8Array | null;
type Statement = {
  readonly getColumnNames: () => readonly string[];
  readonly step: () => boolean;
  readonly get: (params: null, config: { readonly useBigInt: true }) => readonly SqlCell[];
};
type Database = {
  readonly exec: (sql: string) => unknown;
  readonly iterateStatements: (sql: string) => Iterable<Statement>;
};
type SqlModule = { readonly Database: new () => Database };
type InitSql = (options: {
  readonly instantiateWasm: (
    imports: WasmImports,
    done: (instance: unknown, module: WasmModule) => void,
  ) => object;
}) => Promise<SqlModule>;

const mostMessageChars = 300;

/** Starts SQLite, as sql.js compiles it. Every job gets an instance and a database of its own, in memory. */
export async function startSql(file: string): Promise<Interpreter> {
  const require = createRequire(file);
  const compiled = await wasm.compile(readFileSync(join(dirname(file), "sql-wasm.wasm")));
  const open = (): Promise<SqlModule> => {
    // The module keeps the one instance that it has made.
    delete require.cache[file];
    const init = require(file) as InitSql;
    return init({
      instantiateWasm: (imports, done) => {
        done(new wasm.Instance(compiled, imports), compiled);
        return {};
      },
    });
  };
  let next = await open();
  let isFresh = true;
  return {
    isSpent: () => !isFresh,
    run: (job) => {
      isFresh = false;
      limitMemory(job.limits.memory_bytes);
      return runJob(new next.Database(), job);
    },
    renew: async () => {
      next = await open();
      isFresh = true;
    },
  };
}

/** Runs the program, then the query of the test if it has one; the rows are those of the last that has columns. */
function runJob(database: Database, job: BoxJob): BoxResult {
  try {
    database.exec(`PRAGMA hard_heap_limit=${job.limits.memory_bytes}`);
    database.exec(job.before);
    const then = job.probes.flatMap(({ expressions }) => expressions);
    const table = [job.program, ...then].reduce<ResultTable | null>(
      (last, sql) => tableOf(database, sql, job.limits.output_bytes) ?? last,
      null,
    );
    return { stdout: "", failure: null, probes: [], table };
  } catch (error) {
    return { stdout: "", failure: failureOf(error), probes: [], table: null };
  }
}

function tableOf(database: Database, sql: string, mostBytes: number): ResultTable | null {
  let table: ResultTable | null = null;
  let bytes = 0;
  for (const statement of database.iterateStatements(sql)) {
    const rows: (readonly WireValue[])[] = [];
    while (statement.step()) {
      const row = statement.get(null, { useBigInt: true }).map(wire);
      bytes += JSON.stringify(row).length;
      if (bytes > mostBytes) throw new BoxStop("output", `more than ${mostBytes} bytes of rows`);
      rows.push(row);
    }
    if (statement.getColumnNames().length > 0) table = { rows };
  }
  return table;
}

function wire(cell: SqlCell): WireValue {
  if (cell === null) return ["n"];
  if (typeof cell === "string") return ["s", cell];
  if (typeof cell === "object") return ["y", Buffer.from(cell).toString("hex")];
  return [typeof cell === "bigint" ? "i" : "f", String(cell)];
}

function failureOf(error: unknown): BoxFailure {
  const message = (error instanceof Error ? error.message : String(error)).slice(
    0,
    mostMessageChars,
  );
  if (error instanceof BoxStop) return { kind: error.kind, message };
  return { kind: /out of memory/.test(message) ? "memory" : "error", message };
}
