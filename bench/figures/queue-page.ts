import type { BenchRun } from "../bench-run.ts";
import type { Figure } from "../figure.ts";
import { figure } from "../figure.ts";
import { startFloor } from "../floor.ts";
import { load } from "../load.ts";
import { cpuPerRequest } from "../measure-pages.ts";
import { fetchPage } from "../program.ts";
import { queuePath } from "../place.ts";

/** P1 and P2: the ticket queue, whole HTML with every counter, against React alone rendering the same rows. */
export async function queuePage(run: BenchRun): Promise<Figure[]> {
  const { program, cookies } = run;
  const headers = { cookie: cookies.bench, accept: "text/html" };
  const html = await fetchPage(program, cookies.bench, queuePath);
  const rows = await queueRows(run);
  if (rows.length !== 50 || !rows.every((row) => html.includes(String(row.subject))))
    throw new Error("the queue page does not show the newest fifty");
  const floor = await startFloor("render", { ROWS: JSON.stringify(rows) });
  try {
    const page = { url: `${program.url}${queuePath}`, pids: program.pids, headers };
    const [cpu, bare] = await cpuPerRequest([page, { url: floor.url, pids: [floor.pid] }]);
    const busy = await load({ url: page.url, connections: 50, seconds: 8, headers });
    const bareBusy = await load({ url: floor.url, connections: 50, seconds: 4 });
    if (busy.failures > 0) throw new Error(`${busy.failures} requests of P2 failed`);
    return [
      figure({ id: "P1.cpu", label: "queue page, CPU per request", value: cpu!, unit: "ms", atMost: 2.6 }),
      figure({
        id: "P1.ratio",
        label: "queue page against bare React",
        value: cpu!,
        unit: "ms",
        floor: bare!,
        ratioAtMost: 3.5,
      }),
      figure({
        id: "P2.rate",
        label: "queue page at 50 connections",
        value: busy.perSecond,
        unit: "requests/s",
        floor: bareBusy.perSecond,
        atLeast: 400,
      }),
      figure({
        id: "P2.p99",
        label: "queue page at 50 connections, p99",
        value: busy.p99,
        unit: "ms",
        floor: bareBusy.p99,
        atMost: 300,
      }),
    ];
  } finally {
    await floor.stop();
  }
}

/** The rows that the page shows, read with plain SQL. */
async function queueRows({ owner, facts }: BenchRun): Promise<Record<string, unknown>[]> {
  return owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${facts.tenantId}, true)`;
    return tx`
      select ticket.number, ticket.subject, ticket.preview, customer.display_name as "customerName", ticket.channel_type as "channelType",
             ticket.status, ticket.priority, ticket.due_at as "dueAt", profile.display_name as "assigneeName", ticket.updated_at as "updatedAt"
        from tickets ticket
        left join customers customer on customer.tenant_id = ticket.tenant_id and customer.id = ticket.customer_id
        left join user_profiles profile on profile.tenant_id = ticket.tenant_id and profile.user_id = ticket.assignee_id
       where ticket.status in ('open', 'in_progress', 'waiting_customer')
       order by ticket.updated_at desc, ticket.id desc limit 50`;
  });
}
