import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Bait } from "./hostile-programs.ts";

export type LaidBait = {
  readonly bait: Bait;
  /** The word that stands in the file and in the environment. */
  readonly secret: string;
  /** How often somebody has connected. */
  readonly visits: () => number;
  readonly close: () => Promise<void>;
};

/** A file, a variable of the environment and a listener, so that a program which gets out of its box is noticed. */
export async function layBait(environment: Record<string, string | undefined>): Promise<LaidBait> {
  const secret = `canary-${process.pid}-${Date.now()}`;
  const folder = mkdtempSync(join(tmpdir(), "baimo-bait-"));
  const file = join(folder, "secret.txt");
  writeFileSync(file, secret);
  const variable = "BAIMO_TEST_SECRET";
  environment[variable] = secret;
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    bait: { file, variable, port },
    secret,
    visits: () => visits,
    close: async () => {
      delete environment[variable];
      rmSync(folder, { recursive: true, force: true });
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
