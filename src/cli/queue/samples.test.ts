import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";

import { command as worker } from "../commands/worker.ts";
import { readOptions } from "../options.ts";

const docs = fileURLToPath(new URL("../../../docs/", import.meta.url));

type Container = { readonly args: string[]; readonly volumeMounts: { readonly name: string }[] };
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

/** What a sample passes to `worker`, as the command reads it. The image's entry point is baimo itself. */
function optionsIn([name, ...args]: readonly string[]) {
  expect(name).toBe("worker");
  return readOptions("worker", worker.options, args);
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
    expect(optionsIn(container?.args ?? [])).toMatchObject({
      name: "w$(JOB_COMPLETION_INDEX)",
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
      // The volume of the image, in which the journals lie under worker/.
      expect(own).toEqual(["journal:/baimo/results"]);
      return optionsIn(command);
    });
    expect(new Set(read.map(({ name: each }) => each)).size).toBe(2);
    expect(Object.keys(volumes)).toEqual(["redis", "journal"]);
  });

  test("systemd: the command is one that exists", () => {
    const [, line = ""] = /^ExecStart=\S+ baimo (.*)$/m.exec(text) ?? [];
    expect(optionsIn(line.split(" ")).region).toBe("cn-beijing");
  });
});
