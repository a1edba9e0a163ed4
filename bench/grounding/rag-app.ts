/**
 * A small RAG application on this machine: `tsx bench/grounding/rag-app.ts [PORT]` serves the plain form of docs/rag.md on
 * /ask. It retrieves from the handbook beside this file by BM25 and answers with the sentences that it found.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { Passage } from "../../src/domain/app/passage.ts";

import { memberOf, textOf } from "../../src/domain/json.ts";
import { handbook } from "./rows.ts";

/** Usual values (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, §3.5). */
const saturation = 1.2;
const lengthWeight = 0.75;
const retrieved = 4;
/** Below it nothing in the handbook is about the question. */
const least = 6;

const pairsOf = (text: string): readonly string[] => {
  const points = Array.from(text.replaceAll(/[\s\p{P}]/gu, ""));
  return points.slice(1).map((char, at) => `${points[at] ?? ""}${char}`);
};

const documents = handbook.map((passage) => ({
  passage,
  terms: pairsOf(`${passage.title ?? ""}${passage.text}`),
}));
const meanLength = documents.reduce((sum, { terms }) => sum + terms.length, 0) / documents.length;
const holders = new Map<string, number>();
for (const { terms } of documents)
  for (const term of new Set(terms)) holders.set(term, (holders.get(term) ?? 0) + 1);

/** The passages that say most about a question, best first. */
export function retrieve(question: string): readonly (Passage & { readonly score: number })[] {
  const asked = [...new Set(pairsOf(question))];
  return documents
    .map(({ passage, terms }) => {
      const norm = saturation * (1 - lengthWeight + (lengthWeight * terms.length) / meanLength);
      const score = asked.reduce((sum, term) => {
        const count = terms.filter((each) => each === term).length;
        const held = holders.get(term) ?? 0;
        const weight = Math.log(1 + (documents.length - held + 0.5) / (held + 0.5));
        return sum + (weight * count * (saturation + 1)) / (count + norm);
      }, 0);
      return { ...passage, score: Math.round(score * 1000) / 1000 };
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, retrieved);
}

/** What the application says: the best passage with its number, or that there is none. */
export function answerTo(question: string): {
  readonly answer: string;
  readonly passages: readonly Passage[];
} {
  const passages = retrieve(question);
  const [best] = passages;
  if (best === undefined || best.score < least)
    return { answer: "资料中没有提到这个问题。", passages };
  return { answer: `${best.text.replace(/。$/u, "")}[1]。`, passages };
}

/** Serves the application on a free port, in events. */
export function startRagApp(port = 0): Promise<{
  readonly url: string;
  readonly close: () => Promise<void>;
}> {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
      const question = textOf(memberOf(body, "question")) ?? "";
      const { answer, passages } = answerTo(question);
      response.writeHead(200, { "content-type": "text/event-stream" });
      const send = (value: object): void => {
        response.write(`data: ${JSON.stringify(value)}\n\n`);
      };
      send({ passages });
      for (const piece of answer.match(/.{1,6}/gu) ?? []) send({ answer: piece });
      send({ usage: { input: question.length, output: answer.length }, done: true });
      response.end();
    });
  });
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      });
    });
  });
}

if (import.meta.filename === process.argv[1]) {
  const { url } = await startRagApp(Number(process.argv[2] ?? 0));
  console.log(`${url}/ask`);
}
