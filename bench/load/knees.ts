/** How often the interval of the knee covers the truth, on simulated queues without sockets. */
import { measuringSteps, nextSearchStep, warmShare, type SearchedStep, halfWidth, isDecided, isHopeless } from "../../src/engine/load/search.ts";
import { kneeOf } from "../../src/stats/load/knee.ts";
import { exponential, lognormal, type Queue, createStation, waitsLonger } from "../../src/stats/testing/queue.ts";

/** A server of known capacity and the wait that its SLO allows. */
export type KnownServer = Omit<Queue, "rate"> & { readonly name: string; readonly slo: number; readonly mean: number; readonly start: number; readonly isExponential: boolean };

export const knownServers: readonly KnownServer[] = [
  { name: "M/M/4, wait within 1 s", slots: 4, service: exponential(1), mean: 1, slo: 1, start: 1, isExponential: true },
  { name: "M/M/16, wait within 1 s", slots: 16, service: exponential(1), mean: 1, slo: 1, start: 1, isExponential: true },
  { name: "M/M/64, wait within 0.2 s", slots: 64, service: exponential(1), mean: 1, slo: 0.2, start: 1, isExponential: true },
  { name: "M/M/8, wait within 5 s", slots: 8, service: exponential(1), mean: 1, slo: 5, start: 1, isExponential: true },
  { name: "M/G/16, lognormal (sigma 1)", slots: 16, service: lognormal(1, 1), mean: 1, slo: 1, start: 1, isExponential: false },
  { name: "M/G/32, lognormal (sigma 0.3)", slots: 32, service: lognormal(1, 0.3), mean: 1, slo: 0.2, start: 1, isExponential: false },
  { name: "M/G/8, lognormal (sigma 0.3)", slots: 8, service: lognormal(1, 0.3), mean: 1, slo: 0.5, start: 1, isExponential: false },
];

/** The truth: by Erlang's formula where it holds, else by a long simulation. */
export function trueKnee(server: KnownServer, share: number): number {
  const bad = (rate: number): number => {
    if (server.isExponential) return waitsLonger({ ...server, rate }, server.slo);
    const count = 1_000_000;
    const { waits } = createStation(server, 99)(rate, count);
    return waits.subarray(count / 10).reduce((sum, wait) => sum + (wait > server.slo ? 1 : 0), 0) / (count * 0.9);
  };
  let [low, high] = [0, server.slots / server.mean];
  for (let round = 0; round < (server.isExponential ? 50 : 14); round += 1) {
    const middle = (low + high) / 2;
    if (bad(middle) > 1 - share) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** How many measured requests were sent until the step was given up. */
function cutAt(good: Float64Array): number {
  let kept = 0;
  for (let at = 0; at < good.length; at += 1) {
    kept += good[at] ?? 0;
    if (isHopeless(at + 1, kept)) return at + 1;
  }
  return good.length;
}

export function searchOnce(server: KnownServer, seed: number, share: number) {
  const done: SearchedStep[] = [];
  const plan = { start: server.start, most: 1e6, requests: 20_000, share, precision: 0.05 };
  for (;;) {
    const step = nextSearchStep(done, plan);
    if (step === null) break;
    const { waits } = createStation(server, seed * 1_000 + done.length)(step.level, step.requests);
    const good = Float64Array.from(waits.subarray(Math.floor(step.requests * warmShare)), (wait) => (wait <= server.slo ? 1 : 0));
    const cut = cutAt(good);
    done.push({ level: step.level, good: good.subarray(0, cut), sent: step.requests - good.length + cut, trusted: true });
  }
  return { knee: kneeOf(measuringSteps(done, plan.requests), share), sent: done.reduce((sum, { sent }) => sum + sent, 0), steps: done };
}

if (process.argv[3] === 'dbg') {
 for (let seed=1;seed<=4;seed++){ const f = searchOnce(knownServers[1]!, seed, 0.95); console.log(f.knee, f.steps.map((x)=>[x.level.toFixed(2),x.sent,(x.good as Float64Array).reduce((a,b)=>a+b,0)/x.good.length])); }
 process.exit(0);}
for (const server of knownServers) {
  const truth = trueKnee(server, 0.95);
  let open = 0;
  let squares = 0;
  let [covered, decided, coveredDecided, sum, widths, sent] = [0, 0, 0, 0, 0, 0];
  const repeats = Number(process.argv[2] ?? 100);
  for (let seed = 1; seed <= repeats; seed += 1) {
    const found = searchOnce(server, seed, 0.95);
    sent += found.sent;
    if (found.knee === null || found.knee.interval === null) { open += 1; continue; }
    const is = found.knee.interval.low <= truth && truth <= found.knee.interval.high;
    covered += is ? 1 : 0;
    sum += found.knee.level / truth - 1;
    squares += (found.knee.level / truth - 1) ** 2;
    widths += halfWidth(found.knee);
    if (isDecided(found.knee, 0.05)) { decided += 1; coveredDecided += is ? 1 : 0; }
  }
  console.log(server.name, "truth", truth.toFixed(3), "open", open, "covered", covered, "decided", decided, "covered of decided", coveredDecided, "bias", (sum / repeats).toFixed(4), "rmse", Math.sqrt(squares / repeats).toFixed(4), "half", (widths / repeats).toFixed(4), "sent", sent / repeats);
}
