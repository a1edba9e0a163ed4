import { generate } from "selfsigned";

/** PEM texts. */
export type Pair = { readonly cert: string; readonly key: string };

export type LeafOptions = {
  readonly ca: Pair;
  /** Host names; default localhost. */
  readonly hosts?: readonly string[];
  /** Also valid for 127.0.0.1; default true. */
  readonly loopback?: boolean;
  readonly expired?: boolean;
  readonly passphrase?: string;
};

const day = 86_400_000;
const common = { keyType: "ec", algorithm: "sha256" } as const;

/** A certificate authority that nobody trusts yet. */
export async function makeCa(name = "Test CA"): Promise<Pair> {
  const { cert, private: key } = await generate([{ name: "commonName", value: name }], {
    ...common,
    notBeforeDate: new Date(Date.now() - day),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { cert, key };
}

/** A certificate for a server or a client. */
export async function makeLeaf(options: LeafOptions): Promise<Pair> {
  const { ca, hosts = ["localhost"], loopback = true, expired = false, passphrase } = options;
  const now = Date.now();
  const { cert, private: key } = await generate(
    [{ name: "commonName", value: hosts[0] ?? "leaf" }],
    {
      ...common,
      ca: { ...ca },
      notBeforeDate: new Date(now - 20 * day),
      notAfterDate: new Date(now + (expired ? -10 : 10) * day),
      extensions: [
        { name: "basicConstraints", cA: false },
        { name: "keyUsage", digitalSignature: true },
        { name: "extKeyUsage", serverAuth: true, clientAuth: true },
        {
          name: "subjectAltName",
          altNames: [
            ...hosts.map((value) => ({ type: 2 as const, value })),
            ...(loopback ? [{ type: 7 as const, ip: "127.0.0.1" }] : []),
          ],
        },
      ],
      ...(passphrase === undefined ? {} : { passphrase }),
    },
  );
  return { cert, key };
}
