/** What a reader of lines needs of a file: a file handle is one, and so is a file that is unpacked as it is read. */
export type ByteSource = {
  readonly stat: () => Promise<{ readonly isFile: () => boolean; readonly size: number }>;
  /** May read less than `length`; nothing at the end. */
  readonly read: (
    buffer: Buffer,
    offset: number,
    length: number,
    position: number | null,
  ) => Promise<{ readonly buffer: Buffer; readonly bytesRead: number }>;
  readonly close: () => Promise<void>;
};
