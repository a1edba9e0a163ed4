/**
 * What several workers on one Redis promise, with real processes: `npm run bench:queue -- [scale|limit|kills|restart|million]…`,
 * all of them without a name. Counts and ratios; the latency is the vendor's, so that the machine hardly matters.
 */
import { availableParallelism, loadavg } from "node:os";

import "../../own-temporary.ts";

const scenes: Readonly<Record<string, () => Promise<{ readonly run: () => Promise<boolean> }>>> = {
  scale: () => import("./scale.ts"),
  limit: () => import("./limit.ts"),
  kills: () => import("./kills.ts"),
  restart: () => import("./restart.ts"),
  million: () => import("./million.ts"),
};

const named = process.argv.slice(2);
let good = true;
for (const name of named.length > 0 ? named : Object.keys(scenes)) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`no scene ${name}: ${Object.keys(scenes).join(", ")}`);
  console.log(`${name} (load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores)`);
  good = (await (await scene()).run()) && good;
}
process.exitCode = good ? 0 : 1;
