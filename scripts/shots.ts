import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { chromium } from "@playwright/test";
import type { Place } from "../e2e/pages.ts";
import { outsidePages, pagesOf, visit } from "../e2e/pages.ts";
import { runProgram } from "../e2e/program.ts";
import { openSetups } from "../e2e/setups.ts";
import { findChromium } from "./find-chromium.ts";

/**
 * `npm run shots`: every page, and every step of every provider's set-up, as `shots/<page>-{light,dark,390}.png`,
 * on a demo that is thrown away. Arguments choose pages by how their names begin.
 */
const folder = "shots";
const shop = "atelier-lumen";
const looks: Record<string, BrowserContextOptions> = {
  light: { colorScheme: "light", viewport: { width: 1440, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  390: { colorScheme: "light", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

const chosen = process.argv.slice(2);
const isChosen = (name: string) => chosen.length === 0 || chosen.some((start) => name.startsWith(start));

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
  for (const [name, place] of Object.entries(outsidePages))
    if (isChosen(name)) await shoot(stranger, name, place, look);
  for (const [name, place] of Object.entries(pagesOf(shop))) if (isChosen(name)) await shoot(admin, name, place, look);
  const setups = await openSetups(admin.request, program.url, shop, "1");
  for (const [name, place] of Object.entries(setups.pages)) if (isChosen(name)) await shoot(admin, name, place, look);
  await setups.close();
  await Promise.all([stranger.close(), admin.close()]);
}

/** A picture of more than the screen would forget that a finger points, and show fields as they are at a desk. */
async function growToContent(page: Page): Promise<void> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const needed = await page.evaluate(() => document.documentElement.scrollHeight);
  if (needed > height) await page.setViewportSize({ width, height: needed });
}

async function signIn(context: BrowserContext): Promise<void> {
  await context.request.post("/sign-in", {
    form: { email: "camille@atelier-lumen.example", password: "guichet-demo" },
    headers: { origin: program.url },
  });
}

async function shoot(context: BrowserContext, name: string, place: Place, look: string): Promise<void> {
  const page = await context.newPage();
  try {
    await visit(page, place);
    await growToContent(page);
    await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
    console.log(`${name}-${look}`);
  } catch (error) {
    console.error(`${name}-${look}: ${(error as Error).message.split("\n")[0]}`);
    process.exitCode = 1;
  } finally {
    await page.close();
  }
}
