/** A set of places in a plan, one bit for each: 125 kB for a million, where their ids would take 17 MB. */
export type PlaceSet = {
  readonly add: (place: number) => void;
  readonly has: (place: number) => boolean;
};

/** An empty set for places from 0 to `count - 1`. */
export function createPlaceSet(count: number): PlaceSet {
  const words = new Uint32Array(Math.ceil(count / 32));
  return {
    add: (place) => {
      words[place >>> 5] = (words[place >>> 5] ?? 0) | (1 << (place & 31));
    },
    has: (place) => ((words[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0,
  };
}
