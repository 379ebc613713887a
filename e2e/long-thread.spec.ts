import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import type { Sql } from "postgres";
import { demoSignIns } from "#db/seed/index.ts";
import { customerPhone, said, thread } from "./customer-phone.ts";
import { waitForScripts } from "./fixtures.ts";
import type { Program } from "./program.ts";
import { runProgram } from "./program.ts";

const messages = 5_000;
/** Rows of the thread in the document at once, whatever there is. */
const mostRows = 80;
const perPage = 200;
const shop = "atelier-lumen";

let program: Program;
test.beforeAll(async () => {
  program = await runProgram();
});
test.afterAll(() => program?.dispose());
test.setTimeout(240_000);

/** What a customer and the shop said before, a message every nine minutes; the middle one names an animal. */
async function fill(sql: Sql, name: string): Promise<void> {
  await sql`
    insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, kind, text, status, occurred_at, read)
    select one.tenant_id, gen_random_uuid(), one.id, one.customer_id, one.channel_id, one.channel_type,
           case when n % 3 = 0 then 'out' else 'in' end, 'text',
           'Ligne ' || n || '.' || case when n = ${messages / 2} then ' girafon' else '' end || repeat(' encore des mots', n % 7 * 5),
           case when n % 3 = 0 then 'read' else 'received' end, now() - (${messages} - n + 10) * interval '9 minutes', true
      from conversations one join customers person on person.tenant_id = one.tenant_id and person.id = one.customer_id,
           generate_series(1, ${messages}) n
     where person.display_name = ${name}`;
}

async function signedIn(context: BrowserContext): Promise<void> {
  const person = demoSignIns.find(({ email }) => email.includes(shop))!;
  await context.request.post("/sign-in", {
    form: { email: person.email, password: person.password },
    headers: { origin: program.url },
    maxRedirects: 0,
  });
}

test("five thousand messages: read to the beginning with a few in the document, entered at any of them, and nothing moves what one reads", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: program.url, locale: "fr-FR" });
  await signedIn(context);
  const page = await context.newPage();
  waitForScripts(page);
  const phone = await customerPhone(page, program.url);
  await phone.write("Bonjour à vous.");
  await page.goto(`/t/${shop}/inbox`);
  await expect(page.getByRole("link", { name: phone.name })).toBeVisible();
  await fill(program.database(), phone.name);
  await page.getByRole("link", { name: phone.name }).click();
  await expect(said(page, "Bonjour à vous.")).toBeInViewport();

  // Up to the beginning: each page is fetched once, and what goes out of sight leaves the document.
  const pages: string[] = [];
  page.on("request", (request) => {
    if (/\/trpc\/conversations\.thread\?/.test(request.url())) pages.push(request.url());
  });
  const { most, steps } = await page.evaluate(scrollToBeginning);
  expect(most).toBeLessThanOrEqual(mostRows);
  expect(pages).toHaveLength(Math.ceil((messages + 1 - 50) / perPage));
  expect(new Set(pages).size).toBe(pages.length);
  test.info().annotations.push({ type: "scrolling", description: `${steps} steps, at most ${most} rows` });
  const beginning = thread(page).getByRole("listitem").filter({ hasText: "Premier contact" });
  // Rows turn out higher than thought once they are in sight: the beginning is a little further up then.
  await expect(async () => {
    await thread(page).evaluate((box) => box.scrollTo(0, -box.scrollHeight));
    await expect(beginning).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(beginning).toHaveAttribute("aria-posinset", "1");
  await expect(said(page, "Ligne 1.")).toBeInViewport();

  // A new message says that it is there and leaves the rest where it is.
  const before = await topOf(page, "Ligne 2.");
  await phone.write("Une de plus.");
  await expect(page.getByRole("button", { name: "1 nouveau message" })).toBeVisible();
  expect(Math.abs((await topOf(page, "Ligne 2.")) - before)).toBeLessThan(3);
  await page.getByRole("button", { name: "1 nouveau message" }).click();
  await expect(said(page, "Une de plus.")).toBeInViewport();

  // What the search found is shown where it stands, marked and focused.
  await page.goto(`/t/${shop}/search?q=girafon`);
  await page.getByRole("link", { name: phone.name }).click();
  const found = said(page, "girafon");
  await expect(found).toBeInViewport();
  await expect(thread(page).locator("[data-named]")).toBeFocused();
  await expect(thread(page).locator("ol[data-long]")).toBeVisible();

  // From there one reads on without a hole, line after line, while what is missing comes.
  for (let turn = 0; turn < 12; turn++) {
    await thread(page).evaluate((box) => box.scrollBy(0, box.clientHeight * 2));
    await expect.poll(() => holesInSight(page)).toEqual([]);
  }
  expect(await thread(page).locator("[data-key]").count()).toBeLessThanOrEqual(mostRows);

  // The browser's own search finds what is known: all of it stands in the page then, and the place is kept.
  const [first] = await linesInSight(page);
  const top = await topOf(page, `Ligne ${first}.`);
  await page.keyboard.press("Control+f");
  await expect.poll(() => thread(page).locator("[data-key]").count()).toBeGreaterThan(perPage);
  expect(Math.abs((await topOf(page, `Ligne ${first}.`)) - top)).toBeLessThan(3);

  // Without a script the same address shows the same message, and links lead on.
  const plain = await browser.newContext({
    baseURL: program.url,
    javaScriptEnabled: false,
    locale: "fr-FR",
    storageState: await context.storageState(),
  });
  const reader = await plain.newPage();
  await reader.goto(page.url());
  await expect(said(reader, "girafon")).toBeInViewport();
  await reader.getByRole("link", { name: "Messages plus anciens" }).click();
  await expect(said(reader, `Ligne ${messages / 2 - 40}.`)).toHaveCount(1);
  await plain.close();
  await context.close();
});

/** Scrolls ten screens at a time until the beginning is there. In the page. */
async function scrollToBeginning(): Promise<{ most: number; steps: number }> {
  const box = document.querySelector<HTMLElement>('[role="region"][aria-label="Messages échangés"]')!;
  const began = performance.now();
  let [most, steps] = [0, 0];
  while (!box.querySelector('[data-key="start"]')) {
    box.scrollBy(0, -box.clientHeight * 10);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    most = Math.max(most, box.querySelectorAll("[data-key]").length);
    steps++;
    if (performance.now() - began > 180_000) throw new Error(`the beginning was not reached in ${steps} steps`);
  }
  box.scrollTo(0, -box.scrollHeight);
  return { most, steps };
}

const topOf = (page: Page, text: string) =>
  said(page, text)
    .first()
    .evaluate((bubble) => Math.round(bubble.getBoundingClientRect().top));

/** The numbers of the lines whose beginning is in sight, from above. */
async function linesInSight(page: Page): Promise<number[]> {
  return thread(page).evaluate((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    return [...box.querySelectorAll<HTMLElement>(".bubble")].flatMap((bubble) => {
      const at = bubble.getBoundingClientRect().top;
      const number = /Ligne (\d+)\./.exec(bubble.innerText)?.[1];
      return number && at >= top && at < bottom ? [Number(number)] : [];
    });
  });
}

/** Pairs of lines in sight that do not follow one another; something is in sight. */
async function holesInSight(page: Page): Promise<unknown[]> {
  const lines = await linesInSight(page);
  if (lines.length === 0) return ["nothing in sight"];
  return lines.slice(1).flatMap((line, at) => (line === lines[at]! + 1 ? [] : [[lines[at], line]]));
}
