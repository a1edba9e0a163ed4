import { hash } from "node:crypto";

import type { Attribute, Certificate, SignedData, SignedDataVerifyResult, TSTInfo } from "pkijs";

import type { Timestamp } from "../../domain/seal/seal.ts";

import { UserError } from "../../domain/text.ts";
import { firstOctets } from "./der.ts";
import { loadPki } from "./load-pki.ts";

/** What a checked token says. `trusted` where its certificate leads to one that was given. */
export type StampedTime = {
  /** By the clock of the service. */
  readonly at: Date;
  /** Subject of the certificate that signed, as the certificate states it. */
  readonly by: string;
  readonly serial: string;
  readonly policy: string;
  readonly trusted: boolean;
};

const oid = {
  sha256: "2.16.840.1.101.3.4.2.1",
  signedData: "1.2.840.113549.1.7.2",
  tstInfo: "1.2.840.113549.1.9.16.1.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  extendedKeyUsage: "2.5.29.37",
  timeStamping: "1.3.6.1.5.5.7.3.8",
} as const;

/**
 * Checks the answer of a timestamp service over `bytes`: granted, over their SHA-256, with our nonce, signed by a
 * certificate that is for timestamps and that the token names; and where `roots` (PEM) are given, that it leads to one of
 * them and was valid at the stamped time. Revocation is not looked up. Rejects with a `UserError` that says which of these
 * failed. Sources: RFC 3161, sections 2.3 and 2.4.2; RFC 5816
 */
export async function checkToken(
  { response, nonce }: Timestamp,
  bytes: Uint8Array,
  roots: string | null,
): Promise<StampedTime> {
  const pki = await loadPki();
  const trustedCerts = roots === null ? [] : certificatesOf(pki, roots);
  const { signed, info } = readResponse(pki, Buffer.from(response, "base64"));
  const { messageImprint } = info;
  const imprint = Buffer.from(messageImprint.hashedMessage.valueBlock.valueHexView);
  if (
    messageImprint.hashAlgorithm.algorithmId !== oid.sha256 ||
    !imprint.equals(hash("sha256", bytes, "buffer"))
  ) {
    throw refused(
      "它盖的是别的摘要，不是这份清单的",
      "it is over another digest than this manifest's",
    );
  }
  const stamped = info.nonce;
  if (
    stamped === undefined ||
    Buffer.from(stamped.valueBlock.valueHexView).toString("hex") !== nonce
  ) {
    throw refused(
      "随机数与请求的不同，是对别的请求的回应",
      "its nonce is not that of the query: it answers another one",
    );
  }
  const signer = await checkSigned(signed, bytes, trustedCerts, roots !== null);
  return {
    at: info.genTime,
    by: subjectOf(signer),
    serial: Buffer.from(info.serialNumber.valueBlock.valueHexView).toString("hex"),
    policy: info.policy,
    trusted: roots !== null,
  };
}

/** A path is looked for among them in more than linear time. */
const mostCertificates = 10;

type Pki = typeof import("pkijs");

/** The certificates of a PEM text. Throws a `UserError` where there are none. */
function certificatesOf({ Certificate }: Pki, pem: string): Certificate[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g);
  try {
    const found = Array.from(blocks, ([, text = ""]) =>
      Certificate.fromBER(Uint8Array.from(Buffer.from(text, "base64"))),
    );
    if (found.length > 0) return found;
  } catch {
    // Said below.
  }
  throw new UserError({
    zh: "--tsa-ca 里没有可读的证书；应是时间戳服务的根证书（PEM）",
    en: "--tsa-ca holds no certificate that can be read; it should be the root certificate of the timestamp service (PEM)",
  });
}

