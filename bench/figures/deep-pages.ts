import { addMany } from "#db/factories-many.ts";
import type { BenchRun } from "../bench-run.ts";
import type { Figure } from "../figure.ts";
import { figure } from "../figure.ts";
import { cpuPerRequest } from "../measure-pages.ts";
import { queuePath } from "../place.ts";
import { fetchPage } from "../program.ts";

const lists = [
  { id: "P3.tickets", path: queuePath, near: 1, far: 800 },
  { id: "P3.customers", path: "/t/bench/customers", near: 1, far: 800 },
  // Fifty rows first, then a hundred a page: the second is what a far one is compared with.
  { id: "P3.inbox", path: "/t/bench/inbox?view=open", near: 2, far: 390 },
  { id: "P3.logs", path: "/t/bench/logs?period=all", near: 1, far: 800 },
  // A search looks at a thousand texts: there are no eight hundred pages of it.
  { id: "P3.search", path: "/t/bench/search?q=commande&kind=conversations", near: 1, far: 10 },
  { id: "P3.notifications", path: "/t/bench/notifications", near: 1, far: 400 },
  // A month of them, as the page opens.
  { id: "P3.calls", path: "/t/bench/calls", near: 1, far: 170 },
  { id: "P3.surveys", path: "/t/bench/surveys?days=365", near: 1, far: 250 },
  { id: "P3.appointments", path: "/t/bench/appointments/list?period=past", near: 1, far: 400 },
  { id: "P3.waitlist", path: "/t/bench/appointments/waitlist", near: 1, far: 200 },
  { id: "P3.prospects", path: "/t/bench/prospects", near: 1, far: 400 },
  { id: "P3.alerts", path: "/t/bench/alerts", near: 2, far: 600 },
] as const;

/** P3: a page forty thousand rows down costs what the first costs, on every list; a million tickets cost what a hundred thousand do. */
export async function deepPages(run: BenchRun): Promise<Figure[]> {
  const { program, cookies, say } = run;
  const figures: Figure[] = [];
  await fillLists(run);
  const runs = {
    id: "P3.runs",
    path: `/t/bench/settings/automation/${await busiestRule(run)}/runs`,
    near: 1,
    far: 400,
  };
  for (const { id, path, near, far } of [...lists, runs]) {
    const begin = await pageNumber(run, path, near);
    const deep = await pageNumber(run, begin, far - near + 1);
    const headers = { cookie: cookies.bench, accept: "text/html" };
    const subject = (at: string) => ({ url: `${program.url}${at}`, pids: program.pids, headers });
    const [first, last] = await cpuPerRequest([subject(begin), subject(deep)], { warmUp: 60 });
    say(`${id}: page ${near} ${first!.toFixed(2)} ms, page ${far} ${last!.toFixed(2)} ms`);
    figures.push(
      figure({
        id,
        label: `page ${far} of ${path.split("?")[0]!.split("/").pop()}`,
        value: last!,
        unit: "ms",
        floor: first!,
        ratioAtMost: 1.1,
      }),
    );
  }
  const page = (tenant: "bench" | "million") => ({
    url: `${program.url}${queuePath.replace("/bench/", `/${tenant}/`)}`,
    pids: program.pids,
    headers: { cookie: cookies[tenant], accept: "text/html" },
  });
  const [hundredThousand, million] = await cpuPerRequest([page("bench"), page("million")], { warmUp: 60 });
  figures.push(
    figure({
      id: "P3.million",
      label: "queue of 1,000,000 tickets",
      value: million!,
      unit: "ms",
      floor: hundredThousand!,
      ratioAtMost: 1.3,
    }),
  );
  return figures;
}

/** Walks the list by its own « next » links, as a person would. */
async function pageNumber({ program, cookies }: BenchRun, path: string, number: number): Promise<string> {
  let at = path;
  for (let page = 1; page < number; page++) {
    const html = await fetchPage(program, cookies.bench, at);
    const link = /<a\b[^>]*\brel="next"[^>]*>/.exec(html)?.[0];
    const href = link && /\bhref="([^"]+)"/.exec(link)?.[1];
    if (!href) throw new Error(`${path}: page ${page} has no next page`);
    const next = new URL(href.replaceAll("&amp;", "&"), `${program.url}${at}`);
    at = `${next.pathname}${next.search}`;
  }
  return at;
}

/** Rows in which a far page stands. */
const enough = 20_000;

/** Twenty-five thousand rows more in each list that is shorter: other measurements leave a few of their own. */
async function fillLists({ owner, facts: { tenantId } }: BenchRun): Promise<void> {
  for (const [table, fill] of Object.entries(addMany)) {
    await owner.begin(async (tx) => {
      await tx`select set_config('app.tenant_id', ${tenantId}, true)`;
      const [known] = await tx`select 1 from ${tx(table)} offset ${enough} limit 1`;
      if (!known) await fill(tx, tenantId, 25_000);
    });
    await owner`analyze ${owner(table)}`;
  }
}

async function busiestRule({ owner, facts }: BenchRun): Promise<string> {
  return owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${facts.tenantId}, true)`;
    const [rule] = await tx<
      { id: string }[]
    >`select rule_id as id from automation_runs group by 1 order by count(*) desc limit 1`;
    return rule!.id;
  });
}
