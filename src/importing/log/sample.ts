import { seededRandom } from "../../stats/random.ts";

/** Requests of one kind: the first row of each that was not a repetition, with how often it came. */
export type Topic = {
  readonly requests: readonly { readonly row: number; readonly times: number }[];
};

/** How often the requests of a topic came in all. */
export const trafficOf = ({ requests }: Topic): number =>
  requests.reduce((sum, { times }) => sum + times, 0);

/**
 * Draws `n` requests: topics get places by their traffic (one at least while there are places, then each next place to the topic with most traffic for it), and within a
 * topic frequent requests are likelier (weighted without replacement, Efraimidis and Spirakis 2006). The same seed draws the same. All of
 * them where there are no more than `n`.
 */
export function sampleRequests(
  topics: readonly Topic[],
  n: number,
  seed: number,
): readonly number[] {
  const random = seededRandom(seed);
  const places = placesOf(topics, n);
  return topics
    .flatMap(({ requests }, at) =>
      requests
        .map(({ row, times }) => ({ row, rank: random() ** (1 / times) }))
        .toSorted((a, b) => b.rank - a.rank)
        .slice(0, places[at] ?? 0)
        .map(({ row }) => row),
    )
    .toSorted((a, b) => a - b);
}

/** Places by traffic; what a small topic cannot fill goes to the others. */
function placesOf(topics: readonly Topic[], n: number): readonly number[] {
  const places = topics.map(() => 0);
  const order = topics
    .map((_, at) => at)
    .toSorted((a, b) => trafficOf(at(topics, b)) - trafficOf(at(topics, a)));
  let left = Math.min(
    n,
    topics.reduce((sum, { requests }) => sum + requests.length, 0),
  );
  for (const topic of order.slice(0, left)) places[topic] = 1;
  left -= Math.min(left, topics.length);
  while (left > 0) {
    // The topic that is furthest below its share, of those that have more.
    let next = -1;
    let most = -1;
    for (const topic of order) {
      const own = places[topic] ?? 0;
      if (own >= at(topics, topic).requests.length) continue;
      const need = trafficOf(at(topics, topic)) / (own + 1);
      if (need > most) [next, most] = [topic, need];
    }
    if (next < 0) break;
    places[next] = (places[next] ?? 0) + 1;
    left -= 1;
  }
  return places;
}

const at = (topics: readonly Topic[], place: number): Topic => topics[place] ?? { requests: [] };
