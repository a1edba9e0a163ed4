import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

import type { Manifest, Seal, Signature } from "../../domain/seal/seal.ts";

import { UserError } from "../../domain/text.ts";
import { manifestBytes } from "./manifest.ts";

/** Signs the manifest with an Ed25519 private key (RFC 8032). */
export function signManifest(manifest: Manifest, key: KeyObject): Signature {
  return {
    algorithm: "Ed25519",
    public_key: derOf(createPublicKey(key)).toString("base64"),
    value: sign(null, manifestBytes(manifest), key).toString("base64"),
  };
}

/** `matched`: made with the key that was expected. `own`: made with the key that the seal itself names, whoever owns it. */
export type SignatureState = "matched" | "own" | "none";

/**
 * Holds the signature against the manifest, and its key against the expected one. Throws a `UserError` for a signature
 * that does not hold, for another key, and for a seal without signature where a key was given.
 */
export function checkSignature(
  { manifest, signature }: Seal,
  expected: KeyObject | null,
): SignatureState {
  if (signature === null) {
    if (expected !== null) throw unsigned;
    return "none";
  }
  const named = publicKeyOf(signature);
  if (expected !== null && !derOf(named).equals(derOf(expected))) {
    throw otherKey(fingerprintOf(named), fingerprintOf(expected));
  }
  const value = Buffer.from(signature.value, "base64");
  if (!verify(null, manifestBytes(manifest), named, value)) throw forged;
  return expected === null ? "own" : "matched";
}

/** SHA-256 of a public key's DER form, in hex: what two people read to each other. */
export const fingerprintOf = (key: KeyObject): string =>
  createHash("sha256")
    .update(derOf(createPublicKeyOnce(key)))
    .digest("hex");

/** The key that a signature names. Throws a `UserError` where it is no Ed25519 key. */
export function publicKeyOf({ public_key }: Signature): KeyObject {
  try {
    const key = createPublicKey({
      key: Buffer.from(public_key, "base64"),
      format: "der",
      type: "spki",
    });
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // Said below, in the words of the seal.
  }
  throw new UserError({
    zh: "封存文件里的公钥不是 Ed25519 公钥，文件已损坏或被改过",
    en: "the public key in the seal is no Ed25519 key: the seal is damaged or was changed",
  });
}

const createPublicKeyOnce = (key: KeyObject): KeyObject =>
  key.type === "public" ? key : createPublicKey(key);

const derOf = (key: KeyObject): Buffer => key.export({ type: "spki", format: "der" });

const unsigned = new UserError({
  zh: "封存文件没有签名，无法用 --key 核对；签名可能被人去掉了，请向封存的人要有签名的那一份",
  en: "the seal has no signature for --key to check; somebody may have taken it off: ask whoever sealed for the signed one",
});
const forged = new UserError({
  zh: "签名与内容不符：封存之后，封存文件本身被改过",
  en: "the signature does not fit the manifest: the seal itself was changed after it was signed",
});
const otherKey = (got: string, wanted: string): UserError =>
  new UserError({
    zh: `签名用的是另一把密钥：封存文件里是 ${got}，--key 是 ${wanted}（公钥的 SHA-256）`,
    en: `signed with another key: the seal names ${got}, --key is ${wanted} (SHA-256 of the public key)`,
  });
