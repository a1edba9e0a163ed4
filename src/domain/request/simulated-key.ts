import { generateKeyPairSync, randomUUID } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const file = join(tmpdir(), "baimo-simulator-key.pem");

/**
 * The RSA key (PKCS #8, PEM) that signs requests to the simulator, so that signatures are verified as a vendor would.
 * It protects nothing. Generated on this machine when first needed, and shared by its processes.
 */
export const simulatedPrivateKey: string = read() ?? make();

function read(): string | null {
  try {
    const text = readFileSync(file, "utf8");
    return text.endsWith("KEY-----\n") ? text : null;
  } catch {
    return null;
  }
}

/** Linked into place atomically: if two processes generate one at the same time, both use the first. */
function make(): string {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const own = `${file}.${randomUUID()}`;
  writeFileSync(own, privateKey, { mode: 0o600 });
  try {
    linkSync(own, file);
    return privateKey;
  } catch {
    return read() ?? privateKey;
  } finally {
    rmSync(own, { force: true });
  }
}
