import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { databaseIn } from "./program.ts";

const shop = "/t/harlow-studio";
const folder = process.env.GUICHET_TEST_DATA ?? "";
const minute = 60_000;
const zone = "Europe/London";
const wall = new Intl.DateTimeFormat("en-CA", {
  timeZone: zone,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

/** The date and time of an instant in the shop's zone: `["2026-11-21", "10:05"]`. */
function onTheWall(at: number): [date: string, time: string] {
  const [date = "", time = ""] = wall.format(at).split(", ");
  return [date, time];
}

/** When a shop that is open from ten to noon has been open for so many minutes, walked minute by minute. */
function dueByHand(from: number, minutes: number, closed: string): number {
  let left = minutes;
  for (let at = from; ; at += minute) {
    const [date, time] = onTheWall(at);
    if (date !== closed && time >= "10:00" && time < "12:00" && --left === 0) return at + minute;
  }
}

async function saveHours(page: Page, text: string | null): Promise<void> {
  await page.getByLabel("Count opening hours only").setChecked(text !== null);
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
    await page.getByLabel(day).fill(text ?? "");
  await page
    .getByRole("region", { name: "The business’s opening hours" })
    .getByRole("button", { name: "Save" })
    .click();
  await expect(page.getByText("Saved.")).toBeVisible();
}

test("a promise is counted in opening hours, over a day off, told of when it is broken, and escalated", async ({
  page,
  signIn,
  otherPage,
}) => {
  if (!folder) throw new Error("the program's folder is not known: leave GUICHET_URL out");
  const sql = databaseIn(folder);
  const name = `Slow work ${Date.now()}`;
  await signIn("Harlow Studio, owner");
  await page.goto(`${shop}/settings/sla`);
  await saveHours(page, "10:00-12:00");
  const [tomorrow] = onTheWall(Date.now() + 24 * 60 * minute);
  await page.getByLabel("Date").fill(tomorrow);
  await page.getByRole("textbox", { name: "Name" }).fill("Stocktaking");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("Stocktaking")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("");

  await page.getByRole("link", { name: "Add a promise" }).first().click();
  const form = page.getByRole("form", { name: "New promise" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Low").check();
  await form.getByLabel("Resolution").fill("soon");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("Write a length of time like")).toBeVisible();
  await form.getByLabel("Resolution").fill("5 h");
  await form.getByLabel("raise the priority to").selectOption("Urgent");
  await form.getByLabel("hand it to").selectOption("Priya Nair");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("region", { name: "Promises" })).toContainText(`${name}`);

  await page.goto(`${shop}/tickets/new`);
  await page.getByLabel("Subject").fill(name);
  await page.getByLabel("Priority").selectOption("Low");
  await page.getByRole("button", { name: "Open the ticket" }).click();
  const opened = Date.now();
  const promised = page.getByRole("region", { name: "Promised times" });
  await expect(promised).toContainText(zone);
  const due = Date.parse((await promised.locator("time").getAttribute("datetime")) ?? "");
  expect(Math.abs(due - dueByHand(opened, 300, tomorrow))).toBeLessThanOrEqual(2 * minute);
  const number = /\/tickets\/(\d+)/.exec(page.url())![1]!;
  await page.goto(`${shop}/tickets?view=open&sort=deadline&direction=asc&q=${number}`);
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Resolve:");

  const colleague = await otherPage("Harlow Studio, agent");
  const watching = colleague.waitForResponse((answer) => answer.url().includes("live.changes"));
  await colleague.goto(`${shop}/customers`);
  await watching;
  // Five hours pass at once.
  const now = Date.now();
  await sql`
    update tickets set sla_watch_at = now(), assignee_id = null,
           sla_clocks = jsonb_set(jsonb_set(sla_clocks, '{resolution,used}', '18000000'), '{resolution,since}', ${String(now - minute)}::text::jsonb)
     where subject = ${name}`;
  await page.goto(`${shop}/tickets/${number}?tab=history`);
  const history = page.getByRole("list").filter({ hasText: "opened the ticket" });
  await expect(history).toContainText(`deadline missed: Resolution (“${name}”)`);
  await expect(history).toContainText("changed the priority: Low → Urgent");
  await expect(history).toContainText("assigned the ticket to Priya Nair");
  await expect(colleague.getByText(`#${number} ${name}: Resolution is late`)).toBeVisible();

  await page.goto(`${shop}/settings/sla`);
  await saveHours(page, null);
  await page.getByRole("button", { name: /Remove Stocktaking/ }).click();
  await page.getByRole("link", { name: `Delete “${name}”` }).click();
  await page.getByRole("button", { name: `Delete “${name}”` }).click();
  await expect(page.getByText(name)).toHaveCount(0);
  await sql`delete from tickets where subject = ${name}`;
  await sql.end();
});
