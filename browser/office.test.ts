import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";

import { command as exportRun } from "../src/cli/commands/export-run.ts";
import { runCommand, writeRun } from "../src/cli/testing/command-context.ts";
import { figureRuns } from "../src/report/testing/figure-runs.ts";

const office = ["/usr/bin/soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"].find(
  (place) => existsSync(place),
);

/** A profile of its own, in which workbooks are recalculated when they are opened instead of trusting what they hold. */
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`;

describe.skipIf(office === undefined)("LibreOffice opens the papers", () => {
  test("recalculates every formula to what it held, and prints the Word reports", async () => {
    const folder = mkdtempSync(join(tmpdir(), "baimo-office-"));
    mkdirSync(join(folder, "profile/user"), { recursive: true });
    writeFileSync(join(folder, "profile/user/registrymodifications.xcu"), settings);
    const names = Object.keys(figureRuns).map((_, at) => `run-${at}`);
    for (const [at, lines] of Object.values(figureRuns).entries()) {
      writeRun(folder, `run-${at}.jsonl`, lines);
      for (const ending of ["xlsx", "docx"]) {
        const flags = { out: `run-${at}.${ending}` };
        expect((await runCommand(exportRun, folder, [`run-${at}.jsonl`], flags)).error).toBe(null);
      }
    }
    const convert = (to: string, from: string): void => {
      const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`;
      const files = names.map((name) => join(folder, `${name}.${from}`));
      const out = ["--convert-to", to, "--outdir", join(folder, "out")];
      execFileSync(office ?? "", [profile, "--headless", ...out, ...files]);
    };
    convert("xlsx", "xlsx");
    convert("pdf", "docx");
    for (const name of names) {
      expect(statSync(join(folder, "out", `${name}.pdf`)).size).toBeGreaterThan(20_000);
      const held = await new ExcelJS.Workbook().xlsx.readFile(join(folder, `${name}.xlsx`));
      const again = await new ExcelJS.Workbook().xlsx.readFile(join(folder, "out", `${name}.xlsx`));
      let formulas = 0;
      held.eachSheet((sheet) => {
        sheet.eachRow((row, at) => {
          row.eachCell((cell, column) => {
            if (cell.formula === undefined) return;
            formulas += 1;
            const result = again.getWorksheet(sheet.name)?.getRow(at).getCell(column).result;
            expect(Number(result)).toBeCloseTo(Number(cell.result), 8);
          });
        });
      });
      expect(formulas).toBeGreaterThan(50);
    }
  });
});
