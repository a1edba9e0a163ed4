/** Framings of servers and gateways that are read as if they were regular, with the data of their events. */
type Framing = {
  readonly name: string;
  readonly stream: string;
  readonly data: readonly string[];
  /** Names of the events, where they have any. */
  readonly names?: readonly string[];
};

const one = '{"n":1,"字":"你好😀"}';
const two = '{"n":2}';
const done = "[DONE]";
const data = [one, two, done];

export const oddFramings: readonly Framing[] = [
  { name: "regular", stream: `data: ${one}\n\ndata: ${two}\n\ndata: ${done}\n\n`, data },
  { name: "no space", stream: `data:${one}\n\ndata:${two}\n\ndata:${done}\n\n`, data },
  { name: "no blank lines", stream: `data: ${one}\ndata: ${two}\ndata: ${done}\n`, data },
  { name: "neither", stream: `data:${one}\ndata:${two}\ndata:${done}`, data },
  { name: "CRLF", stream: `data: ${one}\r\n\r\ndata: ${two}\r\n\r\ndata: ${done}\r\n\r\n`, data },
  { name: "CR", stream: `data: ${one}\r\rdata: ${two}\r\rdata: ${done}\r\r`, data },
  { name: "CR, no blank lines", stream: `data: ${one}\rdata: ${two}\rdata: ${done}\r`, data },
  {
    name: "mixed line ends",
    stream: `data: ${one}\r\n\ndata: ${two}\n\r\ndata: ${done}\r\n\r\n`,
    data,
  },
  {
    name: "comments",
    stream: `: ping\n\n: ping\ndata: ${one}\n: ping\n\n: ping\n\ndata: ${two}\n\n:\n\ndata: ${done}\n\n`,
    data,
  },
  {
    name: "a byte order mark",
    stream: `\uFEFFdata: ${one}\n\ndata: ${two}\n\ndata: ${done}\n\n`,
    data,
  },
  {
    name: "ids and retries",
    stream: `id: 1\nretry: 3\ndata: ${one}\n\nid: 2\ndata: ${two}\n\nid\ndata: ${done}\n\n`,
    data,
  },
  {
    name: "names before the data",
    stream: `event: a\ndata: ${one}\n\nevent: b\ndata: ${two}\n\ndata: ${done}\n\n`,
    data,
    names: ["a", "b", ""],
  },
  {
    name: "names after the data",
    stream: `data: ${one}\nevent: a\n\ndata: ${two}\nevent: b\n\ndata: ${done}\n\n`,
    data,
    names: ["a", "b", ""],
  },
  {
    name: "names, no blank lines",
    stream: `event: a\ndata: ${one}\nevent: b\ndata: ${two}\nevent: c\ndata: ${done}\n`,
    data,
    names: ["a", "b", "c"],
  },
  {
    name: "an object over several lines",
    stream: `data: {"n":1,\ndata: "字":"你好😀"}\n\ndata: ${two}\n\ndata: ${done}\n\n`,
    data: ['{"n":1,\n"字":"你好😀"}', two, done],
  },
  { name: "bare objects", stream: `${one}\n${two}\ndata: ${done}\n`, data },
  {
    name: "many blank lines",
    stream: `\n\n\ndata: ${one}\n\n\n\ndata: ${two}\n\n\n\n\ndata: ${done}\n\n`,
    data,
  },
  {
    name: "events without data",
    stream: `event: ping\n\ndata: ${one}\n\nevent: ping\n\ndata: ${two}\n\ndata: ${done}\n\n`,
    data,
  },
  {
    name: "blank lines only here and there",
    stream: `data: ${one}\n\ndata: ${two}\ndata: ${done}\n\n`,
    data,
  },
  {
    name: "no end mark and no last line end",
    stream: `data: ${one}\n\ndata: ${two}`,
    data: [one, two],
  },
];
