import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether `openssl ts` is there: without it no token can be made. */
export const hasOpenssl = spawnSync("openssl", ["ts", "-help"]).status === 0;

/** An authority and its timestamp certificate, made with OpenSSL in a folder of their own. */
export type TimeAuthority = { readonly folder: string; readonly ca: string };

const config = (folder: string): string => `
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = Test time
[ root ]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[ stamp ]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ web ]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ tsa ]
default_tsa = service
[ service ]
serial = ${folder}/serial
signer_cert = ${folder}/stamp.crt
certs = ${folder}/root.crt
signer_key = ${folder}/stamp.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384
accuracy = secs:1
ess_cert_id_alg = sha256
`;

/** Runs openssl in a folder; the arguments have no spaces in them. Throws where it fails. */
const openssl = (folder: string, line: string): Buffer =>
  execFileSync("openssl", line.split(" "), { cwd: folder, stdio: "pipe" });

/** Makes an authority; two of them have the same names and other keys. -1 days: its certificates for stamping have run out. */
export function makeTimeAuthority(key: "ec" | "rsa" = "ec", days: 20 | -1 = 20): TimeAuthority {
  const folder = mkdtempSync(join(tmpdir(), "baimo-tsa-"));
  writeFileSync(join(folder, "openssl.cnf"), config(folder));
  writeFileSync(join(folder, "serial"), "01\n");
  const kind = key === "rsa" ? "rsa:2048" : "ec -pkeyopt ec_paramgen_curve:P-256";
  const request = `req -newkey ${kind} -nodes -sha256 -config openssl.cnf`;
  openssl(
    folder,
    `${request} -x509 -days 30 -subj /CN=Test-root -extensions root -keyout root.key -out root.crt`,
  );
  for (const name of ["stamp", "web"]) {
    openssl(folder, `${request} -keyout ${name}.key -out ${name}.csr`);
    openssl(
      folder,
      `x509 -req -in ${name}.csr -CA root.crt -CAkey root.key -CAcreateserial -sha256 -days ${days} -extfile openssl.cnf -extensions ${name} -out ${name}.crt`,
    );
  }
  return { folder, ca: join(folder, "root.crt") };
}

/** The answer to a query, DER. */
export function stampQuery({ folder }: TimeAuthority, query: Buffer): Buffer {
  writeFileSync(join(folder, "query.tsq"), query);
  openssl(folder, "ts -reply -config openssl.cnf -queryfile query.tsq -out answer.tsr");
  return readFileSync(join(folder, "answer.tsr"));
}

/**
 * The same answer, signed as any message is: by the certificate of a web server of the same authority, or by that of the
 * service, without the attribute that names it.
 */
export function signAsMessage(
  authority: TimeAuthority,
  query: Buffer,
  by: "web" | "stamp",
): Buffer {
  const { folder } = authority;
  stampQuery(authority, query);
  openssl(folder, "ts -reply -in answer.tsr -token_out -out token.der");
  openssl(folder, "cms -verify -noverify -inform DER -in token.der -binary -out info.der");
  const token = openssl(
    folder,
    `cms -sign -binary -nodetach -nosmimecap -md sha256 -in info.der -econtent_type 1.2.840.113549.1.9.16.1.4 -signer ${by}.crt -inkey ${by}.key -certfile root.crt -outform DER`,
  );
  const content = Buffer.concat([Buffer.from("3003020100", "hex"), token]);
  const head = Buffer.from([0x30, 0x82, content.length >> 8, content.length & 0xff]);
  return Buffer.concat([head, content]);
}

/** A loopback service that answers with what `answer` makes of the query. */
export async function timeService(
  answer: (query: Buffer) => Buffer,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.writeHead(200, { "content-type": "application/timestamp-reply" });
      response.end(answer(Buffer.concat(chunks)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/tsr`, server };
}
