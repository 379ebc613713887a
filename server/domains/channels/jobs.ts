import { and, eq, sql } from "drizzle-orm";
import type { ZodError } from "zod";
import { channelConfigurations } from "#db/schema/channels.ts";
import { byTenant, findDue, findTenants, type Due } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import { currentConfig } from "#server/core/config.ts";
import { publicOrigin } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { DomainError, invalid } from "#server/core/errors.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import type {
  ChannelAccess,
  CheckLine,
  CredentialField,
  Provider,
  ProviderName,
  WebhookEntry,
} from "#server/providers/contract.ts";
import { allProviders, providerNamed } from "#server/providers/registry.ts";
import { definePeriodic } from "#server/jobs/define-job.ts";
import { blockSending } from "./block-sending.ts";
import { openCredentials, openFor } from "./channel-seal.ts";
import { countChannelHours } from "./count-channel-hours.ts";
import { createChannel } from "./create-channel.ts";
import type { ChannelRow } from "./find-channel.ts";
import { findChannel } from "./find-channel.ts";
import { saveCredentials } from "./save-credentials.ts";
import type { ConnectChannelInput, CreateChannelInput } from "./schemas.ts";
import { keepToken, putOffToken, takeToken, warnAheadMs, warnOfTokens } from "./token-care.ts";
import { watchFailures } from "./watch-failures.ts";
import { watchSilence } from "./watch-silence.ts";
import { webhookUrlOf } from "./webhook-address.ts";

/** Where channels meet vendors: what a provider asks for, whether it accepts it, and how it is reached. */
export interface ProviderForm {
  provider: ProviderName;
  channelType: Provider["channelType"];
  fields: readonly CredentialField[];
  /** The addresses that the webhook step shows; none where nothing is posted to us. */
  addresses: readonly WebhookEntry[];
  /** Whether the provider is given a verify token. */
  handshake: boolean;
  /** Whether messages can be written through it. */
  sends: boolean;
}

const oneAddress: readonly WebhookEntry[] = [{ name: "webhook", suffix: "" }];

/** What guided set-up asks for and shows. The verify token is left out: we make it. */
export function describeProviders(): ProviderForm[] {
  return allProviders.map((provider: Provider) => ({
    provider: provider.name,
    channelType: provider.channelType,
    fields: provider.credentialFields.filter((field) => field.name !== "verify_token"),
    addresses: provider.webhookEntries ?? oneAddress,
    handshake: provider.handshake !== undefined,
    sends: provider.sends !== false,
  }));
}

/** Begins a channel of a provider, or one that the simulator stands in for where that is on. */
export async function beginChannel(ctx: Ctx, input: CreateChannelInput): Promise<{ channelId: string }> {
  if (input.simulated && !currentConfig().simulator) throw new DomainError("forbidden", "simulator_off");
  const provider = providerOf(input.provider);
  // A mailbox is read: nothing is posted to it that could be signed wrongly.
  const observeMode = provider.openMailbox === undefined;
  const channel = await createChannel(ctx, { ...input, channelType: provider.channelType, observeMode });
  if (input.simulated) await connectChannel(ctx, { ...channel, credentials: provider.inventCredentials() });
  return channel;
}

/**
 * Checks credentials by the provider's own schema and keeps them. A field left empty keeps the value
 * that is sealed already, so that secrets never have to be shown to change something else.
 */
