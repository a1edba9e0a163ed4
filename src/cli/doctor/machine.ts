import { access, constants, mkdir, rm, rmdir, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Context } from "../context.ts";

import { packageVersion } from "../../store/builtin.ts";
import { type DoctorFinding, fine } from "./finding.ts";

const enoughColumns = 80;
const enoughBytes = 2 ** 30;

/** The program, its Node, the terminal, and the folder that results go to. */
export async function machineFindings(context: Context): Promise<readonly DoctorFinding[]> {
  return [program(), ...terminal(context), ...(await results(context.cwd))];
}

function program(): DoctorFinding {
  const { version, commit } = packageVersion();
  const build = commit === null ? version : `${version} (${commit.slice(0, 8)})`;
  const text = `baimo ${build} · Node ${process.versions.node} · ${process.platform} ${process.arch}`;
  return fine("program", { zh: text, en: text });
}

function terminal({ columns, env, isTTY }: Context): readonly DoctorFinding[] {
  if (!isTTY) {
    return [
      fine("terminal", {
        zh: "输出不到终端：运行时每隔几秒写一行日志，不画界面",
        en: "the output is no terminal: a run writes a line every few seconds and draws no screen",
      }),
    ];
  }
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const isNarrow = columns < enoughColumns;
  const width: DoctorFinding = {
    id: "terminal-width",
    state: isNarrow ? "notice" : "fine",
    what: { zh: `终端宽 ${columns} 列`, en: `the terminal has ${columns} columns` },
    todo: isNarrow
      ? {
          zh: `拉宽到 ${enoughColumns} 列以上，或用 leaderboard --format md 看整张表`,
          en: `widen it to ${enoughColumns} or more, or see the whole table with leaderboard --format md`,
        }
      : null,
  };
  const isUtf8 = process.platform === "win32" || /utf-?8/i.test(locale);
  const encoding: DoctorFinding = {
    id: "terminal-encoding",
    state: isUtf8 ? "fine" : "notice",
    what: isUtf8
      ? { zh: "终端编码是 UTF-8", en: "the terminal's encoding is UTF-8" }
      : {
          zh: `终端的区域设置（${locale === "" ? "未设置" : locale}）不是 UTF-8，汉字可能是乱码`,
          en: `the locale (${locale === "" ? "unset" : locale}) is not UTF-8; Chinese may be garbled`,
        },
    todo: isUtf8 ? null : { zh: "export LANG=C.UTF-8", en: "export LANG=C.UTF-8" },
  };
  // No program can ask a terminal for its font: the eye compares.
  const font = fine("terminal-font", {
    zh: "字体：下面两行的竖线应当对齐，否则请换等宽字体\n  │汉字│百模│\n  │abcd│1234│",
    en: "font: the bars of these two lines must stand below each other, or choose a monospaced font\n  │汉字│百模│\n  │abcd│1234│",
  });
  return [width, encoding, font];
}

async function results(cwd: string): Promise<readonly DoctorFinding[]> {
  const folder = join(cwd, "results");
  const existed = await access(folder).then(
    () => true,
    () => false,
  );
  const probe = join(folder, `.doctor-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, "");
    await access(folder, constants.R_OK);
    const { bavail, bsize } = await statfs(folder);
    return [writable(folder, bavail * bsize)];
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return [
      {
        id: "results",
        state: "wrong",
        what: { zh: `${folder} 不可写（${code}）`, en: `${folder} cannot be written (${code})` },
        todo: {
          zh: "换一个可写的文件夹运行，或用 run --out 指定文件",
          en: "run in a folder that can be written, or name a file with run --out",
        },
      },
    ];
  } finally {
    await rm(probe, { force: true }).catch(() => {});
    // A look leaves nothing behind; what somebody else has put there meanwhile keeps the folder.
    if (!existed) await rmdir(folder).catch(() => {});
  }
}

function writable(folder: string, bytes: number): DoctorFinding {
  const free = `${(bytes / 1e9).toFixed(1)} GB`;
  const what = {
    zh: `${folder} 可写，剩余 ${free}`,
    en: `${folder} can be written, ${free} free`,
  };
  if (bytes >= enoughBytes) return fine("results", what);
  const todo = {
    zh: "腾出空间：一万次作答的运行文件约 30 MB，写满后运行会停",
    en: "make room: a run file of ten thousand answers has some 30 MB, and a full disk stops the run",
  };
  return { id: "results", state: "notice", what, todo };
}
