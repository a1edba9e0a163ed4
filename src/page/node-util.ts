/** What texts of reports need of Node's `util`, for the browser. */

// As in Node: CSI and OSC sequences, ended by BEL, ESC \ or ST (ECMA-48).
const sequences =
  // oxlint-disable-next-line no-control-regex
  /[\u001B\u009B][[\]()#;?]*(?:(?:(?:;?[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\u0007|\u001B\u005C|\u009C)|(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~])/g;

/** A text without the sequences that a terminal obeys. */
export const stripVTControlCharacters = (text: string): string => text.replaceAll(sequences, "");
