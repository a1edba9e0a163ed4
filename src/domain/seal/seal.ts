import { z } from "zod";

import { formats } from "../formats.ts";
import { ToolVersion } from "../run-file/header.ts";
import { expected } from "../schema/expected.ts";
import { Count, Moment } from "../schema/readonly.ts";

/** That one seal may hold. */
export const mostFiles = 100_000;

const text = z.string().max(4096);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, {
  error: expected("64 位十六进制的 SHA-256", "a SHA-256 of 64 hex digits"),
});
const Base64 = z
  .string()
  .max(1 << 20)
  .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, {
    error: expected("base64", "base64"),
  });

/** A path from the folder of the seal, parted by `/`. Nothing in it can break a line or name a drive. */
export const SealedPath = z
  .string()
  .max(4096)
  .regex(/^(?!\/|[A-Za-z]:)[^\\\p{Cc}\p{Cs}]+$/u, {
    error: expected(
      "从封存文件所在文件夹算起的相对路径，用 / 分隔",
      "a path from the seal's own folder, parted by /",
    ),
  });

const SealedFile = z
  .strictObject({
    path: SealedPath,
    bytes: Count,
    sha256: Sha256,
  })
  .readonly();
export type SealedFile = z.infer<typeof SealedFile>;

/** What a run file names in its first line. */
const SealedRun = z
  .strictObject({
    path: SealedPath,
    id: text,
    plan_digest: text,
    tool: z.strictObject(ToolVersion.unwrap().shape).readonly(),
    suites: z.array(z.strictObject({ id: text, digest: text }).readonly()).readonly(),
  })
  .readonly();
export type SealedRun = z.infer<typeof SealedRun>;

/** What is signed and stamped: its canonical JSON, as `digest.ts` writes it, in UTF-8. */
const Manifest = z
  .strictObject({
    schema: z.literal(formats.seal),
    /** By the clock of the machine that sealed. */
    sealed_at: Moment,
    tool: z.strictObject(ToolVersion.unwrap().shape).readonly(),
    files: z.array(SealedFile).max(mostFiles).readonly(),
    runs: z.array(SealedRun).max(mostFiles).readonly(),
    /** Folders of which every file was sealed, so that a file that is new there can be named. */
    folders: z.array(SealedPath).max(1000).readonly(),
  })
  .readonly();
export type Manifest = z.infer<typeof Manifest>;

const Signature = z
  .strictObject({
    algorithm: z.literal("Ed25519"),
    /** SubjectPublicKeyInfo, DER. */
    public_key: Base64,
    value: Base64,
  })
  .readonly();
export type Signature = z.infer<typeof Signature>;

const Timestamp = z
  .strictObject({
    /** Address of the service, without credentials. */
    service: text,
    /** Hex digits of the number that was sent along. */
    nonce: z.string().regex(/^[0-9a-f]{16}$/),
    /** The whole answer as it came: TimeStampResp, DER. */
    response: Base64,
  })
  .readonly();
export type Timestamp = z.infer<typeof Timestamp>;

/** The file that `baimo seal` writes. Neither signature nor timestamp is covered by the other: both are over the manifest. */
export const Seal = z
  .strictObject({
    schema: z.literal(formats.seal),
    manifest: Manifest,
    signature: Signature.nullable(),
    timestamp: Timestamp.nullable(),
  })
  .readonly();
export type Seal = z.infer<typeof Seal>;
