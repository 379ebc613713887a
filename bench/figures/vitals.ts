import type { Browser, Page } from "@playwright/test";
import type { BenchRun } from "../bench-run.ts";
import { openBrowser, signedInContext } from "../browser.ts";
import type { Figure } from "../figure.ts";
import { figure, median } from "../figure.ts";
import { queuePath } from "../place.ts";

const visits = 5;

/** A page, and what somebody does there. */
interface Visit {
  name: "queue" | "inbox" | "ticket";
  path: string;
  work: (page: Page) => Promise<void>;
}

/**
 * P10: when the largest piece of a page is drawn, how long the slowest of a visit's interactions waits for its frame, and
 * how far things shift. Each visit has a browser context of its own, with nothing kept; the visit in the middle counts.
 */
export async function vitals(run: BenchRun): Promise<Figure[]> {
  const browser = await openBrowser();
  try {
    const ticket = await firstTicket(browser, run);
    const pages: Visit[] = [
      { name: "queue", path: queuePath, work: workQueue },
      { name: "inbox", path: "/t/bench/inbox?view=open", work: workInbox },
      { name: "ticket", path: ticket, work: workTicket },
    ];
    const figures: Figure[] = [];
    for (const visit of pages) figures.push(...(await figuresOf(browser, run, visit)));
    return figures;
  } finally {
    await browser.close();
  }
}

async function firstTicket(browser: Browser, run: BenchRun): Promise<string> {
  const context = await signedInContext(browser, run.program.url, run.cookies.bench);
  const page = await context.newPage();
  await page.goto(`${run.program.url}${queuePath}`);
  const path = await page.locator("[data-row] a.row-link").first().getAttribute("href");
  await context.close();
  return path!;
}

async function figuresOf(browser: Browser, run: BenchRun, visit: Visit): Promise<Figure[]> {
  const seen: Vitals[] = [];
  // The first visit finds the program's own caches cold.
  await visitOnce(browser, run, visit);
  for (let turn = 0; turn < visits; turn++) seen.push(await visitOnce(browser, run, visit));
  for (const { slowest } of seen) run.say(`P10 ${visit.name}: slowest ${slowest}`);
  const { name } = visit;
  const at = (of: (one: Vitals) => number) => median(seen.map(of));
  return [
    figure({
      id: `P10.lcp.${name}`,
      label: `${name}, largest contentful paint`,
      value: at(({ lcp }) => lcp),
      unit: "ms",
      atMost: 1000,
    }),
    figure({
      id: `P10.inp.${name}`,
      label: `${name}, interaction to next paint, the slowest of a visit`,
      value: at(({ inp }) => inp),
      unit: "ms",
      atMost: 100,
    }),
    figure({
      id: `P10.cls.${name}`,
      label: `${name}, layout shift`,
      value: at(({ cls }) => cls),
      unit: "",
      atMost: 0.02,
    }),
  ];
}

interface Vitals {
  lcp: number;
  inp: number;
  cls: number;
  /** The slowest interaction, in words. */
  slowest: string;
}

async function visitOnce(browser: Browser, run: BenchRun, { path, work }: Visit): Promise<Vitals> {
  const context = await signedInContext(browser, run.program.url, run.cookies.bench);
  try {
    const page = await context.newPage();
    await page.addInitScript(watchVitals);
    await page.goto(`${run.program.url}${path}`, { waitUntil: "load" });
    // As soon as anybody could press something, and what is fetched after the first paint is there.
    await page.waitForTimeout(1_000);
    await work(page);
    await page.waitForTimeout(500);
    return await page.evaluate(readVitals);
  } finally {
    await context.close();
  }
}

interface Watched {
  lcp: number;
  cls: number;
  interactions: Map<number, { duration: number; words: string }>;
}
type WatchedWindow = Window & { watched: Watched };
type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
type Timing = PerformanceEventTiming & { interactionId: number };

/** In the page, before anything of its own. */
function watchVitals(): void {
  const watched: Watched = { lcp: 0, cls: 0, interactions: new Map() };
  (window as unknown as WatchedWindow).watched = watched;
  const watch = (type: string, hear: (entry: PerformanceEntry) => void, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({ type, buffered: true, ...options });
  watch("largest-contentful-paint", (entry) => (watched.lcp = entry.startTime));
  watch("layout-shift", (entry) => {
    const { value, hadRecentInput } = entry as Shift;
    if (!hadRecentInput) watched.cls += value;
  });
  watch(
    "event",
    (entry) => {
      const { interactionId, duration, name, target } = entry as Timing;
      if (!interactionId || duration <= (watched.interactions.get(interactionId)?.duration ?? 0)) return;
      const words = `${name} on ${(target as Element | null)?.outerHTML.slice(0, 60) ?? "what is gone"}`;
      watched.interactions.set(interactionId, { duration, words });
    },
    { durationThreshold: 16 },
  );
}

/** In the page. An interaction that nobody waited for is not told: one frame then. */
function readVitals(): Vitals {
  const { lcp, cls, interactions } = (window as unknown as WatchedWindow).watched;
  const [worst] = [...interactions.values()].toSorted((a, b) => b.duration - a.duration);
  return { lcp, cls, inp: worst?.duration ?? 16, slowest: worst ? `${worst.duration} ms: ${worst.words}` : "a frame" };
}

async function workQueue(page: Page): Promise<void> {
  await keys(page, ["j", "j", "j", "k", "x", "x", "f", "Escape"]);
  await palette(page);
  await keys(page, ["j", "Enter"]);
  await page.waitForURL(/\/tickets\/\d+/);
}

async function workInbox(page: Page): Promise<void> {
  await keys(page, ["j", "j", "j", "k", "f", "Escape"]);
  await palette(page);
  await keys(page, ["j", "Enter"]);
  await page.waitForURL(/\/inbox\/[0-9a-f-]+/);
  await keys(page, ["n"]);
  await type(page, "Bonjour, votre commande est prête.");
}

async function workTicket(page: Page): Promise<void> {
  await keys(page, ["n"]);
  await type(page, "La cliente rappelle demain.");
  await page.locator("h1").first().click();
  await page.locator("main [aria-haspopup=menu]").first().click();
  await rest(page);
  await keys(page, ["Escape"]);
  await palette(page);
}

async function palette(page: Page): Promise<void> {
  await keys(page, ["Control+k"]);
  await page.getByRole("dialog").waitFor();
  await type(page, "sophie");
  await keys(page, ["ArrowDown", "Escape"]);
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function keys(page: Page, pressed: readonly string[]): Promise<void> {
  for (const key of pressed) {
    await page.keyboard.press(key);
    await rest(page);
  }
}

/** As fast as people write. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 60 });
  await rest(page);
}

const rest = (page: Page) => page.waitForTimeout(150);
