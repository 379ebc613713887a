import { eq } from "drizzle-orm";
import { Hono } from "hono";
import { whenChannelsChange } from "#db/channel-notices.ts";
import { tenants } from "#db/schema/tenants.ts";
import { findTenants } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import { contextFor } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { log } from "#server/core/log.ts";
import { publicOrigin } from "#server/core/config.ts";
import { openSimulatedChannels } from "#server/domains/channels/index.ts";
import type { ProviderName } from "#server/providers/contract.ts";
import type { StandIn } from "#server/providers/stand-in.ts";
import { createStandIns } from "#server/providers/stand-ins.ts";

/** A number of a business that a stand-in carries: what a customer can write to. */
export interface SimulatedLine {
  channelId: string;
  tenantId: string;
  tenantName: string;
  tenantSlug: string;
  /** The made-up businesses: anybody may play their customers. */
  demo: boolean;
  name: string;
  provider: ProviderName;
  /** What the customer holds in hand. */
  kind: StandIn["kind"];
  channelType: "whatsapp" | "sms" | "instagram" | "email" | "phone";
  address: string;
  /** The stand-in's name for it. */
  accountId: string;
}

export interface Simulator {
  /** The vendors' APIs, to be mounted at `/simulator/api`. */
  api: Hono;
  lines(): Promise<SimulatedLine[]>;
  /** A provider that carries chats and calls has one for each. */
  standIn(provider: ProviderName, kind: StandIn["kind"]): StandIn;
  stop(): void;
}

/**
 * Stand-ins for every vendor in this process, with an account for each simulated channel of every tenant.
 * They answer on our own server and post to our own webhooks over HTTP, signed with the channel's secrets.
 */
export function createSimulator(): Simulator {
  // Where we are is known only once we listen: a port may be chosen for us.
  const standIns = createStandIns((provider) => ({
    get webhookUrl() {
      return `${publicOrigin()}/webhooks/${provider}`;
    },
    get apiBaseUrl() {
      return `${publicOrigin()}/simulator/api/${provider}`;
    },
  }));
  // One look after another: an older answer must not take away a number that a newer one found.
  let turn: Promise<unknown> = Promise.resolve();
  let known: Promise<SimulatedLine[]> | undefined;
  const look = () => {
    const lines = turn.then(() => readLines(standIns));
    turn = lines.catch((error: unknown) => {
      if (known === lines) known = undefined;
      log.warn({ err: error }, "the simulator cannot read its channels");
    });
    return (known = lines);
  };
  const lines = () => known ?? look();
  const api = new Hono();
  // A number may be written to the moment after it was made.
  api.use(async (_, next) => {
    await lines();
    await next();
  });
  for (const standIn of standIns) api.route(`/${standIn.provider}`, standIn.app);
  const stopWatching = whenChannelsChange(() => void look().catch(() => undefined));
  return {
    api,
    lines,
    standIn: (provider, kind) => {
      const standIn = standIns.find((one) => one.provider === provider && one.kind === kind);
      if (!standIn) throw new DomainError("not_found");
      return standIn;
    },
    stop: () => {
      stopWatching();
      for (const standIn of standIns) standIn.close();
    },
  };
}

async function readLines(standIns: readonly StandIn[]): Promise<SimulatedLine[]> {
  const lines: SimulatedLine[] = [];
  for (const tenantId of await findTenants()) {
    const ctx = contextFor(tenantId, { type: "system" });
    const channels = await openSimulatedChannels(ctx);
    if (channels.length === 0) continue;
    const [tenant] = await withTenant(ctx, (tx) => tx.select().from(tenants).where(eq(tenants.id, tenantId)));
    for (const { channelId, name, provider, credentials, webhookUrl } of channels) {
      const standIn = standIns.find((one) => one.provider === provider && (one.carries?.(credentials) ?? true));
      if (!standIn) continue;
      const { id, address, channelType } = standIn.addAccount(credentials, { webhookUrl });
      lines.push({
        channelId,
        tenantId,
        tenantName: tenant?.name ?? "",
        tenantSlug: tenant?.slug ?? "",
        demo: tenant?.demo ?? false,
        name,
        provider,
        kind: standIn.kind,
        channelType,
        address,
        accountId: id,
      });
    }
  }
  forgetOthers(standIns, lines);
  const tenantsInOrder = Map.groupBy(lines, (line) => line.tenantId);
  return [...tenantsInOrder.values()].flatMap((own) => own.toSorted((a, b) => placeOf(a) - placeOf(b)));
}

/** Chats first: what most people come to play. */
const channelTypes: readonly SimulatedLine["channelType"][] = ["whatsapp", "sms", "instagram", "email", "phone"];
const placeOf = (line: SimulatedLine) => channelTypes.indexOf(line.channelType);

function forgetOthers(standIns: readonly StandIn[], lines: SimulatedLine[]): void {
  const kept = new Set(lines.map((line) => `${line.provider} ${line.kind} ${line.accountId}`));
  for (const standIn of standIns) {
    for (const { id } of standIn.accounts())
      if (!kept.has(`${standIn.provider} ${standIn.kind} ${id}`)) standIn.removeAccount(id);
  }
}

// Vite reloads modules in development; the phones must outlive them.
const running = ((globalThis as { guichetSimulator?: { simulator?: Simulator } }).guichetSimulator ??= {});

/** Names this process's simulator. Called once by the composition root, where the simulator is on. */
export function useSimulator(simulator: Simulator | undefined): void {
  if (simulator) running.simulator = simulator;
  else delete running.simulator;
}

/** This process's simulator; `not_found` where it is off. */
export function theSimulator(): Simulator {
  if (!running.simulator) throw new DomainError("not_found");
  return running.simulator;
}
