import { writeFileSync } from "node:fs";

import { contributing, contributingFile } from "./contributing.ts";

// `npm run schemas`
writeFileSync(contributingFile, contributing());
