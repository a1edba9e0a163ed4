/** Remembers the latest values by key: at least `most` of them, and at most twice as many. */
export type LatestValues<Value> = {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value) => void;
};

/**
 * In two generations, of which the older is forgotten whole: a map from which the oldest is deleted one by one has to be
 * searched for the next oldest from its beginning.
 */
export function createLatest<Value>(most: number): LatestValues<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return {
    get: (key) => young.get(key) ?? old.get(key),
    set: (key, value) => {
      if (young.size >= most) {
        old = young;
        young = new Map();
      }
      young.set(key, value);
    },
  };
}
