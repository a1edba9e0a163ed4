import type { DataClass } from "../../domain/life/data-class.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { View } from "../view/model.ts";

import { egressByAddress } from "./by-address.ts";

/** Where data went and why: to a target that was asked, to a judge, through a proxy. */
export type EgressRole = "target" | "judge" | "proxy";

/** One place that questions or answers were sent to. */
export type EgressRow = {
  /** Host and port; the program, of a command on this machine. */
  readonly host: string;
  readonly role: EgressRole;
  /** Targets or judges behind it. */
  readonly refs: readonly string[];
  readonly simulated: boolean;
  /** A program of this machine: no connection was opened. */
  readonly command: boolean;
  /** 内网, 境内 or 境外 as the provider's file or the config says, else by the address; null where nothing tells. */
  readonly egress: string | null;
  /** Nobody said where the data go: the address is of this machine or of a private network. */
  readonly by_address: boolean;
  readonly place: TargetEntry["place"] | null;
  /** Who entered `egress` by hand, unverified; null where it comes from the run. */
  readonly stated: StatedEgress | null;
  /** Suites whose items went there, by the class that they state. */
  readonly suites: readonly { readonly data_class: DataClass; readonly ids: readonly string[] }[];
};

/** A place that a user entered of a target, with where it was read. */
export type StatedEgress = {
  readonly egress: string;
  readonly source: string;
  readonly read: string;
};

/** What left for which host, from the headers of the runs. Baselines send nothing, and answers from elsewhere were not sent by baimo. What `statedOf` says goes before what the runs do. */
export function egressOf(
  { runs }: Pick<View, "runs">,
  statedOf: (ref: string) => StatedEgress | null = () => null,
): readonly EgressRow[] {
  const sent = runs.flatMap(({ targets, judges = [], suites, settings }) => {
    const of = (role: EgressRole, entries: readonly TargetEntry[]) =>
      entries.filter(isSent).map((entry) => {
        const stated = role === "proxy" ? null : statedOf(entry.ref);
        return { role, entry, stated, suites, viaSim: settings.via_sim };
      });
    const asked = [...targets, ...judges];
    const proxied = asked.filter(({ network }) => network?.proxy != null);
    return [...of("target", targets), ...of("judge", judges), ...of("proxy", proxied)];
  });
  const groups = Map.groupBy(sent, ({ role, entry, stated }) =>
    JSON.stringify([role, hostOf(role, entry), role === "proxy" ? null : placeOf(entry), stated]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { role, entry, stated } = first;
    return [
      {
        host: hostOf(role, entry),
        role,
        refs: [...new Set(group.map((each) => each.entry.ref))],
        simulated: group.every((each) => each.viaSim || each.entry.provider === "sim"),
        command: role !== "proxy" && entry.command !== undefined,
        egress: role === "proxy" ? null : (stated?.egress ?? placeOf(entry)),
        by_address: role !== "proxy" && stated === null && egressByAddress(entry) !== null,
        stated,
        place: role === "proxy" ? null : (entry.place ?? null),
        suites: classesOf(group.flatMap((each) => each.suites)),
      },
    ];
  });
}

const placeOf = (entry: TargetEntry): string | null => entry.egress ?? egressByAddress(entry);

const isSent = ({ baseline, origin }: TargetEntry): boolean => !baseline && origin === undefined;

function hostOf(role: EgressRole, { base_url, command, network }: TargetEntry): string {
  if (role !== "proxy" && command !== undefined) return command[0] ?? "";
  const address = role === "proxy" ? (network?.proxy ?? "") : base_url;
  return URL.canParse(address) ? new URL(address).host : address;
}

type Suite = View["runs"][number]["suites"][number];

function classesOf(suites: readonly Suite[]): EgressRow["suites"] {
  return [...Map.groupBy(suites, ({ data_class }) => data_class)].map(([data_class, own]) => ({
    data_class,
    ids: [...new Set(own.map(({ id }) => id))],
  }));
}
