export const isSocketUrl = ({ protocol }: URL): boolean =>
  protocol === "ws:" || protocol === "wss:";

/** The address of the handshake, which is HTTP: agents and proxies are chosen by it. */
export const handshakeUrl = (url: URL): URL =>
  isSocketUrl(url) ? new URL(url.href.replace(/^ws/, "http")) : url;
