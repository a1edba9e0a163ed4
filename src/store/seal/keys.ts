import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { writeFile } from "node:fs/promises";

import { UserError } from "../../domain/text.ts";
import { notAFile } from "../../files/regular-file.ts";
import { readBytes } from "../../files/text-file.ts";

const mostKeyBytes = 1 << 16;

/** Where the public half of a key file lies: `team.pem` has `team.pub` beside it. */
const publicFileOf = (file: string): string => `${file.replace(/\.pem$/i, "")}.pub`;

/**
 * Writes a new pair: the private half for its owner alone (mode 0600), the public one beside it. Files that are there are
 * never replaced: whatever an old key signed would be lost with it. Rejects with a `UserError`.
 */
export async function writeNewKey(file: string): Promise<{ readonly publicFile: string }> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const publicFile = publicFileOf(file);
  await writeNew(file, privateKey.export({ type: "pkcs8", format: "pem" }).toString(), 0o600);
  await writeNew(publicFile, publicKey.export({ type: "spki", format: "pem" }).toString(), 0o644);
  return { publicFile };
}

/** The key that signs. Rejects with a `UserError` for anything but an Ed25519 private key in PEM without a passphrase. */
export const readPrivateKey = (file: string): Promise<KeyObject> =>
  readKey(file, createPrivateKey, {
    zh: "不是 Ed25519 私钥（PEM，不加口令）；用 baimo seal --new-key 生成一把",
    en: "is no Ed25519 private key (PEM, no passphrase); make one with baimo seal --new-key",
  });

/** The key that a signature is held against; of a private key its public half. Rejects with a `UserError`. */
export const readPublicKey = (file: string): Promise<KeyObject> =>
  readKey(file, createPublicKey, {
    zh: "不是 Ed25519 公钥（PEM）；应是签名者交给您的 .pub 文件",
    en: "is no Ed25519 public key (PEM); it should be the .pub file that the signer gave you",
  });

async function readKey(
  file: string,
  make: (pem: string) => KeyObject,
  wrong: { readonly zh: string; readonly en: string },
): Promise<KeyObject> {
  const odd = await notAFile(file);
  if (odd !== null) throw new UserError({ zh: `${file}：${odd.zh}`, en: `${file}: ${odd.en}` });
  const pem = (await readBytes(file, mostKeyBytes)).toString("utf8");
  try {
    const key = make(pem);
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // OpenSSL's own words say nothing to whoever named the wrong file.
  }
  throw new UserError({ zh: `${file} ${wrong.zh}`, en: `${file} ${wrong.en}` });
}

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx", mode });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(
      code === "EEXIST"
        ? {
            zh: `${file} 已经存在，不会覆盖：旧密钥没有了，它签过的就再也无法核对。请换一个文件名`,
            en: `${file} exists and is not overwritten: what the old key signed could not be checked without it. Name another file`,
          }
        : { zh: `${file}：无法写入（${code}）`, en: `${file}: cannot be written (${code})` },
    );
  }
}
