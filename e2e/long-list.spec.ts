import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import type { Sql } from "postgres";
import { demoSignIns } from "#db/seed/index.ts";
import { waitForScripts } from "./fixtures.ts";
import type { Program } from "./program.ts";
import { runProgram } from "./program.ts";

const conversations = 10_000;
/** Rows of the list in the document at once, whatever there is. */
const mostRows = 110;

let program: Program;
test.beforeAll(async () => {
  program = await runProgram();
  await fill(program.database());
});
test.afterAll(() => program?.dispose());
test.setTimeout(240_000);

/** One customer of the demo's writes in ten thousand threads, the newest first. */
async function fill(sql: Sql): Promise<void> {
  await sql`
    insert into conversations (tenant_id, id, customer_id, channel_id, channel_type, address_kind, address_value, status,
                               last_message_at, last_message_preview, last_message_direction, message_count)
    select tenant_id, gen_random_uuid(), customer_id, channel_id, channel_type, 'handle', 'long ' || n, 'open',
           now() + interval '1 day' - n * interval '1 second', 'Ligne ' || n, 'in', 1
      from (select * from conversations where channel_type = 'whatsapp' limit 1) one, generate_series(1, ${conversations}) n`;
}

test("ten thousand conversations are scrolled through with a hundred rows in the document", async ({ page }) => {
  waitForScripts(page);
  await page.addInitScript(() => {
    const told = window as unknown as { longTasks: number[] };
    told.longTasks = [];
    new PerformanceObserver((list) => told.longTasks.push(...list.getEntries().map((one) => one.duration))).observe({
      entryTypes: ["longtask"],
    });
  });
  const slug = await signIn(page);
  await page.goto(`${program.url}/t/${slug}/inbox?view=open`);
  await expect(page.getByText("Ligne 1", { exact: true })).toBeVisible();
  await page.evaluate(() => ((window as unknown as { longTasks: number[] }).longTasks.length = 0));

  const pages: string[] = [];
  page.on("request", (request) => {
    if (/\/trpc\/conversations\.list\?.*cursor/.test(request.url())) pages.push(request.url());
  });
  const { most, steps, milliseconds } = await page.evaluate(scrollToEnd, conversations);
  const longest = await page.evaluate(() => Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks));
  test.info().annotations.push({
    type: "scrolling",
    description: `${steps} steps in ${Math.round(milliseconds)} ms, at most ${most} rows, longest task ${Math.round(longest)} ms`,
  });
  console.log(test.info().annotations.at(-1)?.description);
  expect(most).toBeLessThanOrEqual(mostRows);
  // Each page is of two hundred rows and fetched once, whatever news come meanwhile.
  expect(new Set(pages).size).toBe(pages.length);
  expect(pages.length).toBeLessThanOrEqual(Math.ceil(conversations / 200) + 1);

  const last = page.getByRole("listitem").filter({ has: page.getByText(`Ligne ${conversations}`, { exact: true }) });
  await expect(last).toBeVisible();
  await expect(last).toHaveAttribute("aria-posinset", String(conversations));

  // A row further costs a row: those that stay in sight are not drawn anew.
  const { added, kept } = await page.evaluate(scrollByRows, 20);
  expect(added).toBeLessThanOrEqual(20 + 15);
  expect(kept).toBeGreaterThan(10);

  // Keys go on from where one is, and the way back leads through the same rows.
  await last.getByRole("link").focus();
  await page.keyboard.press("k");
  await expect(page.getByRole("listitem").filter({ has: page.locator("a:focus") })).toHaveAttribute(
    "aria-posinset",
    String(conversations - 1),
  );
  await page.evaluate(() => document.querySelector("[data-row]")!.closest("ul")!.parentElement!.scrollTo(0, 0));
  await expect(page.getByText("Ligne 1", { exact: true })).toBeVisible();
});

async function signIn(page: Page): Promise<string> {
  const [row] = await program.database()<{ slug: string }[]>`
    select slug from tenants where id = (select tenant_id from conversations where address_value = 'long 1')`;
  const slug = row!.slug;
  const person = demoSignIns.find(({ email }) => email.includes(slug))!;
  await page.context().request.post(`${program.url}/sign-in`, {
    form: { email: person.email, password: person.password },
    headers: { origin: program.url },
    maxRedirects: 0,
  });
  return slug;
}

/** Scrolls up row by row; how many rows were made meanwhile, and how many of the first ones are still there. In the page. */
async function scrollByRows(rows: number): Promise<{ added: number; kept: number }> {
  const box = document.querySelector("[data-row]")!.closest("ul")!.parentElement!;
  const first = [...document.querySelectorAll("[data-row]")];
  let added = 0;
  const watcher = new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      added += [...addedNodes].filter((node) => node instanceof Element && node.matches("[data-row]")).length;
  });
  watcher.observe(box, { childList: true, subtree: true });
  for (let row = 0; row < rows; row++) {
    box.scrollBy(0, -58);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
  watcher.disconnect();
  box.scrollTo(0, box.scrollHeight);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return { added, kept: first.filter((row) => row.isConnected).length };
}

/** Scrolls ten screens at a time until the last row is there. In the page. */
async function scrollToEnd(rows: number): Promise<{ most: number; steps: number; milliseconds: number }> {
  const box = document.querySelector("[data-row]")!.closest("ul")!.parentElement!;
  const began = performance.now();
  let [most, steps] = [0, 0];
  while (!document.querySelector(`[aria-posinset="${rows}"]`)) {
    box.scrollBy(0, box.clientHeight * 10);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    most = Math.max(most, document.querySelectorAll("[data-row]").length);
    steps++;
    if (performance.now() - began > 180_000) throw new Error(`the end was not reached in ${steps} steps`);
  }
  return { most, steps, milliseconds: performance.now() - began };
}
