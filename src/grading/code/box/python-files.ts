import type { FileSystem } from "./python-gate.ts";

/** The only folders in which a program may write. */
const open = ["/box", "/tmp"] as const;

/** Makes the program's folders. */
export function prepareFolders(files: FileSystem): void {
  for (const folder of open) ensureFolder(files, folder);
}

/** From now on everything is read-only but the program's folders. */
export function protectFiles(files: FileSystem): void {
  files.chdir("/box");
  protect(files, "/");
  for (const folder of open) files.chmod(folder, 0o777);
}

function ensureFolder(files: FileSystem, path: string): void {
  try {
    files.mkdir(path);
  } catch {
    // It is there already.
  }
}

/** Takes the right to write from everything below. */
function protect(files: FileSystem, folder: string): void {
  for (const name of files.readdir(folder)) {
    if (name === "." || name === "..") continue;
    const path = folder === "/" ? `/${name}` : `${folder}/${name}`;
    // Not a real folder: it shows open files.
    if (path === "/proc") continue;
    const { mode } = files.lstat(path);
    if (files.isDir(mode)) protect(files, path);
    else if (files.isFile(mode)) files.chmod(path, 0o444);
  }
  files.chmod(folder, 0o555);
}

/** Closes and removes what a program has left; `streams` are the standard ones. */
export function clearFiles(files: FileSystem, streams: FileSystem["streams"]): void {
  for (const [fd, stream] of files.streams.entries()) {
    if (fd > 2 && stream !== null && stream !== undefined) files.close(stream);
  }
  for (const [fd, stream] of streams.entries()) files.streams[fd] = stream;
  files.chdir("/box");
  for (const folder of open) emptyFolder(files, folder);
}

function emptyFolder(files: FileSystem, folder: string): void {
  for (const name of files.readdir(folder)) {
    if (name === "." || name === "..") continue;
    const path = `${folder}/${name}`;
    if (files.isDir(files.lstat(path).mode)) {
      emptyFolder(files, path);
      files.rmdir(path);
    } else {
      files.unlink(path);
    }
  }
}
