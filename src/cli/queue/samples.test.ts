import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";

import { command as worker } from "../commands/worker.ts";
import { readOptions } from "../options.ts";

const docs = fileURLToPath(new URL("../../../docs/", import.meta.url));

type Container = { readonly command: string[]; readonly volumeMounts: { readonly name: string }[] };
type Kind = {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly Container[];
        readonly volumes: readonly {
          readonly name: string;
          readonly persistentVolumeClaim: { readonly claimName: string };
        }[];
      };
    };
  };
};
type Compose = {
  readonly services: Readonly<
    Record<
      string,
      { readonly command: string[]; readonly volumes: string[]; readonly image: string }
    >
  >;
  readonly volumes: object;
};

/** What a sample passes to `baimo worker`, as the command reads it. */
function optionsIn(line: readonly string[]) {
  const at = line.indexOf("worker");
  expect(line[at - 1]).toMatch(/baimo$/);
  return readOptions("worker", worker.options, line.slice(at + 1));
}

describe.each(["scale.md", "scale.zh-CN.md"])("the samples of docs/%s", (name) => {
  const text = readFileSync(join(docs, name), "utf8");
  const [kubernetes = [], compose = []] = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(
    ([, block = ""]) =>
      parseAllDocuments(block, { merge: true }).map((document) => {
        expect(document.errors).toEqual([]);
        return document.toJS() as unknown;
      }),
  );

  test("Kubernetes: a claim for the journals, and a name for each pod", () => {
    const [claim, job] = kubernetes as Kind[];
    const pod = job?.spec.template.spec;
    const [container] = pod?.containers ?? [];
    expect([claim?.kind, job?.kind]).toEqual(["PersistentVolumeClaim", "Job"]);
    expect(pod?.volumes[0]?.persistentVolumeClaim.claimName).toBe(claim?.metadata.name);
    expect(container?.volumeMounts[0]?.name).toBe(pod?.volumes[0]?.name);
    const line = (container?.command.at(-1) ?? "").replaceAll('"', "").split(" ");
    expect(optionsIn(line)).toMatchObject({
      name: "w$JOB_COMPLETION_INDEX",
      journal: "/journal",
      untilDone: true,
    });
  });

  test("docker compose: workers whose names and journals stay, and a Redis that evicts nothing", () => {
    const { services, volumes } = compose[0] as Compose;
    const { redis, ...workers } = services;
    expect(redis?.command.join(" ")).toContain("--appendonly yes --maxmemory-policy noeviction");
    const read = Object.values(workers).map(({ command, volumes: own, image }) => {
      expect(image).toContain("baimo");
      expect(own).toEqual(["journal:/journal"]);
      return optionsIn(command);
    });
    expect(new Set(read.map(({ name: each }) => each)).size).toBe(2);
    expect(read.map(({ journal }) => journal)).toEqual(["/journal", "/journal"]);
    expect(Object.keys(volumes)).toEqual(["redis", "journal"]);
  });

  test("systemd: the command is one that exists", () => {
    const [, line = ""] = /^ExecStart=(.*)$/m.exec(text) ?? [];
    expect(optionsIn(line.split(" ")).region).toBe("cn-beijing");
  });
});
