import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { names } from "./import-rules.ts";

const folder = mkdtempSync(join(tmpdir(), "guichet-imports-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** One forbidden import per rule: what is planted in which file. */
const offences: Record<string, [file: string, imported: string]> = {
  "no-cycles": ["server/core/left.ts", "./right.ts"],
  resolves: ["server/core/lost.ts", "./nowhere.ts"],
  "app-asks-through-its-caller": ["app/routes/page.tsx", "#server/domains/a/verb.ts"],
  "app-takes-types-of-trpc": ["app/routes/trpc.tsx", "#server/trpc/root.ts"],
  "app-has-no-sql": ["app/routes/sql.tsx", "drizzle-orm"],
  "ui-knows-no-domain": ["app/ui/button.tsx", "#app/routes/plain.tsx"],
  "pages-carry-no-database": ["app/routes/reach.tsx", "#server/domains/b/schemas.ts"],
  "router-calls-verbs": ["server/domains/a/router.ts", "drizzle-orm"],
  "router-keeps-to-its-domain": ["server/domains/c/router.ts", "#server/domains/b/verb.ts"],
  "verbs-know-no-transport-or-vendor": ["server/domains/a/send.ts", "#server/providers/one/send.ts"],
  "domains-meet-at-index": ["server/domains/a/meet.ts", "#server/domains/b/verb.ts"],
  "jobs-take-vendors-from-the-registry": ["server/domains/a/jobs.ts", "#server/providers/one/send.ts"],
  "providers-know-core-only": ["server/providers/one/send.ts", "#db/table.ts"],
  "mail-is-read-by-itself": ["server/mail/read.ts", "#server/providers/one/send.ts"],
  "vendors-know-no-other-vendor": ["server/providers/two/send.ts", "../one/send.ts"],
  "webhooks-store-and-hand-on": ["server/webhooks/ingest.ts", "#server/domains/a/verb.ts"],
  "mailboxes-store-and-hand-on": ["server/mailboxes/read.ts", "#server/domains/a/verb.ts"],
  "only-root-assembles-routers": ["server/http/rest.ts", "#server/domains/b/router.ts"],
  "only-the-registry-assembles-jobs": ["server/http/work.ts", "#server/domains/b/jobs.ts"],
  "only-scripts-start-main": ["server/http/again.ts", "#server/main.ts"],
  "db-stands-alone": ["db/table.ts", "#server/core/plain.ts"],
  "made-up-data-knows-core-and-storage": ["db/factories.ts", "#server/domains/a/verb.ts"],
  "core-stands-alone": ["server/core/tall.ts", "#server/domains/a/verb.ts"],
  "http-asks-procedures": ["server/http/direct.ts", "#server/domains/a/verb.ts"],
  "storage-knows-core-only": ["server/storage/row.ts", "#db/table.ts"],
  "storage-behind-its-index": ["server/http/folder.ts", "#server/storage/local-folder.ts"],
  "system-mail-knows-core-only": ["server/system-mail/row.ts", "#db/table.ts"],
  "system-mail-behind-its-index": ["server/http/mail.ts", "#server/system-mail/hand-over.ts"],
  "server-takes-only-the-page-context": ["server/http/page.ts", "#app/routes/plain.tsx"],
  "lucia-behind-one-folder": ["server/http/lucia.ts", "lucia"],
  "no-development-packages": ["server/http/check.ts", "fast-check"],
};

test("every rule finds its offence, and no rule is left untested", () => {
  expect(Object.keys(offences).toSorted()).toEqual(names.toSorted());
  plantTree();
  const { status, stderr } = check();
  expect(status).toBe(1);
  const found = new Set(stderr.split("\n").map((line) => line.split(" → ")[0]));
  const missed = Object.entries(offences).filter(([rule, [file]]) => !found.has(`${rule}: ${file}`));
  expect(missed, stderr).toEqual([]);
  expect(stderr).not.toContain("not read");
});

function plantTree(): void {
  symlinkSync(join(import.meta.dirname, "../node_modules"), join(folder, "node_modules"));
  write(
    "package.json",
    JSON.stringify({
      type: "module",
      imports: { "#app/*": "./app/*", "#server/*": "./server/*", "#db/*": "./db/*" },
      dependencies: { "drizzle-orm": "*", lucia: "*" },
      devDependencies: { "fast-check": "*" },
    }),
  );
  write("server/core/right.ts", `import "./left.ts";`);
  write("server/domains/b/schemas.ts", `import "#db/drizzled.ts";`);
  write("db/drizzled.ts", `import "drizzle-orm";`);
  for (const file of [
    "server/core/plain.ts",
    "server/main.ts",
    "server/trpc/root.ts",
    "app/routes/plain.tsx",
    "server/domains/a/verb.ts",
    "server/domains/b/verb.ts",
    "server/domains/b/router.ts",
    "server/domains/b/jobs.ts",
    "server/storage/local-folder.ts",
    "server/system-mail/hand-over.ts",
  ]) {
    write(file, "export {};");
  }
  for (const [file, imported] of Object.values(offences)) {
    write(file, `import "${imported}";${file.endsWith("x") ? " export const shown = <p>text</p>;" : ""}`);
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${text}\n`);
}

function check() {
  return spawnSync(process.execPath, [join(import.meta.dirname, "check-imports.ts"), folder], { encoding: "utf8" });
}
