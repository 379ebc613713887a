/** The log's data are so many that they have a folder of their own: the other figures stay what they were. */
export const logsFolder = ".cache/bench-logs";

export const logEvents = 5_000_000;
export const logDays = 60;
/** Tenants beside the large one, and what each of them received. */
export const smallTenants = 100;
export const eventsOfSmall = 4_000;

/** Who signs in to measure: an admin of the large tenant. */
export const logsAdmin = "admin@large.example";

/** Written by the seed: what the filters ask for. */
export const logsFacts = `${logsFolder}/facts.json`;

export interface LogsFacts {
  tenantId: string;
  /** Of the large tenant, the busiest first and the rarest last. */
  channels: { id: string; provider: string }[];
  /** Phones of customers: of one event in two hundred, of twenty events a day, of one or two a day. */
  phones: Record<"constant" | "often" | "seldom", string>;
  messageId: string;
}
