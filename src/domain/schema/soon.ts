/**
 * A value that is mostly there at once. To wait for one costs several promises, which a run would pay for each of its
 * answers at each place where something might have to be waited for.
 */
export type Soon<T> = T | Promise<T>;

/** What `make` makes of a value, as soon as it is there. */
export const whenThere = <T, Made>(value: Soon<T>, make: (value: T) => Soon<Made>): Soon<Made> =>
  value instanceof Promise ? value.then(make) : make(value);
