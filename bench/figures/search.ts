import type { BenchRun } from "../bench-run.ts";
import type { Figure } from "../figure.ts";
import { figure } from "../figure.ts";
import { cpuPerRequest } from "../measure-pages.ts";

/** A word that everything says, one that a single ticket says, one that is mistyped, one that nobody says, a beginning, names, one of them mistyped, and phones as one writes them. */
const questions = [
  "commande prête",
  "échange 4242",
  "comnande",
  "xylophoniste",
  "col",
  "sophie mar",
  "bernrad",
  "06 00 00 42 42",
  "0600004",
];

/** P4: what the palette asks while one types, customers, tickets and conversations at once; the dearest of the questions counts. */
export async function search(run: BenchRun): Promise<Figure[]> {
  const { program, cookies, say } = run;
  const subject = (tenant: "bench" | "million" | "tenth", question: string) => ({
    url: `${program.url}/t/${tenant}/search/palette?${new URLSearchParams({ q: question })}`,
    pids: program.pids,
    headers: { cookie: cookies[tenant], accept: "application/json" },
  });
  let dearest = { question: "", cost: 0 };
  let tenfold = { less: 1, more: 0 };
  for (const question of questions) {
    const [tenth = 0, cost = 0, million = 0] = await cpuPerRequest(
      [subject("tenth", question), subject("bench", question), subject("million", question)],
      { requests: 60, warmUp: 60 },
    );
    say(
      `P4 « ${question} »: ${cost.toFixed(2)} ms, of a tenth of the rows ${tenth.toFixed(2)}, of a million tickets ${million.toFixed(2)}`,
    );
    if (cost > dearest.cost) dearest = { question, cost };
    for (const [less, more] of [
      [tenth, cost],
      [cost, million],
    ] as const)
      if (more / less > tenfold.more / tenfold.less) tenfold = { less, more };
  }
  return [
    figure({ id: "P4.cpu", label: "search, CPU of the dearest question", value: dearest.cost, unit: "ms", atMost: 10 }),
    figure({
      id: "P4.tenfold",
      label: "search, ten times the rows, the question that grows most",
      value: tenfold.more,
      unit: "ms",
      floor: tenfold.less,
      ratioAtMost: 2,
    }),
  ];
}
