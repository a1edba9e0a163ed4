/** React runs at half its speed in development mode, and decides on the mode when it is loaded. */
export async function loadRulingTui() {
  process.env["NODE_ENV"] ??= "production";
  return import("../../tui/review/tui.tsx");
}
