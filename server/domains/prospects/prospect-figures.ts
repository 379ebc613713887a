import type { ProspectSource } from "#db/schema/prospects.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { filterSql, stageSql } from "./prospect-rows.ts";
import type { FiguresInput } from "./schemas.ts";
import { figuresInput } from "./schemas.ts";

/** How far those who came got by now. Each stage is counted by itself: somebody may buy without an appointment. */
export interface FunnelCount {
  came: number;
  qualified: number;
  appointment: number;
  converted: number;
}
export interface ProspectFigures {
  total: FunnelCount;
  /** Those from where most came first. */
  bySource: (FunnelCount & { source: ProspectSource })[];
}

type Row = FunnelCount & { source: ProspectSource | null };

/** Of the prospects that came in a period: who was qualified, had an appointment and bought, in all and by where they came from. One statement. */
export async function getProspectFigures(ctx: Ctx, input: FiguresInput): Promise<ProspectFigures> {
  const params: unknown[] = [ctx.tenantId];
  const where = filterSql(figuresInput.parse(input), (value) => `$${params.push(value)}`);
  const count = (stage: keyof typeof stageSql) => `count(*) filter (where ${stage})::int as ${stage}`;
  const statement = `
    select source, count(*)::int as came, ${count("qualified")}, ${count("appointment")}, ${count("converted")}
      from (select p.source, ${stageSql.qualified} as qualified, ${stageSql.appointment} as appointment, ${stageSql.converted} as converted
              from prospects p where ${where}) reached
     group by grouping sets ((), (source))
     order by grouping(source) desc, came desc, source`;
  const [total, ...bySource] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<Row[]>(statement, params as never[], { prepare: true }),
  );
  const { source: _all, ...counted } = total!;
  return { total: counted, bySource: bySource.map(({ source, ...row }) => ({ source: source!, ...row })) };
}
