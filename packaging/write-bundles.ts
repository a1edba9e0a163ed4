import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { type Bundle, writeBundle } from "./bundle.ts";
import { architectures, fetchNode, needsOf } from "./node-binary.ts";

// `npm run bundle -- [--arch x64] [--out folder] [--key ed25519.pem]`
const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    arch: { type: "string", multiple: true, default: [...architectures] },
    out: { type: "string", default: "bundles" },
    key: { type: "string" },
  },
});
const wanted = architectures.filter((each) => values.arch.includes(each));
if (wanted.length < values.arch.length) {
  throw new Error(`--arch takes ${architectures.join(" and ")}; got ${values.arch.join(", ")}`);
}
execFileSync(process.execPath, [join(root, "build.ts")], { stdio: "inherit" });
const out = resolve(values.out);
mkdirSync(out, { recursive: true });

const bundles: Bundle[] = [];
for (const arch of wanted) {
  const node = fetchNode(arch);
  const bundle = await writeBundle({ root, arch, node, out });
  const { glibc, libstdcxx } = needsOf(node.node);
  console.log(
    `${bundle.file}  ${(bundle.bytes / 1e6).toFixed(1)} MB  glibc ≥ ${glibc}, libstdc++ with GLIBCXX_${libstdcxx}`,
  );
  bundles.push(bundle);
}
const sums = bundles.map(({ file, sha256 }) => `${sha256}  ${basename(file)}\n`).join("");
writeFileSync(join(out, "SHA256SUMS"), sums);
console.log(sums.trimEnd());
if (values.key === undefined) {
  console.log("not signed: --key names an Ed25519 key in PEM");
} else {
  // Checked by openssl pkeyutl -verify -pubin -inkey baimo.pub -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
  const key = createPrivateKey(readFileSync(values.key));
  writeFileSync(join(out, "SHA256SUMS.sig"), sign(null, Buffer.from(sums), key));
  const shown = createPublicKey(key).export({ type: "spki", format: "pem" });
  writeFileSync(join(out, "baimo.pub"), shown);
}
