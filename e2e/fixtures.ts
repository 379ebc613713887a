import type { BrowserContext, Page } from "@playwright/test";
import { test as base } from "@playwright/test";
import { demoPassword, demoSignIns } from "#db/seed/index.ts";

export { expect } from "@playwright/test";

interface Fixtures {
  /** Signs a demo person in, without the interface. `note` picks one by what `npm start` prints of them, or would. */
  signIn(note?: string): Promise<void>;
  /** A second browser of its own, signed in as another demo person. */
  otherPage(note?: string): Promise<Page>;
}

/** Playwright's test, on the demo's program, with people who are signed in already. */
export const test = base.extend<Fixtures>({
  baseURL: process.env.GUICHET_URL ?? "",
  context: async ({ context }, use) => {
    context.on("page", waitForScripts);
    await use(context);
  },
  signIn: async ({ context, baseURL }, use) => use((note) => signInTo(context, baseURL, note)),
  otherPage: async ({ browser, baseURL }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (note) => {
      const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: "fr-FR" });
      context.on("page", waitForScripts);
      opened.push(context);
      await signInTo(context, baseURL, note);
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});

/**
 * Lets `goto` and `reload` wait until the page's script answers: tests press sooner than people do. Pages without a
 * script of ours are there at once.
 */
export function waitForScripts(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (address, options) => {
    const answer = await goto(address, options);
    await page.waitForFunction(isAnswering);
    return answer;
  };
  const reload = page.reload.bind(page);
  page.reload = async (options) => {
    const answer = await reload(options);
    await page.waitForFunction(isAnswering);
    return answer;
  };
}

/** React leaves a mark on each element that it has taken over. */
function isAnswering(): boolean {
  if (!("__reactRouterContext" in window)) return true;
  const pressed = [...document.querySelectorAll("main a, main button, main form")];
  return pressed.every((element) => Object.keys(element).some((key) => key.startsWith("__reactProps")));
}

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Beside those whose way in is printed: people whose own settings a test may change. */
const people = [
  ...demoSignIns,
  { email: "helene@atelier-lumen.example", password: demoPassword, note: "Atelier Lumen, owner" },
  { email: "yanis@atelier-lumen.example", password: demoPassword, note: "Atelier Lumen, manager" },
];

/** Who signed in already: a person's many tests are one session, as the limit of sign-ins from one address asks. */
const sessions = new Map<string, Cookies>();

async function signInTo(context: BrowserContext, baseURL = "", note = ""): Promise<void> {
  const person = people.find((one) => one.note.includes(note));
  if (!person) throw new Error(`no demo person has "${note}" in their note`);
  const known = sessions.get(person.email);
  if (known) {
    await context.addCookies(known);
    // A test may have ended it.
    const answer = await context.request.get(`${baseURL}/`, { maxRedirects: 0 });
    if (!answer.headers()["location"]?.includes("/sign-in")) return;
    await context.clearCookies();
  }
  const answer = await context.request.post(`${baseURL}/sign-in`, {
    form: { email: person.email, password: person.password },
    headers: { origin: baseURL },
    maxRedirects: 0,
  });
  if (answer.status() !== 302) throw new Error(`signing ${person.email} in was answered ${answer.status()}`);
  sessions.set(person.email, await context.cookies());
}
