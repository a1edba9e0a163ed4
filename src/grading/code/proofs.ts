import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** Digests of golds that have been proven, kept between runs of `check`; without a place to keep them, for this run. */
export type Proofs = {
  readonly has: (digest: string) => boolean;
  readonly add: (digest: string) => void;
};

let opened: Proofs | null = null;

export function openProofs(): Proofs {
  opened ??= proofsIn(join(tmpdir(), `baimo-proofs-${userName()}`));
  return opened;
}

function proofsIn(folder: string): Proofs {
  const file = join(folder, "code.txt");
  const known = new Set(readLines(file));
  return {
    has: (digest) => known.has(digest),
    add: (digest) => {
      known.add(digest);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        appendFileSync(file, `${digest}\n`);
      } catch {
        // It is proven again next time.
      }
    },
  };
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

function userName(): string {
  try {
    return userInfo().username.replaceAll(/\W/g, "_");
  } catch {
    return "user";
  }
}
