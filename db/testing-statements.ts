import { appPool } from "./tenant.ts";

export interface Statement {
  query: string;
  parameters: unknown[];
}

/** What is asked of the database while `run` runs, transaction control left out: for tests that count round trips or read plans. */
export async function statementsOf(run: () => Promise<unknown>): Promise<Statement[]> {
  const { options } = appPool();
  const before = options.debug;
  const seen: Statement[] = [];
  options.debug = (_connection: number, query: string, parameters: unknown[]) => {
    if (!/^(begin|commit|select set_config)/.test(query)) seen.push({ query, parameters });
  };
  try {
    await run();
  } finally {
    options.debug = before;
  }
  return seen;
}
