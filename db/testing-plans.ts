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
  Plans?: Node[];
}

/**
 * Runs a statement as the program does (as `guichet_app`, tied to its tenant, prepared) and answers the scans
 * of its plan. EXPLAIN of a bare statement would show a plan for its values only; PREPARE shows either.
 */
export async function scansOf(scope: TenantScope, { query, parameters }: Statement, mode: PlanMode): Promise<Scan[]> {
  return withTenant(scope, async ({ raw }) => {
    await raw.unsafe(`set local plan_cache_mode = force_${mode}_plan`);
    await raw.unsafe(`prepare planned as ${query}`);
    try {
      const values = parameters.length === 0 ? "" : `(${parameters.map(literal).join(", ")})`;
      const [answer] = await raw.unsafe<{ "QUERY PLAN": { Plan: Node }[] }[]>(
        `explain (analyze, timing off, format json) execute planned${values}`,
      );
      return scansIn(answer!["QUERY PLAN"][0]!.Plan);
    } finally {
      await raw.unsafe("deallocate planned");
    }
  });
}

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
