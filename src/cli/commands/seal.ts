import { hash, randomBytes } from "node:crypto";
import { stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Seal } from "../../domain/seal/seal.ts";
import type { Context } from "../context.ts";

import { formats } from "../../domain/formats.ts";
import { Seal as SealSchema } from "../../domain/seal/seal.ts";
import { UserError } from "../../domain/text.ts";
import { readText } from "../../files/text-file.ts";
import { jsonText } from "../../report/render/plain.ts";
import { readJsonFile } from "../../store/json-file.ts";
import { askTime } from "../../store/seal/ask-time.ts";
import { changesSince } from "../../store/seal/changes.ts";
import { readPrivateKey, readPublicKey, writeNewKey } from "../../store/seal/keys.ts";
import { makeManifest, manifestBytes } from "../../store/seal/manifest.ts";
import {
  checkSignature,
  fingerprintOf,
  publicKeyOf,
  signManifest,
} from "../../store/seal/signature.ts";
import { checkToken } from "../../store/seal/token.ts";
import { defineCommand, type OptionsOf, text } from "../options.ts";
import { fileLines, proofNote, signatureLine, timeLine } from "../seal/words.ts";
import { shared } from "../shared-options.ts";

const options = {
  with: shared.withFiles,
  key: text({
    zh: "封存时是自己的私钥（.pem）；核对时是签名者的公钥（.pub）",
    en: "to seal, one's own private key (.pem); to verify, the signer's public key (.pub)",
  }),
  tsa: text({
    zh: "时间戳服务（RFC 3161）的地址",
    en: "address of a timestamp service (RFC 3161)",
  }),
  tsaCa: text({
    zh: "时间戳服务的根证书（PEM）",
    en: "root certificate of the timestamp service (PEM)",
  }),
  out: shared.out,
  force: shared.forceOverwrite,
  verify: text({ zh: "核对这个封存文件", en: "check this seal" }),
  json: shared.json,
  newKey: text({
    zh: "生成一对密钥：私钥写到这里（权限 0600），公钥写到同名的 .pub",
    en: "make a pair of keys: the private one goes here (mode 0600), the public one beside it as .pub",
  }),
};

type SealOptions = OptionsOf<typeof options>;

/**
 * Exit 0 where it was sealed, or where every sealed file is as it was and nothing was added; 1 where a file changed, is
 * missing or was added; 2 where the seal cannot be relied on: another key, a forged signature or token, a damaged file.
 */
export const command = defineCommand({
  usage:
    "RUN… [--with FILE…] [--key team.pem] [--tsa URL] -o seal.json | --verify seal.json [--key team.pub] | --new-key team.pem",
  options,
  run: async (given, context) => {
    if (given.newKey !== null) return newKey(given.newKey, context);
    return given.verify === null ? seal(given, context) : verify(given, given.verify, context);
  },
});

async function newKey(named: string, { cwd, lang, print }: Context): Promise<number> {
  const file = resolve(cwd, named);
  const { publicFile } = await writeNewKey(file);
  const fingerprint = fingerprintOf(await readPublicKey(publicFile));
  print(
    lang === "zh"
      ? `已写入私钥 ${file}（只有您能读，请勿外传、勿提交）和公钥 ${publicFile}（交给核对的人）。\n公钥 SHA-256：${fingerprint}（请当面或另走渠道告诉对方）`
      : `Wrote the private key ${file} (yours alone: never hand it on or commit it) and the public key ${publicFile} (for those who check).\nSHA-256 of the public key: ${fingerprint} (tell them in person or by another way)`,
  );
  return 0;
}

