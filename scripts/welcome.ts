import type { Config } from "#server/core/config.ts";

/** Prints where the program is and how to get in. */
export async function printWelcome(
  config: Config,
  { url, setupUrl }: { url: string; setupUrl: string | null },
  say: (sentence: string) => void,
): Promise<void> {
  say(`Guichet is open at ${url}`);
  if (setupUrl) say(`Nobody has an account yet. Make the first one, once, at ${setupUrl}`);
  else if (config.demo) {
    const { demoSignIns } = await import("#db/seed/index.ts");
    for (const { email, password, note } of demoSignIns) say(`  ${email}  ${password}  (${note})`);
  }
  say("Ctrl-C stops it");
}
