import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { chromium } from "@playwright/test";
import { runProgram } from "../e2e/program.ts";
import { findChromium } from "./find-chromium.ts";

/** `npm run shots`: every page as `shots/<page>-{light,dark,390}.png`, on a demo that is thrown away. Arguments choose pages. */
const folder = "shots";
const shop = "/t/atelier-lumen";

/** A page's address, or how it is found from another one. */
const pages: Record<string, string | { from: string; follow: RegExp }> = {
  overview: shop,
  inbox: `${shop}/inbox`,
  conversation: { from: `${shop}/inbox`, follow: /\/inbox\/[0-9a-f-]{36}/ },
  tickets: `${shop}/tickets`,
  "ticket-new": `${shop}/tickets/new`,
  ticket: { from: `${shop}/tickets`, follow: /\/tickets\/\d+/ },
  customers: `${shop}/customers`,
  "customer-new": `${shop}/customers/new`,
  customer: { from: `${shop}/customers`, follow: /\/customers\/[0-9a-f-]{36}/ },
  logs: `${shop}/logs`,
  event: { from: `${shop}/logs`, follow: /\/logs\/[0-9a-f-]{36}/ },
  channels: `${shop}/settings/channels`,
  "channel-new": `${shop}/settings/channels/new`,
  channel: { from: `${shop}/settings/channels`, follow: /\/channels\/[0-9a-f-]{36}/ },
  members: `${shop}/settings/members`,
  "member-invite": `${shop}/settings/members?invite`,
  profile: `${shop}/settings/profile`,
  missing: `${shop}/nothing-here`,
  simulator: "/simulator",
};
const outside: Record<string, string> = {
  "sign-in": "/sign-in",
  setup: "/setup",
  invitation: "/invitations/x",
  reset: "/reset/x",
};

const looks: Record<string, BrowserContextOptions> = {
  light: { colorScheme: "light", viewport: { width: 1440, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  390: { colorScheme: "light", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

const chosen = process.argv.slice(2);
const isChosen = (name: string) => chosen.length === 0 || chosen.includes(name);

mkdirSync(folder, { recursive: true });
const program = await runProgram({ LOG_LEVEL: "warn" });
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
try {
  for (const [look, settings] of Object.entries(looks)) await shootAll(browser, look, settings);
} finally {
  await browser.close();
  await program.dispose();
}

async function shootAll(from: Browser, look: string, how: BrowserContextOptions): Promise<void> {
  const settings = { baseURL: program.url, locale: "fr-FR", timezoneId: "Europe/Paris", ...how };
  const stranger = await from.newContext(settings);
  const admin = await from.newContext(settings);
  await signIn(admin);
  for (const [name, place] of Object.entries(outside)) if (isChosen(name)) await shoot(stranger, name, place, look);
  for (const [name, place] of Object.entries(pages)) if (isChosen(name)) await shoot(admin, name, place, look);
  await Promise.all([stranger.close(), admin.close()]);
}

async function signIn(context: BrowserContext): Promise<void> {
  await context.request.post("/sign-in", {
    form: { email: "camille@atelier-lumen.example", password: "guichet-demo" },
    headers: { origin: program.url },
  });
}

async function shoot(
  context: BrowserContext,
  name: string,
  place: (typeof pages)[string],
  look: string,
): Promise<void> {
  const page = await context.newPage();
  try {
    await page.goto(typeof place === "string" ? place : await find(page, place), { waitUntil: "load" });
    await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true });
    console.log(`${name}-${look}`);
  } catch (error) {
    console.error(`${name}-${look}: ${(error as Error).message.split("\n")[0]}`);
    process.exitCode = 1;
  } finally {
    await page.close();
  }
}

/** The first link of a page that leads where the pattern says. */
async function find(page: Page, { from, follow }: { from: string; follow: RegExp }): Promise<string> {
  await page.goto(from);
  const links = await page
    .locator("a[href]")
    .evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  const link = links.find((href) => follow.test(href));
  if (!link) throw new Error(`${from} leads nowhere like ${follow.source}`);
  return link;
}
