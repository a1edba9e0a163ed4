/** What an in-house grader gets for `import { z } from "zod"`: the copy that reads its options, whatever is installed where it lies. */
export * from "zod";
export { z as default } from "zod";
