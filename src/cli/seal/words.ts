import type { Lang, Text } from "../../domain/text.ts";
import type { FileState } from "../../store/seal/changes.ts";
import type { SignatureState } from "../../store/seal/signature.ts";
import type { StampedTime } from "../../store/seal/token.ts";

import { clean, count } from "../../report/render/format.ts";

const stateWords: Readonly<Record<FileState["state"], Text>> = {
  same: { zh: "未变", en: "unchanged" },
  changed: { zh: "变了", en: "CHANGED" },
  missing: { zh: "不见了", en: "MISSING" },
  added: { zh: "新增，未封存", en: "ADDED, not sealed" },
};

const sumWords: Readonly<Record<FileState["state"], Text>> = {
  same: { zh: "未变", en: "unchanged" },
  changed: { zh: "变了", en: "changed" },
  missing: { zh: "不见了", en: "missing" },
  added: { zh: "新增", en: "added" },
};

/** One line for each file, in the order given, and their number by state. */
export function fileLines(states: readonly FileState[], lang: Lang): readonly string[] {
  const lines = states.map(({ path, state, sealed_bytes, bytes }) => {
    const sizes =
      state === "changed" && bytes !== null && bytes !== sealed_bytes
        ? { zh: `（${sealed_bytes} → ${bytes} 字节）`, en: ` (${sealed_bytes} → ${bytes} bytes)` }[
            lang
          ]
        : "";
    return `${stateWords[state][lang]}  ${clean(path)}${sizes}`;
  });
  const sums = (["same", "changed", "missing", "added"] as const).map((state) => {
    const n = count(states.filter((each) => each.state === state).length, lang);
    return lang === "zh" ? `${sumWords[state].zh} ${n}` : `${n} ${sumWords[state].en}`;
  });
  return [...lines, sums.join(lang === "zh" ? "，" : ", ")];
}

/** Who signed, as far as that is known. */
export function signatureLine(
  state: SignatureState,
  fingerprint: string | null,
  lang: Lang,
): string {
  if (state === "none") {
    return {
      zh: "签名：没有。谁能写这个文件，谁就能改它并重算摘要",
      en: "Signature: none. Whoever may write this file can change it and count the digests anew",
    }[lang];
  }
  return state === "matched"
    ? {
        zh: `签名：成立，用的是给出的密钥（公钥 SHA-256 ${fingerprint}）`,
        en: `Signature: holds, made with the key that was given (SHA-256 of the public key ${fingerprint})`,
      }[lang]
    : {
        zh: `签名：与清单相符，但密钥是封存文件自己带的（公钥 SHA-256 ${fingerprint}），是谁的没有核对；请用 --key 给出签名者的公钥`,
        en: `Signature: fits the manifest, but its key is the one that the seal brings along (SHA-256 of the public key ${fingerprint}), and whose that is was not checked; give the signer's public key with --key`,
      }[lang];
}

/** When the digest existed, as far as that is known. */
export function timeLine(time: StampedTime | null, lang: Lang): string {
  if (time === null) {
    return {
      zh: "时间戳：没有。封存时间只是封存者自己的说法",
      en: "Timestamp: none. The time of sealing is the sealer's own word",
    }[lang];
  }
  const at = time.at.toISOString();
  const by = clean(time.by);
  return time.trusted
    ? {
        zh: `时间戳：${at}，由 ${by} 签发，证书可追溯到 --tsa-ca；证书是否被吊销没有查询`,
        en: `Timestamp: ${at}, by ${by}; its certificate leads to --tsa-ca. Whether it was revoked was not looked up`,
      }[lang]
    : {
        zh: `时间戳：自称 ${at}、由 ${by} 签发；证书没有核对，谁都能自造一个，请用 --tsa-ca 给出该服务的根证书`,
        en: `Timestamp: says ${at}, by ${by}; its certificate was not checked, and anybody can make one: give the service's root certificate with --tsa-ca`,
      }[lang];
}

/** What all of this proves, and what it does not. */
export const proofNote: Text = {
  zh: "封存能证明什么：摘要说明文件此后变没变；自己的密钥既不证明时间，也不证明身份，只说明持有这把私钥的人签过；时间戳说明这份摘要在那时已经存在，可信程度以您对该服务的信任为限。三者都不证明数字本身是对的。",
  en: "What a seal proves: digests show whether files changed since. A key of one's own proves neither time nor identity, only that whoever holds it signed. A timestamp proves that the digest existed then, as far as you trust the service. None of them proves that the figures are right.",
};
