/** The members of a record, each by name: undefined where the record may be without it. */
type Members<T> = {
  readonly [Name in keyof Required<T>]: object extends Pick<T, Name>
    ? T[Name] | undefined
    : T[Name];
};

/**
 * A record from all of its members, undefined where it has none. Records of the hot path are made by this: an engine tells
 * records apart by which members they have, and the first that has one more makes it throw away, in the middle of a run, all
 * compiled code that had seen no other. JSON and digests leave out what is undefined.
 */
export const whole = <T extends object>(members: Members<T>): T => members as T;