function readResponse(
  { TimeStampResp, SignedData, TSTInfo, PKIStatus }: Pki,
  bytes: Buffer,
): { readonly signed: SignedData; readonly info: TSTInfo } {
  const granted = [PKIStatus.granted, PKIStatus.grantedWithMods];
  try {
    const { status, timeStampToken } = TimeStampResp.fromBER(Uint8Array.from(bytes));
    if (!granted.includes(status.status) || timeStampToken === undefined) {
      throw refused(
        `服务没有批准（状态 ${status.status}）`,
        `the service did not grant it (status ${status.status})`,
      );
    }
    const signed = new SignedData({ schema: timeStampToken.content });
    const { eContentType, eContent } = signed.encapContentInfo;
    if (
      timeStampToken.contentType !== oid.signedData ||
      eContentType !== oid.tstInfo ||
      eContent === undefined
    ) {
      throw refused("它不是时间戳", "it is no timestamp");
    }
    if ((signed.certificates ?? []).length > mostCertificates) {
      throw refused("带的证书太多", "it carries too many certificates");
    }
    return { signed, info: TSTInfo.fromBER(eContent.getValue()) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw refused("它不是 RFC 3161 的回应，或已损坏", "it is no answer of RFC 3161, or is damaged");
  }
}

/** The certificate that signed, once signature, purpose and chain have been checked. */
async function checkSigned(
  signed: SignedData,
  bytes: Uint8Array,
  trustedCerts: Certificate[],
  checkChain: boolean,
): Promise<Certificate> {
  const [signerInfo, ...more] = signed.signerInfos;
  const attributes = signerInfo?.signedAttrs?.attributes;
  if (signerInfo === undefined || attributes === undefined || more.length > 0) {
    throw refused(
      "它应有且只有一个带属性的签名",
      "it should have exactly one signature with attributes",
    );
  }
  if (!strongDigests.has(signerInfo.digestAlgorithm.algorithmId)) {
    throw refused(
      "签名用的摘要算法太弱或不认识",
      "it is signed by a digest that is weak or unknown",
    );
  }
  const certificate = await signerOf(signed, {
    data: Uint8Array.from(bytes).buffer,
    trustedCerts,
    checkChain,
  });
  const usage = certificate.extensions?.find((each) => each.extnID === oid.extendedKeyUsage);
  const purposes: unknown = usage?.parsedValue?.keyPurposes;
  if (usage?.critical !== true || String(purposes) !== oid.timeStamping) {
    throw refused(
      "签名的证书不是专用于时间戳的",
      "the certificate that signed is not for timestamps alone",
    );
  }
  if (!namesCertificate(attributes, certificate)) {
    throw refused(
      "它没有指明签名的证书，或指明的是另一张",
      "it does not name the certificate that signed, or names another",
    );
  }
  return certificate;
}

async function signerOf(
  signed: SignedData,
  given: {
    readonly data: ArrayBuffer;
    readonly trustedCerts: Certificate[];
    readonly checkChain: boolean;
  },
): Promise<Certificate> {
  const result = await signed
    .verify({ signer: 0, ...given, extendedMode: true, passedWhenNotRevValues: true })
    .catch((error: unknown) => failedBy(error));
  if (result.signatureVerified === true && result.signerCertificate != null) {
    return result.signerCertificate;
  }
  throw result.signerCertificateVerified === false
    ? refused(
        `证书不能追溯到 --tsa-ca 里的证书，或在盖戳时无效（${result.message}）`,
        `its certificate does not lead to one of --tsa-ca, or was not valid when it stamped (${result.message})`,
      )
    : refused(
        `签名不成立${result.message && `（${result.message}）`}`,
        `its signature does not hold${result.message && ` (${result.message})`}`,
      );
}

/** What the library rejects with is a result as well. */
function failedBy(error: unknown): Partial<SignedDataVerifyResult> & { readonly message: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const chain: unknown = Reflect.get(error, "signerCertificateVerified");
  return { message: error.message, signerCertificateVerified: chain === false ? false : null };
}

/** Whether the attribute that ties a token to a certificate (ESSCertID, by its digest) names this one. */
function namesCertificate(attributes: readonly Attribute[], certificate: Certificate): boolean {
  const der = new Uint8Array(certificate.toSchema(true).toBER());
  const named = [oid.signingCertificateV2, oid.signingCertificate].flatMap((type) =>
    attributes.filter((attribute) => attribute.type === type),
  );
  const [first] = named;
  if (first === undefined) return false;
  const digest = firstOctets(new Uint8Array(first.toSchema().toBER()));
  const algorithm = digestNames[digest?.length ?? 0];
  if (digest === null || algorithm === undefined) return false;
  return hash(algorithm, der, "buffer").equals(digest);
}

/** By length in bytes. SHA-1 is what ESSCertID of RFC 3161 has; the signature around it uses another. */
const digestNames: Readonly<Record<number, string>> = {
  20: "sha1",
  32: "sha256",
  48: "sha384",
  64: "sha512",
};

const strongDigests: ReadonlySet<string> = new Set([
  oid.sha256,
  "2.16.840.1.101.3.4.2.2",
  "2.16.840.1.101.3.4.2.3",
]);

const subjectOf = ({ subject }: Certificate): string =>
  subject.typesAndValues
    .map(({ type, value }) => `${shortNames[type] ?? type}=${value.valueBlock.value}`)
    .join(", ");

const shortNames: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
};

const refused = (zh: string, en: string): UserError =>
  new UserError({ zh: `时间戳不可采信：${zh}`, en: `the timestamp is refused: ${en}` });
