import { judgedRows } from "../../src/engine/load/good.ts";
import { createStation, lognormal } from "../../src/stats/testing/queue.ts";
import { configFor, load, only, type Stamp, startQueueServer } from "./rig.ts";

/** Servers on which a search is made over sockets; seconds. The second is full before its first answers have come. */
const kneeServers = [
  { slots: 8, mean: 0.1, sigma: 0.2, slo: 0.17, requests: 20_000 },
  { slots: 64, mean: 2, sigma: 0.3, slo: 4, requests: 8_000 },
] as const;

/** Searches over sockets, of `most` requests at most each, against the knees by an event simulation of its own. */
export async function knee(most: string | undefined): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
  for (const { slots, mean, sigma, slo, requests } of kneeServers) {
    const server = await startQueueServer({
      slots,
      mean_ms: mean * 1_000,
      shape: sigma,
      chunks: 3,
      gap_ms: 5,
    });
    const asked = ["--slo", `ttft=${slo * 1_000}ms`, "--max-time", "10m"];
    const limits = ["--requests", most ?? String(requests)];
    const { used, file, summary } = await load(configFor(server.url), [...asked, ...limits]);
    const stamps = await server.get<readonly Stamp[]>("stamps");
    await server.close();
    // A timer of the server is late by a part of a millisecond: what was served is what the simulation serves.
    const served = stamps.map((each) => (each.first - each.served) / 1_000);
    const truth = kneeOfServer(
      slots,
      slo,
      (random) => served[Math.floor(random() * served.length)] ?? mean,
    );
    const found = only(summary)?.knee;
    console.log(used.stdout.split("\n")[0]);
    console.log({
      truth_per_s: truth,
      nominal_per_s: kneeOfServer(slots, slo, lognormal(mean, sigma)),
      knee: found,
      sent: file.rows.length,
      trusted: file.steps.filter(({ self_check }) => self_check.trusted).length,
      steps: file.steps.length,
      wall_s: used.wall_s,
    });
    // Goodput again, from the server's own stamps and from the rows alone.
    const again = file.steps.map(
      (line) =>
        judgedRows(
          file.rows.filter(({ step }) => step === line.step),
          line,
          file.head.plan.slo,
        ).filter(({ good }) => good).length,
    );
    const isEqual =
      JSON.stringify(again) === JSON.stringify(only(summary)?.steps.map(({ good }) => good));
    console.log("goodput again from rows equals the summary:", isEqual);
    const interval =
      found?.low == null || found.high == null
        ? "—"
        : `${found.low.toFixed(1)}–${found.high.toFixed(1)}`;
    rows.push([
      `${slots} at once, ${mean} s (σ ${sigma}), TTFT ≤ ${slo} s`,
      `${truth.toFixed(1)} /s`,
      found?.rate == null ? "—" : `${found.rate.toFixed(1)} /s`,
      interval,
      found?.state ?? "—",
      String(file.rows.length),
      `${Math.round(used.wall_s)} s`,
    ]);
  }
  return rows;
}

/** The largest rate at which 95% of a simulated server's answers come in time. */
function kneeOfServer(
  slots: number,
  slo: number,
  service: (random: () => number) => number,
): number {
  const arrivals = 400_000;
  const bad = (rate: number): number => {
    const { totals } = createStation({ slots, service }, 5)(rate, arrivals);
    const settled = totals.subarray(arrivals / 10);
    return settled.reduce((sum, total) => sum + (total > slo ? 1 : 0), 0) / settled.length;
  };
  let [low, high] = [0.01, (4 * slots) / slo];
  for (let round = 0; round < 16; round += 1) {
    const middle = (low + high) / 2;
    if (bad(middle) > 0.05) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
