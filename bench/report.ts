import type { Figure } from "./figure.ts";

const number = (value: number) => (value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3));

const rowOf = (figure: Figure) => [
  figure.id,
  figure.label,
  `${number(figure.value)} ${figure.unit}`,
  figure.floor === null ? "–" : `${number(figure.floor)} ${figure.unit}`,
  figure.ratio === null ? "–" : figure.ratio.toFixed(2),
  figure.goal,
  figure.goal === "" ? "" : figure.met ? "met" : "not met",
];
const heading = ["goal", "what", "measured", "floor", "ratio", "wanted", ""];

export function printTable(figures: readonly Figure[]): void {
  const rows = [heading, ...figures.map(rowOf)];
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    );
}

/** The figures as a table of Markdown. */
export function tableOf(figures: readonly Figure[]): string {
  return [heading, heading.map(() => "---"), ...figures.map(rowOf)].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** The page that `--write` commits: the figures with the machine and the date. */
export function writeReport(figures: readonly Figure[], machine: readonly string[]): string {
  return `# What it costs

Measured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, floors and product in turns within one run, on the data of \`npm run bench:seed\`.
CPU is the program and its PostgreSQL together, per request; a machine's other work falls on product and floor alike.

${machine.map((line) => `- ${line}`).join("\n")}

${tableOf(figures)}

Floors: P1 and P2, React alone rendering the same fifty rows on Node's own HTTP server; P3, the first page of the same list,
and the queue of 100,000 tickets; P5, the same posts written in batches to one plain table, without signature, routing or tenancy.
`;
}
