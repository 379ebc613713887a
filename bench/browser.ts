import type { Browser, BrowserContext } from "@playwright/test";
import { chromium } from "@playwright/test";
import { findChromium } from "../scripts/find-chromium.ts";

/**
 * Headless Chromium as the browser tests start it, in a window whose page is 1440 × 900. The window's own frame takes
 * 87 px; a page that is only told to be as large stands under the window's edge, and what changes there is not presented.
 */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--window-size=1440,987",
    ],
  });
}

/** A window that is signed in with the cookie of {@link signIn}. */
export async function signedInContext(browser: Browser, url: string, cookie: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: null });
  const cookies = cookie.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
  await context.addCookies(cookies);
  return context;
}
