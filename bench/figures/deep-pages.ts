import type { BenchRun } from "../bench-run.ts";
import type { Figure } from "../figure.ts";
import { figure } from "../figure.ts";
import { cpuPerRequest } from "../measure-pages.ts";
import { queuePath } from "../place.ts";
import { fetchPage } from "../program.ts";

const lists = [
  { id: "P3.tickets", path: queuePath },
  { id: "P3.customers", path: "/t/bench/customers" },
  { id: "P3.inbox", path: "/t/bench/inbox?view=open" },
  { id: "P3.logs", path: "/t/bench/logs?period=all" },
] as const;

/** P3: the eight-hundredth page costs what the first costs, on every list; a million tickets cost what a hundred thousand do. */
export async function deepPages(run: BenchRun): Promise<Figure[]> {
  const { program, cookies, say } = run;
  const figures: Figure[] = [];
  for (const { id, path } of lists) {
    const deep = await pageNumber(run, path, 800);
    const headers = { cookie: cookies.bench, accept: "text/html" };
    const subject = (at: string) => ({ url: `${program.url}${at}`, pids: program.pids, headers });
    const [first, last] = await cpuPerRequest([subject(path), subject(deep)], { warmUp: 60 });
    say(`${id}: page 1 ${first!.toFixed(2)} ms, page 800 ${last!.toFixed(2)} ms`);
    figures.push(
      figure({
        id,
        label: `page 800 of ${path.split("?")[0]!.split("/").pop()}`,
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