export async function connectChannel(ctx: Ctx, { channelId, credentials: given }: ConnectChannelInput): Promise<void> {
  const row = await findChannel(ctx, channelId);
  const provider = providerOf(row.provider);
  const known = provider.credentialFields.map((field) => field.name);
  const filled = Object.entries(given).filter(([name, value]) => known.includes(name) && value.trim() !== "");
  const cleared = provider.credentialFields.filter(
    (field) => !field.required && !field.secret && given[field.name] === "",
  );
  const kept = Object.entries(openCredentials(row)).filter(([name]) => !cleared.some((field) => field.name === name));
  const verifyToken = known.includes("verify_token") && row.verifyToken ? { verify_token: openVerifyToken(row) } : {};
  const read = provider.credentialSchema.safeParse({ ...verifyToken, ...Object.fromEntries([...kept, ...filled]) });
  if (!read.success) throw invalid(fieldReasons(read.error));
  const credentials = read.data;
  await saveCredentials(ctx, {
    channelId,
    credentials,
    publicNames: provider.credentialFields.filter((field) => !field.secret).map((field) => field.name),
    routingKeys: provider.routingKeysOf(credentials),
    address: provider.addressOf(credentials),
    signingSecret: credentials[provider.signingField] ?? "",
    channelType: provider.channelTypeOf?.(credentials) ?? provider.channelType,
    nextStep: provider.webhookEntries?.length === 0 ? "test" : "webhook",
    phoneNumberId: credentials.phone_number_id ?? null,
    accountId: credentials.business_account_id ?? credentials.account_sid ?? null,
  });
}

function openVerifyToken(row: ChannelRow): string {
  return openCredentials(row).verify_token ?? (row.verifyToken ? openFor(row, row.verifyToken) : "");
}

/** One reason per field: `required` where nothing was given, else that its form is wrong. */
function fieldReasons(error: ZodError): Record<string, string> {
  return Object.fromEntries(
    error.issues.map((issue) => {
      const missing = issue.code === "invalid_type";
      const own = issue.code === "custom" && /^[a-z_]+$/.test(issue.message);
      return [String(issue.path[0] ?? "form"), own ? issue.message : missing ? "required" : "invalid_format"];
    }),
  );
}

/** A channel opened for use: what a provider needs, and what decides whether it may be used. */
export interface OpenChannel extends ChannelAccess {
  provider: ProviderName;
  enabled: boolean;
  configured: boolean;
  /** Where the provider reports progress. */
  webhookUrl: string;
}

/** Opens a channel's secrets for one use. Simulated channels speak to the stand-in on our own server. */
export async function channelAccess(ctx: Ctx, channelId: string): Promise<OpenChannel> {
  return openChannel(await findChannel(ctx, channelId));
}

/** The tenant's channels that a stand-in carries, opened, for the simulator alone. */
export async function openSimulatedChannels(ctx: Ctx): Promise<(OpenChannel & { name: string })[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select()
      .from(channelConfigurations)
      .where(and(eq(channelConfigurations.simulated, true), eq(channelConfigurations.configured, true)))
      .orderBy(channelConfigurations.id),
  );
  return rows.map((row) => ({ ...openChannel(row), name: row.name }));
}

/** A channel and the tenant's others of its provider, opened, itself first; at most so many. */
export async function openWithItsLike(
  ctx: Ctx,
  channelId: string,
  most: number,
): Promise<(OpenChannel & { name: string })[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select()
      .from(channelConfigurations)
      .where(
        sql`provider = (select like_it.provider from channel_configurations like_it where like_it.tenant_id = ${ctx.tenantId} and like_it.id = ${channelId})`,
      )
      .orderBy(sql`id <> ${channelId}`, channelConfigurations.id)
      .limit(most),
  );
  return rows.map((row) => ({ ...openChannel(row), name: row.name }));
}

export function openChannel(row: ChannelRow): OpenChannel {
  const provider = providerOf(row.provider);
  return {
    channelId: row.id,
    tenantId: row.tenantId,
    provider: provider.name,
    credentials: openCredentials(row),
    apiBaseUrl: row.simulated ? `${publicOrigin()}/simulator/api/${provider.name}` : provider.defaultApiBaseUrl,
    enabled: row.enabled,
    configured: row.configured,
    webhookUrl: webhookUrlOf(row),
  };
}

export function providerOf(name: string): Provider {
  const provider = providerNamed(name);
  if (!provider) throw new DomainError("not_configured", "unknown_provider");
  return provider;
}

