import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { builtinFolder } from "./builtin.ts";
import { schemaFiles, schemaText } from "./schemas.ts";

// `npm run schemas`
const root = dirname(builtinFolder("suites"));
for (const [name, schema] of Object.entries(schemaFiles)) {
  const file = join(root, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, schemaText(schema));
}
