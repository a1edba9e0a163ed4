/**
 * Makes objects out of what is given, with further fields that are each worked out when they are first read, by all others.
 * For what has many sides of which a text mostly shows none. Such an object must not be spread: it has only what was read.
 */
export function lazily<Given extends object, Fields extends object>(readers: {
  readonly [Name in keyof Fields]: (own: Given & Fields) => Fields[Name];
}): (given: Given) => Given & Fields {
  const shape = {};
  for (const name in readers)
    Object.defineProperty(shape, name, {
      get(this: Given & Fields) {
        const value = readers[name](this);
        Object.defineProperty(this, name, { value });
        return value;
      },
    });
  return (given) => Object.assign<Given & Fields, Given>(Object.create(shape), given);
}
