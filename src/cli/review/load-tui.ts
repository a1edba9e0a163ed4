/** React works at half the speed unless it is told that nobody develops with it; it asks when it is loaded. */
export async function loadRulingTui() {
  process.env["NODE_ENV"] ??= "production";
  return import("../../tui/review/tui.tsx");
}
