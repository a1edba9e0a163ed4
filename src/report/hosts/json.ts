import type { HostsReport } from "./hosts.ts";

import { formats } from "../../domain/formats.ts";

/** The report as data; an edge that has no bound is null. */
export const hostsJson = (report: HostsReport): object => ({
  schema: formats.hosts,
  ...report,
  hosts: report.hosts.map((host) => ({
    ...host,
    measures: host.measures.map(({ band, ...measure }) => ({
      ...measure,
      band:
        band === null
          ? null
          : { low: band.low, high: Number.isFinite(band.high) ? band.high : null },
    })),
  })),
});
