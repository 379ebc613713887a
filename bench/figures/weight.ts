import { request } from "node:http";
import type { BenchRun } from "../bench-run.ts";
import { openBrowser, signedInContext } from "../browser.ts";
import { residentMb } from "../cpu.ts";
import type { Figure } from "../figure.ts";
import { figure } from "../figure.ts";
import { queuePath } from "../place.ts";

/** P8: what a cold and a repeated visit of the queue carry, how soon the program is ready, what it holds in memory. */
export async function weight(run: BenchRun): Promise<Figure[]> {
  const browser = await openBrowser();
  try {
    const context = await signedInContext(browser, run.program.url, run.cookies.bench);
    const cold = await visit(run, context);
    const repeated = await visit(run, context);
    const kb = (bytes: number) => bytes / 1024;
    return [
      figure({
        id: "P8.bytes",
        label: "cold queue page before idle, brotli",
        value: kb(cold.bytes),
        unit: "KB",
        atMost: 120,
      }),
      figure({ id: "P8.requests", label: "requests before idle", value: cold.requests, unit: "requests", atMost: 8 }),
      figure({ id: "P8.repeat", label: "repeated view", value: kb(repeated.bytes), unit: "KB", atMost: 6 }),
      figure({
        id: "P8.ready",
        label: "ready after start, PostgreSQL's own start included",
        value: run.program.readyMs,
        unit: "ms",
        atMost: 1000,
      }),
      figure({
        id: "P8.resident",
        label: "resident memory after the run's load",
        value: residentMb(run.program.pid),
        unit: "MB",
        atMost: 180,
      }),
    ];
  } finally {
    await browser.close();
  }
}

/**
 * Chromium does not ask for brotli over plain HTTP, so the page tells which requests crossed the network
 * before it was idle, and each is weighed again with `accept-encoding: br`.
 */
async function visit(
  run: BenchRun,
  context: Awaited<ReturnType<typeof signedInContext>>,
): Promise<{ bytes: number; requests: number }> {
  const page = await context.newPage();
  await page.goto(`${run.program.url}${queuePath}`, { waitUntil: "load" });
  const urls = await page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        requestIdleCallback((deadline) => {
          void deadline;
          const idleAt = performance.now();
          const entries = [
            ...performance.getEntriesByType("navigation"),
            ...performance.getEntriesByType("resource"),
          ] as PerformanceResourceTiming[];
          done(
            entries.filter((entry) => entry.startTime < idleAt && entry.transferSize > 0).map((entry) => entry.name),
          );
        });
      }),
  );
  await page.close();
  let bytes = 0;
  for (const url of urls) bytes += await weigh(url, run.cookies.bench);
  return { bytes, requests: urls.length };
}

function weigh(url: string, cookie: string): Promise<number> {
  return new Promise((done, fail) => {
    request(url, { headers: { cookie, "accept-encoding": "br", accept: "*/*" } }, (response) => {
      let bytes = 0;
      response.on("data", (piece: Buffer) => (bytes += piece.length));
      response.on("end", () => done(bytes));
    })
      .on("error", fail)
      .end();
  });
}
