import type { BrowserContext, Page } from "@playwright/test";
import { test as base } from "@playwright/test";
import { demoSignIns } from "#db/seed/index.ts";

export { expect } from "@playwright/test";

interface Fixtures {
  /** Signs a demo person in, without the interface. `note` picks one by what `npm start` prints of them. */
  signIn(note?: string): Promise<void>;
  /** A second browser of its own, signed in as another demo person. */
  otherPage(note?: string): Promise<Page>;
}

/** Playwright's test, on the demo's program, with people who are signed in already. */
export const test = base.extend<Fixtures>({
  baseURL: process.env.GUICHET_URL ?? "",
  signIn: async ({ context, baseURL }, use) => use((note) => signInTo(context, baseURL, note)),
  otherPage: async ({ browser, baseURL }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (note) => {
      const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: "fr-FR" });
      opened.push(context);
      await signInTo(context, baseURL, note);
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});

async function signInTo(context: BrowserContext, baseURL = "", note = ""): Promise<void> {
  const person = demoSignIns.find((one) => one.note.includes(note));
  if (!person) throw new Error(`no demo person has "${note}" in their note`);
  const answer = await context.request.post(`${baseURL}/sign-in`, {
    form: { email: person.email, password: person.password },
    headers: { origin: baseURL },
    maxRedirects: 0,
  });
  if (answer.status() !== 302) throw new Error(`signing ${person.email} in was answered ${answer.status()}`);
}
