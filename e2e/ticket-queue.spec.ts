import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { faultsOf, overflowOf } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { databaseIn } from "./program.ts";

const shop = "/t/harlow-studio";
const folder = process.env.GUICHET_TEST_DATA ?? "";

/** Tickets of a word of their own, made in a moment; `drop` takes them away again. */
async function someTickets(count: number, assignee: string | null = null) {
  if (!folder) throw new Error("the program's folder is not known: leave GUICHET_URL out");
  const sql = databaseIn(folder);
  const word = `lot${Date.now()}`;
  const [tenant] = await sql<{ id: string }[]>`select id from tenants where slug = 'harlow-studio'`;
  const [member] = await sql<{ id: string }[]>`
    select user_id as id from user_profiles where tenant_id = ${tenant!.id} and display_name = ${assignee}`;
  const [counter] = await sql<{ value: number }[]>`
    update tenant_counters set value = value + ${count} where tenant_id = ${tenant!.id} and name = 'tickets' returning value::int`;
  await sql`
    insert into tickets (tenant_id, id, number, subject, status, priority, assignee_id, created_at, updated_at)
    select ${tenant!.id}, gen_random_uuid(), ${counter!.value - count} + n, ${word} || ' ' || n, 'open',
           (array['low', 'medium', 'high'])[1 + n % 3], ${member?.id ?? null}::uuid, now(), now() - n * interval '1 second'
      from generate_series(1, ${count}::int) n`;
  const statuses = async () => {
    const rows = await sql<{ status: string; tickets: number }[]>`
      select status, count(*)::int as tickets from tickets where subject like ${`${word} %`} group by 1 order by 1`;
    return Object.fromEntries(rows.map(({ status, tickets }) => [status, tickets]));
  };
  const drop = async () => {
    await sql`delete from tickets where subject like ${`${word} %`}`;
    await sql.end();
  };
  return { word, first: counter!.value - count + 1, statuses, drop };
}

test("12,000 tickets that match are counted, changed, and put back, while one goes on working", async ({
  page,
  signIn,
}) => {
  test.slow();
  const made = await someTickets(12_000);
  try {
    await signIn("Harlow Studio, owner");
    await page.goto(`${shop}/tickets?view=open&q=${made.word}`);
    await page.getByLabel("Select all").check();
    const bar = page.getByRole("group", { name: "Change the selected tickets" });
    await expect(bar).toContainText("50");
    await bar.getByLabel("Change status…").selectOption("Resolved");
    await bar.getByRole("button", { name: "All that match…" }).click();
    const ask = page.getByRole("form", { name: "Bulk change" });
    await expect(ask).toContainText("12,000 tickets match this list.");
    await expect(ask).toContainText("status “Resolved”");
    await ask.getByRole("button", { name: "Change 12,000 tickets" }).click();
    await expect(page.getByRole("progressbar", { name: "Bulk change" })).toBeVisible();

    // It goes on without the page.
    await page.goto(`${shop}/customers`);
    await expect.poll(made.statuses, { timeout: 90_000 }).toEqual({ resolved: 12_000 });
    await page.goto(`${shop}/tickets?view=all&q=${made.word}`);
    await expect(page.getByText("12,000 tickets changed")).toBeVisible();
    await page.goto(`${shop}/tickets/${made.first}`);
    await page.getByRole("button", { name: "Reopen" }).click();
    await expect(page.getByRole("link", { name: "Resolve", exact: true })).toBeVisible();

    await page.goto(`${shop}/tickets?view=all&q=${made.word}`);
    await page.getByRole("button", { name: "Take back" }).click();
    await expect(page.getByText("11,999 tickets put back")).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText("1 changed since and left alone")).toBeVisible();
    expect(await made.statuses()).toEqual({ open: 12_000 });
  } finally {
    await made.drop();
  }
});

