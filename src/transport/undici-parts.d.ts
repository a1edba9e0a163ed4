/** Undici's parts by their own files: its front door loads a hundred modules more, none of which sends a request of ours. */
declare module "undici/lib/dispatcher/agent.js" {
  export { Agent as default } from "undici";
}
declare module "undici/lib/core/connect.js" {
  export { buildConnector as default } from "undici";
}
