import type { ICruiseOptions, IFlattenedRuleSet, IForbiddenRuleType } from "dependency-cruiser";

type Rule = IForbiddenRuleType & { name: string; values?: boolean };

const test = "[.-]test\\.tsx?$|^db/testing|/testing[\\w-]*\\.ts$";
const domain = "^server/domains/([^/]+)/";
const vendorFolder = "^server/providers/[^/]+/";
const drizzle = "node_modules/(drizzle-orm|postgres)/";
const transports = "node_modules/(hono|@hono/|@trpc/|twilio)";

/**
 * Who may import whom; scripts/check-imports.test.ts plants one offence per rule. `values` rules let
 * types pass: the check cruises twice, the second time without type-only imports.
 */
const forbidden: Rule[] = [
  { name: "no-cycles", from: {}, to: { circular: true }, values: true },
  { name: "resolves", from: {}, to: { couldNotResolve: true } },
  {
    name: "app-asks-through-its-caller",
    comment: "pages know their own code, types of server/trpc, and the schemas that forms share with procedures",
    from: { path: "^app/", pathNot: test },
    to: { path: "^(server|db|scripts|bench|e2e)/", pathNot: "^server/trpc/|^server/domains/[^/]+/schemas\\.ts$" },
  },
  {
    name: "app-takes-types-of-trpc",
    from: { path: "^app/", pathNot: test },
    to: { path: "^server/trpc/" },
    values: true,
  },
  { name: "app-has-no-sql", from: { path: "^app/" }, to: { path: drizzle } },
  {
    name: "ui-knows-no-domain",
    from: { path: "^app/ui/", pathNot: test },
    to: { path: "^app/(routes|shell|context)|^server/" },
  },
  {
    name: "pages-carry-no-database",
    comment: "what a page imports may end up in the browser",
    from: { path: "^app/", pathNot: test },
    to: { path: drizzle, reachable: true },
    values: true,
  },
  {
    name: "router-calls-verbs",
    from: { path: "^server/domains/[^/]+/router\\.ts$" },
    to: { path: `^db/|${drizzle}|^server/(http|webhooks|providers|jobs)/` },
    values: true,
  },
  {
    name: "router-keeps-to-its-domain",
    from: { path: "^server/domains/([^/]+)/router\\.ts$" },
    to: { path: "^server/domains/", pathNot: "^server/domains/$1/|/index\\.ts$|/schemas\\.ts$" },
  },
  {
    name: "verbs-know-no-transport-or-vendor",
    from: { path: domain, pathNot: `/(router|jobs)\\.ts$|${test}` },
    to: {
      path: `^app/|^server/(trpc|http|webhooks|main)|${vendorFolder}|^server/providers/registry|^server/jobs/|${transports}`,
      pathNot: "^server/jobs/(enqueue|define-queue|in-turn)\\.ts$",
    },
  },
  {
    name: "domains-meet-at-index",
    from: { path: domain, pathNot: test },
    to: { path: "^server/domains/", pathNot: "^server/domains/$1/|/index\\.ts$|/schemas\\.ts$" },
  },
  {
    name: "jobs-take-vendors-from-the-registry",
    from: { path: "^server/domains/[^/]+/jobs\\.ts$" },
    to: { path: `^server/(trpc|http|webhooks)/|${vendorFolder}` },
  },
  {
    name: "providers-know-core-only",
    from: { path: "^server/providers/", pathNot: test },
    to: { path: "^(app|db|scripts)/|^server/(?!core/|providers/|mail/)" },
  },
  {
    name: "mail-is-read-by-itself",
    comment: "what every mail provider shares: it knows the contract, and neither a vendor nor a domain",
    from: { path: "^server/mail/", pathNot: test },
    to: {
      path: `^(app|db|scripts)/|^server/(?!core/|providers/|mail/)|${vendorFolder}|^server/providers/(registry|stand-ins)`,
    },
  },
  {
    name: "vendors-know-no-other-vendor",
    from: { path: "^server/providers/([^/]+)/" },
    to: { path: vendorFolder, pathNot: "^server/providers/$1/" },
  },
  {
    name: "webhooks-store-and-hand-on",
    comment: "and hand live questions to the domains that answer them: decision 14",
    from: { path: "^server/webhooks/", pathNot: test },
    to: {
      path: `^app/|^server/(trpc|http|auth)/|^server/domains/(?!webhook-logs/|(?:calls|conversations|voice)/index\\.ts$)|${vendorFolder}`,
    },
  },
  {
    name: "mailboxes-store-and-hand-on",
    from: { path: "^server/mailboxes/", pathNot: test },
    to: {
      path: `^app/|^server/(trpc|http|auth|webhooks)/|^server/domains/(?!webhook-logs/|channels/)|${vendorFolder}`,
    },
  },
  {
    name: "only-root-assembles-routers",
    from: { path: "^(app|server|db)/", pathNot: `^server/trpc/root\\.ts$|${test}` },
    to: { path: "^server/domains/[^/]+/router\\.ts$" },
  },
  {
    name: "only-the-registry-assembles-jobs",
    from: { path: "^(app|server|db)/", pathNot: `^server/(domains/|jobs/registry\\.ts$)|${test}` },
    to: { path: "^server/domains/[^/]+/jobs\\.ts$" },
  },
  {
    name: "only-scripts-start-main",
    from: { path: "^(app|server|db)/", pathNot: test },
    to: { path: "^server/main\\.ts$" },
  },
  {
    name: "db-stands-alone",
    comment: "made-up data is sealed and numbered as the program does it",
    from: { path: "^db/", pathNot: `^db/(factories|seed/)|${test}` },
    to: { path: "^(app|server|scripts|e2e|bench)/" },
  },
  {
    name: "made-up-data-knows-core-and-storage",
    from: { path: "^db/(factories|seed/)", pathNot: test },
    to: { path: "^(app|scripts|e2e|bench)/|^server/(?!core/|storage/)" },
  },
  {
    name: "core-stands-alone",
    from: { path: "^server/core/", pathNot: test },
    to: { path: "^(app|db|scripts|e2e|bench)/|^server/(?!core/)" },
  },
  {
    name: "http-asks-procedures",
    from: { path: "^server/http/", pathNot: test },
    to: { path: `^server/domains/|^server/providers/|${drizzle}` },
  },
  {
    name: "storage-knows-core-only",
    from: { path: "^server/storage/", pathNot: test },
    to: { path: "^(app|db|scripts)/|^server/(?!core/|storage/)" },
  },
  {
    name: "storage-behind-its-index",
    from: { pathNot: `^server/storage/|${test}` },
    to: { path: "^server/storage/(?!index\\.ts$)" },
  },
  {
    name: "system-mail-knows-core-only",
    from: { path: "^server/system-mail/", pathNot: test },
    to: { path: "^(app|db|scripts)/|^server/(?!core/|system-mail/)" },
  },
  {
    name: "system-mail-behind-its-index",
    from: { pathNot: `^server/system-mail/|${test}` },
    to: { path: "^server/system-mail/(?!index\\.ts$)" },
  },
  {
    name: "server-takes-only-the-page-context",
    from: { path: "^server/" },
    to: { path: "^app/", pathNot: "^app/context\\.ts$" },
  },
  {
    name: "lucia-behind-one-folder",
    from: { pathNot: "^server/auth/" },
    to: { path: "node_modules/(lucia|@lucia-auth)/" },
  },
  {
    name: "no-development-packages",
    from: { path: "^(app|server|db)/", pathNot: `${test}|^app/routes\\.ts$|^app/.*\\.stories` },
    to: { dependencyTypes: ["npm-dev"] },
    values: true,
  },
];

export const options: ICruiseOptions = {
  parser: "swc",
  tsPreCompilationDeps: true,
  doNotFollow: { path: "node_modules" },
  exclude: { path: "^(build|\\.react-router)/|^virtual:|\\+types/" },
  enhancedResolveOptions: {
    extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".css"],
    exportsFields: ["exports"],
    conditionNames: ["import", "node", "default", "types"],
  },
};

export const names: string[] = forbidden.map((rule) => rule.name);

/** The rules for values only, or those for everything. */
export function ruleSet(values: boolean): IFlattenedRuleSet {
  return {
    forbidden: forbidden
      .filter((rule) => (rule.values ?? false) === values)
      .map(({ values: _values, ...rule }) => ({ severity: "error", ...rule })),
  };
}
