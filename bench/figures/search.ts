import type { BenchRun } from "../bench-run.ts";
import type { Figure } from "../figure.ts";
import { figure } from "../figure.ts";
import { cpuPerRequest } from "../measure-pages.ts";

/** A word that everything says, one that a single ticket says, one that is mistyped, one that nobody says, and a beginning. */
const questions = ["commande prête", "échange 4242", "comnande", "xylophoniste", "col"];

/** P4: what the palette asks while one types, customers, tickets and conversations at once; the dearest of the questions counts. */
export async function search(run: BenchRun): Promise<Figure[]> {
  const { program, cookies, say } = run;
  const subject = (tenant: "bench" | "million", question: string) => ({
    url: `${program.url}/t/${tenant}/search/palette?${new URLSearchParams({ q: question })}`,
    pids: program.pids,
    headers: { cookie: cookies[tenant], accept: "application/json" },
  });
  let dearest = { question: "", cost: 0, tenfold: 0 };
  let worst = 0;
  for (const question of questions) {
    const [cost = 0, tenfold = 0] = await cpuPerRequest([subject("bench", question), subject("million", question)], {
      requests: 60,
      warmUp: 60,
    });
    say(`P4 « ${question} »: ${cost.toFixed(2)} ms, of ten times as many tickets ${tenfold.toFixed(2)} ms`);
    if (cost > dearest.cost) dearest = { question, cost, tenfold };
    worst = Math.max(worst, tenfold / cost);
  }
  return [
    figure({ id: "P4.cpu", label: "search, CPU of the dearest question", value: dearest.cost, unit: "ms", atMost: 10 }),
    figure({
      id: "P4.tenfold",
      label: "search among 1,000,000 tickets against 100,000",
      value: worst * dearest.cost,
      unit: "ms",
      floor: dearest.cost,
      ratioAtMost: 2,
    }),
  ];
}
