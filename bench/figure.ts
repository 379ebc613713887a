/** One measured figure: what `npm run bench -- --json` prints, a line each. */
export interface Figure {
  /** The goal of performance.md it speaks to, and which part of it. */
  id: string;
  label: string;
  value: number;
  unit: string;
  /** The same work done barely, measured in the same run; null where no floor makes sense. */
  floor: number | null;
  /** value ÷ floor. */
  ratio: number | null;
  goal: string;
  met: boolean;
}

/** Every figure a full run must bring. One that is missing is a failure, not a gap in the table. */
export const expectedFigures = [
  "P1.cpu",
  "P1.ratio",
  "P2.rate",
  "P2.p99",
  "P3.tickets",
  "P3.customers",
  "P3.inbox",
  "P3.logs",
  "P3.search",
  "P3.notifications",
  "P3.calls",
  "P3.surveys",
  "P3.appointments",
  "P3.waitlist",
  "P3.prospects",
  "P3.alerts",
  "P3.runs",
  "P3.million",
  "P4.cpu",
  "P4.tenfold",
  "P5.rate",
  "P5.p99",
  "P5.cpu",
  "P5.alone",
  "P6.p50",
  "P8.bytes",
  "P8.requests",
  "P8.repeat",
  "P8.ready",
  "P8.resident",
  ...["queue", "inbox", "ticket"].flatMap((page) => [`P10.lcp.${page}`, `P10.inp.${page}`, `P10.cls.${page}`]),
];

interface Measured {
  id: string;
  label: string;
  value: number;
  unit: string;
  floor?: number;
  /** At most, or at least, this value (or this ratio to the floor). */
  atMost?: number;
  atLeast?: number;
  ratioAtMost?: number;
}

export function figure(measured: Measured): Figure {
  const { id, label, value, unit, floor = null, atMost, atLeast, ratioAtMost } = measured;
  const ratio = floor === null ? null : value / floor;
  const goals = [
    atMost === undefined ? null : `≤ ${atMost} ${unit}`,
    atLeast === undefined ? null : `≥ ${atLeast} ${unit}`,
    ratioAtMost === undefined ? null : `≤ ${ratioAtMost} × floor`,
  ].filter((goal) => goal !== null);
  const met =
    (atMost === undefined || value <= atMost) &&
    (atLeast === undefined || value >= atLeast) &&
    (ratioAtMost === undefined || (ratio !== null && ratio <= ratioAtMost));
  return { id, label, value, unit, floor, ratio, goal: goals.join(", "), met };
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
