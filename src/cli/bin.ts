#!/usr/bin/env node
// An older Node must be able to read this file: no import, and no syntax of the last years. The program itself is
// loaded where it can be.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `baimo 需要 Node.js 22.19 或更高版本，这里是 ${process.version} · baimo needs Node.js 22.19 or newer; this is ${process.version}\n`,
  );
  process.exitCode = 2;
} else if (process.argv.includes("run")) {
  void import("./shell/small-heap.ts").then(({ startShort }) => {
    startShort();
    return import("./start.ts");
  });
} else {
  void import("./start.ts");
}