const hour = 3_600_000;
const day = 24 * hour;
/** Renewed this long before the end, tried again this often, and asked about where nothing ends this often. */
const renewAheadMs = 14 * day;
const againMs = 6 * hour;
const endlessMs = 30 * day;
const mostTokens = 200;

/** Renews tokens that were copied by hand, and warns of those that end although it was tried. */
export const careForTokensJob = definePeriodic({
  name: "care for tokens",
  everyMs: 30 * 60_000,
  run: async ({ clock, signal }) => {
    const renew = ({ tenantId, id }: Due) => renewToken(tokenContext(tenantId, clock), id);
    const warn = ([tenantId, ids]: [string, string[]]) => warnOfTokens(tokenContext(tenantId, clock), ids);
    const rounds = [
      async () => inTurn(await findDue("channel_tokens", mostTokens, clock.now()), renew, signal),
      async () => {
        const soon = new Date(clock.now().getTime() + warnAheadMs);
        await inTurn(byTenant(await findDue("tokens_ending", mostTokens, soon)), warn, signal);
      },
    ];
    await inTurn(rounds, (round) => round(), signal);
  },
});

const tokenContext = (tenantId: string, clock: Clock) =>
  contextFor(tenantId, { type: "job", name: "care for tokens" }, clock);

/**
 * Renews a channel's token where its provider can and the end is near or not known. A definite refusal
 * stops sending; anything else is tried again in a few hours. No transaction is open meanwhile.
 */
export async function renewToken(ctx: Ctx, channelId: string): Promise<void> {
  const now = ctx.clock.now().getTime();
  const row = await takeToken(ctx, channelId, new Date(now + againMs));
  if (!row) return;
  const { refreshToken } = providerOf(row.provider);
  const renewAt = row.tokenExpiresAt && row.tokenExpiresAt.getTime() - renewAheadMs;
  if (!refreshToken) return putOffToken(ctx, channelId, new Date(now + endlessMs));
  if (renewAt && renewAt > now) return putOffToken(ctx, channelId, new Date(renewAt));
  const channel = openChannel(row);
  const renewed = await refreshToken(channel);
  if (renewed.outcome === "ok") {
    const { credentials, expiresAt } = renewed.value;
    const dueAt = new Date(expiresAt ? expiresAt.getTime() - renewAheadMs : now + endlessMs);
    return keepToken(ctx, { channelId, before: channel.credentials.access_token ?? "", credentials, expiresAt, dueAt });
  }
  if (renewed.outcome === "refused" && renewed.class === "channel") {
    await blockSending(ctx, { channelId, reason: "credentials_refused", detail: renewed.text });
  }
}

/** Learns the rhythm of every tenant's channels and tells of those that fell silent. */
export const watchSilenceJob = definePeriodic({
  name: "watch for silent channels",
  everyMs: 10 * 60_000,
  run: async ({ clock, signal }) => {
    const watch = async (tenantId: string) => {
      const ctx = contextFor(tenantId, { type: "job", name: "watch for silent channels" }, clock);
      await countChannelHours(ctx);
      await watchSilence(ctx, askProvider);
    };
    await inTurn(await findTenants(), watch, signal);
  },
});

/** Tells each tenant of channels on which more fails than usual. */
export const watchFailuresJob = definePeriodic({
  name: "watch for failing channels",
  everyMs: 5 * 60_000,
  run: async ({ clock, signal }) => {
    const watch = (tenantId: string) =>
      watchFailures(contextFor(tenantId, { type: "job", name: "watch for failing channels" }, clock));
    await inTurn(await findTenants(), watch, signal);
  },
});

/** What the provider says of a channel, for the checklist and for a silence. */
export function askProvider(row: ChannelRow): Promise<CheckLine[]> {
  return providerOf(row.provider).check(openChannel(row), { webhookUrl: webhookUrlOf(row) });
}
