import type { Config } from "#server/core/config.ts";
import { isEmpty, seedModule } from "./open-database.ts";

/** Prints where the program is and how to get in. */
export async function printWelcome(config: Config, url: string, say: (sentence: string) => void): Promise<void> {
  say(`Guichet is open at ${url}`);
  if (await isEmpty(config.database.url)) {
    say(`Nobody has an account yet: make the first one at ${url}/setup`);
  } else if (config.demo) {
    const seed = await seedModule();
    for (const { email, password, note } of seed?.demoSignIns ?? []) say(`  ${email}  ${password}  (${note})`);
  }
  say("Ctrl-C stops it");
}