test("cards of the board are moved by pointer and by keyboard; a colleague sees it, and a refusal puts one back", async ({
  page,
  signIn,
  otherPage,
}) => {
  const made = await someTickets(30);
  try {
    await signIn("Harlow Studio, owner");
    const board = `${shop}/tickets/board?view=open&layout=board&q=${made.word}`;
    await page.goto(board);
    const column = (of: Page, name: string) => of.getByRole("region", { name: new RegExp(`^${name}`) });
    const card = (within: Locator, number: number) => within.getByRole("link", { name: new RegExp(`^#${number} `) });
    const colleague = await otherPage("Harlow Studio, agent");
    await colleague.goto(board);
    await expect(column(colleague, "Open")).toContainText("30");

    await card(column(page, "Open"), made.first).dragTo(column(page, "In progress"));
    await expect(card(column(page, "In progress"), made.first)).toBeVisible();
    await expect(card(column(colleague, "In progress"), made.first)).toBeVisible();
    await expect(column(colleague, "Open")).toContainText("29");

    const second = card(column(page, "Open"), made.first + 1);
    await second.focus();
    await page.keyboard.press("Space");
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    const moved = card(column(page, "Resolved"), made.first + 1);
    await expect(moved).toBeFocused();
    await expect(card(column(colleague, "Resolved"), made.first + 1)).toBeVisible();
    await expect.poll(made.statuses).toEqual({ in_progress: 1, open: 28, resolved: 1 });

    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Escape");
    await expect(moved).toBeVisible();

    await column(page, "Open").getByRole("button", { name: "Show more" }).click();
    await expect(card(column(page, "Open"), made.first + 29)).toBeVisible();

    await page.route("**/tickets/move", (route) => route.abort());
    await card(column(page, "Open"), made.first + 2).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await expect(page.getByText(new RegExp(`#${made.first + 2} went back to “Open”`)).first()).toBeVisible();
    await expect(card(column(page, "Open"), made.first + 2)).toBeVisible();
    await page.unroute("**/tickets/move");

    expect(await faultsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(board);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await column(page, "Open")
      .getByRole("button", { name: `Move #${made.first + 3}` })
      .click();
    await page.getByRole("menuitemcheckbox", { name: "Closed" }).click();
    await expect.poll(made.statuses).toMatchObject({ closed: 1 });
  } finally {
    await made.drop();
  }
});

test("from the queue to resolved and on to the next with the keyboard alone, in the order one came from", async ({
  page,
  signIn,
}) => {
  const made = await someTickets(4);
  try {
    await signIn("Harlow Studio, owner");
    await page.goto(`${shop}/tickets?view=open&sort=priority&q=${made.word}`);
    const numbers = await page
      .locator("tbody a.row-link")
      .evaluateAll((links) => links.map((link) => Number(link.getAttribute("href")?.split("/").at(-1))));
    expect(numbers).toHaveLength(4);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await expect(page.getByRole("group", { name: "Change the selected tickets" })).toContainText("1");
    await page.keyboard.press("x");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/tickets/${numbers[1]}$`));
    await expect(page.getByRole("heading", { name: new RegExp(`#${numbers[1]} `) })).toBeVisible();
    await page.keyboard.press("e");
    await expect(page.getByLabel(/What was done/)).toBeFocused();
    await page.keyboard.type("Sent a new one");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Resolve and next" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/tickets/${numbers[2]}$`));
    expect(await made.statuses()).toEqual({ open: 3, resolved: 1 });
    await page.getByRole("link", { name: "← Tickets" }).click();
    await expect(page).toHaveURL(/sort=priority.*q=lot/);
    await expect(page.getByRole("table")).toBeVisible();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toContainText("Tick the item");
  } finally {
    await made.drop();
  }
});

test("columns are one's own or a view's, and the file is what the list shows; a view tells how many it holds", async ({
  page,
  signIn,
}) => {
  const made = await someTickets(3);
  try {
    await signIn("Harlow Studio, agent");
    const heads = page.getByRole("table").getByRole("columnheader");
    await page.goto(`${shop}/tickets?view=open&q=${made.word}`);
    await page.getByText("Columns", { exact: true }).click();
    const choice = page.getByRole("form", { name: "Columns of the list" });
    await choice.getByRole("checkbox", { name: "Channel" }).uncheck();
    await choice.getByRole("checkbox", { name: "Created" }).check();
    await choice.getByRole("button", { name: "Keep my columns" }).click();
    await expect(heads.filter({ hasText: "Created" })).toHaveCount(1);
    await expect(heads.filter({ hasText: "Channel" })).toHaveCount(0);
    await choice.getByRole("button", { name: "Move Created up" }).click();
    await expect(heads.nth(-2)).toContainText("Created");

    await page.getByText("Save view", { exact: false }).first().click();
    await page.getByLabel("Name of the view").fill(made.word);
    await page.keyboard.press("Enter");
    const view = page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: new RegExp(made.word) });
    await expect(view).toContainText("3");
    await view.click();
    await expect(page).toHaveURL(/saved=/);

    const [file] = await Promise.all([page.waitForEvent("download"), page.getByText("Export as CSV").click()]);
    const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
    expect(lines[0]).toMatch(/number,subject,.*created,updated$/);
    expect(lines.slice(1).map((line) => line.split(",")[1])).toEqual([1, 2, 3].map((at) => `${made.word} ${at}`));

    await page.goto(`${shop}/tickets?view=open`);
    await page.getByText("Columns", { exact: true }).click();
    await choice.getByRole("button", { name: "Usual columns" }).click();
    await expect(heads.filter({ hasText: "Channel" })).toHaveCount(1);
  } finally {
    await made.drop();
  }
});
