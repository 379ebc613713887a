import type { Statement } from "./testing-statements.ts";
import type { TenantScope } from "./tenant.ts";
import { withTenant } from "./tenant.ts";

/** How PostgreSQL plans a prepared statement: for these values, or once for all tenants and all values. */
export type PlanMode = "custom" | "generic";

/** A scan of one table or partition, as it was run. */
export interface Scan {
  table: string;
  node: string;
  index: string | null;
  /** 0: pruned or never asked. */
  loops: number;
  /** Rows that were looked at, those that the filter threw away included. */
  rows: number;
}

interface Node {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Loops": number;
  "Actual Rows": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Filter?: string;
  "Join Filter"?: string;
  "Hash Cond"?: string;
  "Merge Cond"?: string;
  Plans?: Node[];
}

/**
 * Runs a statement as the program does (as `guichet_app`, tied to its tenant, prepared) and answers the scans
 * of its plan. EXPLAIN of a bare statement would show a plan for its values only; PREPARE shows either.
 */
export async function scansOf(scope: TenantScope, { query, parameters }: Statement, mode: PlanMode): Promise<Scan[]> {
  const values = parameters.map(literal);
  return scansIn(await planOf(scope, query, values, mode, "analyze, timing off"));
}

/**
 * Conditions of a statement that PostgreSQL keeps from every index, because they are not known to leak nothing and so wait for the
 * policy's: a column that is compared with a coalesce or with what a sub-select finds row by row. The statement is planned, not run.
 */
export async function leakyConditionsOf(scope: TenantScope, { query, parameters }: Statement): Promise<string[]> {
  const values = parameters.map(() => "null");
  // Where rows are few another way of joining would hide that there is none by an index.
  const nested = "set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off";
  return conditionsIn(await planOf(scope, query, values, "generic", "costs off", nested)).filter((condition) =>
    isLeaky.test(condition),
  );
}

/** In brackets of its own a coalesce is one that was computed below, and known by then. */
const isLeaky =
  /[<>=] (any \()?COALESCE\((\(|[a-z])|COALESCE\([^()]*\) [<>=]+ \(*[a-z]|[<>=] \(SubPlan|\(SubPlan \d+\) [<>=]/;

async function planOf(
  scope: TenantScope,
  query: string,
  values: readonly string[],
  mode: PlanMode,
  options: string,
  settings = "",
): Promise<Node> {
  return withTenant(scope, async ({ raw }) => {
    await raw.unsafe(`set local plan_cache_mode = force_${mode}_plan; ${settings}`);
    await raw.unsafe(`prepare planned as ${query}`);
    try {
      const given = values.length === 0 ? "" : `(${values.join(", ")})`;
      const [answer] = await raw.unsafe<{ "QUERY PLAN": { Plan: Node }[] }[]>(
        `explain (${options}, format json) execute planned${given}`,
      );
      return answer!["QUERY PLAN"][0]!.Plan;
    } finally {
      await raw.unsafe("deallocate planned");
    }
  });
}

const conditionsIn = (node: Node): string[] => [
  ...[node.Filter, node["Join Filter"], node["Hash Cond"], node["Merge Cond"]].flatMap((one) => one ?? []),
  ...(node.Plans ?? []).flatMap(conditionsIn),
];

function scansIn(node: Node): Scan[] {
  const below = (node.Plans ?? []).flatMap(scansIn);
  const table = node["Relation Name"];
  // The index scans under a bitmap heap scan name no table: their heap does.
  if (!table) return below;
  const removed = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  const own: Scan = {
    table,
    node: node["Node Type"],
    index: node["Index Name"] ?? null,
    loops: node["Actual Loops"],
    // Averages of the loops, rounded to hundredths.
    rows: Math.round((node["Actual Rows"] + removed) * node["Actual Loops"]),
  };
  return [own, ...below];
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  const text =
    value instanceof Date ? value.toISOString() : Array.isArray(value) ? `{${value.map(quoted).join(",")}}` : value;
  return `'${String(text).replaceAll("'", "''")}'`;
}

const quoted = (value: unknown) => `"${String(value).replaceAll(/["\\]/g, "\\$&")}"`;
