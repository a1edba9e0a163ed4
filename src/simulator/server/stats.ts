/** What the simulator served; tests compare it with what a client saw. */
export type Stats = {
  /** Chat requests, refused ones included. */
  readonly requests: number;
  readonly in_flight: number;
  readonly in_flight_max: number;
  /** Chat responses by HTTP status; `0` where none was sent. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Faults applied, by name. */
  readonly faults: Readonly<Record<string, number>>;
  readonly models: Readonly<Record<string, ModelStats>>;
  /** Requests per `model item~wording/turn`, without unknown prompts. */
  readonly items: Readonly<Record<string, number>>;
  /** Requests whose prompt is in no suite. */
  readonly strangers: number;
};

type ModelStats = {
  readonly requests: number;
  readonly in_flight_max: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
};

/** One chat request, when its response is over. Times are monotonic ms. */
export type RequestEntry = {
  readonly request_id: string;
  readonly path: string;
  readonly model: string;
  readonly item: string | null;
  readonly wording: string | null;
  readonly turn: number | null;
  /** Number of this request among those to this model for this turn, from 1. */
  readonly attempt: number;
  readonly status: number | null;
  readonly fault: string | null;
  readonly stream: boolean;
  /** The raw request body. */
  readonly body: string;
  readonly received: number;
  readonly ended: number;
};

type Counter = {
  requests: number;
  in_flight: number;
  in_flight_max: number;
  input_tokens: number;
  output_tokens: number;
};

export type Tally = {
  /** Counts a request and returns its attempt number for this prompt, known or not. */
  readonly arrive: (model: string, key: string, stranger: boolean) => number;
  readonly leave: (model: string, status: number | null, fault: string | null) => void;
  readonly answered: (model: string, input: number, output: number) => void;
  readonly requestsOf: (model: string) => number;
  readonly stats: () => Stats;
};

export function makeTally(): Tally {
  const all = newCounter();
  const models = new Map<string, Counter>();
  const statuses = new Map<string, number>();
  const faults = new Map<string, number>();
  const items = new Map<string, number>();
  const unknown = new Map<string, number>();
  let strangers = 0;
  const counterOf = (model: string): Counter => {
    const known = models.get(model) ?? newCounter();
    models.set(model, known);
    return known;
  };
  return {
    arrive: (model, key, stranger) => {
      for (const counter of [all, counterOf(model)]) {
        counter.requests += 1;
        counter.in_flight += 1;
        counter.in_flight_max = Math.max(counter.in_flight_max, counter.in_flight);
      }
      if (stranger) strangers += 1;
      return increment(stranger ? unknown : items, `${model} ${key}`);
    },
    leave: (model, status, fault) => {
      all.in_flight -= 1;
      counterOf(model).in_flight -= 1;
      increment(statuses, String(status ?? 0));
      if (fault !== null) increment(faults, fault);
    },
    answered: (model, input, output) => {
      counterOf(model).input_tokens += input;
      counterOf(model).output_tokens += output;
    },
    requestsOf: (model) => models.get(model)?.requests ?? 0,
    stats: () => ({
      requests: all.requests,
      in_flight: all.in_flight,
      in_flight_max: all.in_flight_max,
      statuses: Object.fromEntries(statuses),
      faults: Object.fromEntries(faults),
      models: Object.fromEntries([...models].map(([id, counter]) => [id, shown(counter)])),
      items: Object.fromEntries(items),
      strangers,
    }),
  };
}

const newCounter = (): Counter => ({
  requests: 0,
  in_flight: 0,
  in_flight_max: 0,
  input_tokens: 0,
  output_tokens: 0,
});

const shown = (counter: Counter): ModelStats => ({
  requests: counter.requests,
  in_flight_max: counter.in_flight_max,
  input_tokens: counter.input_tokens,
  output_tokens: counter.output_tokens,
});

function increment(counts: Map<string, number>, name: string): number {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return count;
}
