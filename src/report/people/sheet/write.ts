import { writeFile } from "node:fs/promises";
import { extname } from "node:path";

import type { Table } from "../../render/table.ts";
import type { Sheet } from "./columns.ts";

import { UserError } from "../../../domain/text.ts";
import { renderCsv } from "../../render/csv.ts";
import { renderXlsx } from "../../render/xlsx.ts";

const sheetFormats = [".xlsx", ".csv", ".jsonl"] as const;

/** Refuses a file name without a known format. Throws UserError. */
export function checkFormat(file: string): void {
  const format = extname(file).toLowerCase();
  if (sheetFormats.some((each) => each === format)) return;
  throw new UserError({
    zh: `${file}：文件名应以 ${sheetFormats.join("、")} 结尾`,
    en: `${file}: the name should end in ${sheetFormats.join(", ")}`,
  });
}

/**
 * Writes a sheet in the format that the name says. A file that is there may hold rulings, so it is replaced only with
 * `force`. Rejects with a UserError.
 */
export async function writeSheet(file: string, sheet: Sheet, force: boolean): Promise<void> {
  checkFormat(file);
  const bytes = await bytesOf(extname(file).toLowerCase(), sheet);
  try {
    await writeFile(file, bytes, { flag: force ? "w" : "wx" });
  } catch (error) {
    throw unwritable(file, error);
  }
}

async function bytesOf(format: string, sheet: Sheet): Promise<string | Uint8Array> {
  const { title, table, guide } = sheet;
  if (format === ".xlsx") return renderXlsx(title, table, guide);
  return format === ".csv" ? renderCsv(table) : jsonlOf(table);
}

const jsonlOf = ({ columns, rows }: Table): string =>
  rows
    .map((row) => {
      const cells = columns.map(({ title, name = title, input }, index) => {
        const text = row[index] ?? "";
        return [name, input === true && text === "" ? null : text] as const;
      });
      return `${JSON.stringify(Object.fromEntries(cells))}\n`;
    })
    .join("");

function unwritable(file: string, error: unknown): unknown {
  const code = error instanceof Error ? String(Reflect.get(error, "code")) : "";
  if (code === "EEXIST") {
    return new UserError({
      zh: `${file} 已存在，里面可能有裁定；换个名字，或用 --force 覆盖`,
      en: `${file} exists and may hold rulings; choose another name, or replace it with --force`,
    });
  }
  if (!["ENOENT", "EACCES", "EPERM", "EISDIR", "ENOTDIR", "EROFS", "ENOSPC"].includes(code)) {
    return error;
  }
  return new UserError({
    zh: `无法写入 ${file}（${code}）：请检查文件夹是否存在、可写`,
    en: `cannot write ${file} (${code}): check that its folder exists and can be written`,
  });
}