async function seal(given: SealOptions, context: Context): Promise<number> {
  const { cwd, lang, print, env, signal, now } = context;
  const { positionals, out } = given;
  if (positionals.length + given.with.length === 0) throw nothing;
  if (out === null) throw noOut;
  const sealFile = resolve(cwd, out);
  if (!given.force && (await isThere(sealFile))) throw taken(out);
  const key = given.key === null ? null : await readPrivateKey(resolve(cwd, given.key));
  const roots = await rootsOf(given, cwd);
  const manifest = await makeManifest(
    {
      runs: positionals.map((each) => resolve(cwd, each)),
      others: given.with.map((each) => resolve(cwd, each)),
    },
    { sealFile, now: now() },
  );
  const bytes = manifestBytes(manifest);
  const timestamp =
    given.tsa === null
      ? null
      : await askTime(given.tsa, bytes, { env, signal, random: randomBytes(8) });
  const time = timestamp === null ? null : await checkToken(timestamp, bytes, roots);
  const signature = key === null ? null : signManifest(manifest, key);
  const sealed: Seal = { schema: formats.seal, manifest, signature, timestamp };
  await writeFile(sealFile, `${jsonText(sealed, 2)}\n`);
  const n = manifest.files.length;
  print(
    [
      lang === "zh"
        ? `已封存 ${n} 个文件，写入 ${out}。清单 SHA-256：${hash("sha256", bytes)}`
        : `Sealed ${n} files in ${out}. SHA-256 of the manifest: ${hash("sha256", bytes)}`,
      signatureLine(key === null ? "none" : "matched", key && fingerprintOf(key), lang),
      timeLine(time, lang),
      proofNote[lang],
    ].join("\n"),
  );
  return 0;
}

async function verify(given: SealOptions, named: string, context: Context): Promise<number> {
  const { cwd, lang, print } = context;
  if (given.out !== null || given.tsa !== null) throw bothWays;
  const sealFile = resolve(cwd, named);
  const key = given.key === null ? null : await readPublicKey(resolve(cwd, given.key));
  const roots = await rootsOf(given, cwd);
  const sealed = await readJsonFile(sealFile, SealSchema);
  const { manifest, signature, timestamp } = sealed;
  const signatureState = checkSignature(sealed, key);
  if (timestamp === null && roots !== null) throw unstamped;
  const time =
    timestamp === null ? null : await checkToken(timestamp, manifestBytes(manifest), roots);
  const others = [...given.positionals, ...given.with].map((each) => resolve(cwd, each));
  const files = await changesSince(manifest, sealFile, others);
  const isSame = files.every(({ state }) => state === "same");
  const fingerprint = signature === null ? null : fingerprintOf(publicKeyOf(signature));
  print(
    given.json
      ? jsonText(
          {
            same: isSame,
            sealed_at: manifest.sealed_at,
            signature: { state: signatureState, public_key_sha256: fingerprint },
            timestamp: time,
            files,
            runs: manifest.runs,
          },
          2,
        )
      : [
          ...fileLines(files, lang),
          signatureLine(signatureState, fingerprint, lang),
          timeLine(time, lang),
          proofNote[lang],
        ].join("\n"),
  );
  return isSame ? 0 : 1;
}

const rootsOf = async ({ tsaCa }: SealOptions, cwd: string): Promise<string | null> =>
  tsaCa === null ? null : readText(resolve(cwd, tsaCa));

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const nothing = new UserError({
  zh: "请给出要封存的运行文件，例如 baimo seal results/a.jsonl --with report.html --key team.pem -o seal.json",
  en: "name the run files to seal, such as: baimo seal results/a.jsonl --with report.html --key team.pem -o seal.json",
});
const noOut = new UserError({
  zh: "请用 -o 指明封存文件，例如 -o seal.json",
  en: "name the file to write with -o, such as -o seal.json",
});
const bothWays = new UserError({
  zh: "--verify 只核对，不能与 -o、--tsa 同用",
  en: "--verify only checks: it does not go with -o or --tsa",
});
const unstamped = new UserError({
  zh: "封存文件没有时间戳，无法用 --tsa-ca 核对；时间戳可能被人去掉了，请向封存的人要有时间戳的那一份",
  en: "the seal has no timestamp for --tsa-ca to check; somebody may have taken it off: ask whoever sealed for the stamped one",
});
const taken = (out: string): UserError =>
  new UserError({
    zh: `${out} 已经存在；要覆盖请加 --force`,
    en: `${out} exists; add --force to overwrite it`,
  });
