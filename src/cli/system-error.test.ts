import { expect, test } from "vitest";

import { systemError } from "./system-error.ts";

const thrown = (code: string, path?: string) => Object.assign(new Error(code), { code, path });

test.each([
  [
    "EMFILE",
    undefined,
    "打开的文件太多：请调高上限（ulimit -n 4096），或降低 --concurrency（EMFILE）。",
  ],
  ["ENOSPC", "/x/report.html", "/x/report.html 出错：磁盘已满：请腾出空间（ENOSPC）。"],
  ["EFBIG", undefined, "文件超过了允许的大小：请调高上限（ulimit -f），或换一个位置（EFBIG）。"],
  ["ENOENT", "/x/y.md", "/x/y.md 出错：文件或文件夹不存在：请核对路径，或先建好文件夹（ENOENT）。"],
])("%s is a sentence with exit 3", (code, path, said) => {
  expect(systemError(thrown(code, path))).toMatchObject({ exitCode: 3, text: { zh: said } });
});

test.each([[new Error("a fault of ours")], [thrown("ERR_INVALID_ARG_TYPE")], ["text"], [null]])(
  "%s is none",
  (error) => {
    expect(systemError(error)).toBeNull();
  },
);
