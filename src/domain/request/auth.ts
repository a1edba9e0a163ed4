import { z } from "zod";

import { Id } from "../id.ts";
import { sentence } from "../schema/expected.ts";

/** What is wrong is told without the text: it may be the key itself. */
const VariableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
  error: ({ input }) => {
    const bracketed = typeof input === "string" && /[${}]/.test(input);
    return bracketed
      ? sentence(
          "env 只写变量名，不带 ${ }，例如 MY_API_KEY",
          "env takes the name of a variable alone, without ${ }, such as MY_API_KEY",
        )
      : sentence(
          "env 写的是环境变量的名字，只能用字母、数字和下划线，且不以数字开头，例如 MY_API_KEY；这里写的不是名字，要是密钥本身，就用 export 设置，或写进 .env：MY_API_KEY=…",
          "env takes the name of an environment variable: letters, digits and underscores, no digit first, such as MY_API_KEY. This is no name; if it is the key itself, export it or put it into .env: MY_API_KEY=…",
        );
  },
});

/** How requests are credentialed: by a scheme, with secrets that stand in variables. */
export const Auth = z.strictObject({
  scheme: Id,
  env: z
    .union([VariableName, z.record(z.string(), VariableName)])
    .optional()
    .describe("environment variable of the secret, or a map of names to variables"),
  header: z.string().min(1).optional().describe("for scheme header"),
  with: z
    .record(Id, z.string())
    .optional()
    .describe("settings of the scheme, such as a region; may name ${ENV} or ${ENV:-default}"),
  optional: z.array(Id).optional().describe("names of env that need not be set"),
});
export type Auth = z.infer<typeof Auth>;
