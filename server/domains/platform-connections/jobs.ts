import { currentConfig, publicOrigin } from "#server/core/config.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { log } from "#server/core/log.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { defineJob, definePeriodic } from "#server/jobs/define-job.ts";
import type { ApiOutcome, OAuthApp, ProviderOAuth } from "#server/providers/contract.ts";
import { providerNamed } from "#server/providers/registry.ts";
import { connectChannelsOf } from "./connect-channels.ts";
import { chooseAccount } from "./choose-account.ts";
import { dropConnection } from "./drop-connection.ts";
import { findConnection, notesOf, openToken, type ConnectionRow } from "./find-connection.ts";
import { connectionQueue } from "./queues.ts";
import { recordAskedInVain, recordLost, recordRenewed, recordSeen, takeConnection } from "./renewal.ts";
import { saveConnection } from "./save-connection.ts";
import type { BeginSignInInput, ChooseAccountInput, ConnectionRef, FinishSignInInput, Platform } from "./schemas.ts";
import { platforms } from "./schemas.ts";
import { beginAttempt, takeAttempt } from "./sign-in-attempts.ts";
import { endsSoon, findDueConnections } from "./sweep-connections.ts";

/** How an account of a platform can be connected here. */
export interface PlatformChoice {
  platform: Platform;
  /** `simulated`: through the stand-in; `off`: the operator has registered no app. */
  how: "app" | "simulated" | "off";
}

export function platformChoices(): PlatformChoice[] {
  return platforms
    .filter((platform) => providerNamed(platform)?.oauth)
    .map((platform) => ({ platform, how: howOf(platform) }));
}

/** The address of the platform's page where the owner allows it. The browser comes back to {@link finishSignIn}. */
export async function beginSignIn(ctx: Ctx, tenantSlug: string, input: BeginSignInInput): Promise<{ url: string }> {
  const request = await beginAttempt(ctx, tenantSlug, input);
  const { oauth, app } = signInOf(input.platform, howOf(input.platform) === "simulated");
  return { url: oauth.authorizeUrl(app, { ...request, redirectUri: redirectUriOf(input.platform) }) };
}

/**
 * The browser is back: the state is taken, the code changed for a token, its accounts read, and the
 * channels of the account take the token. Refused where the owner said no, or the platform does.
 */
export async function finishSignIn(
  ctx: Ctx,
  { platform, state, code, error }: FinishSignInInput,
): Promise<{ connectionId: string; channelId: string | null; chosen: boolean }> {
  const { verifier, channelId } = await takeAttempt(ctx, platform, state);
  if (error || !code) throw new DomainError("conflict", "sign_in_denied");
  const simulated = howOf(platform) === "simulated";
  const { oauth, app } = signInOf(platform, simulated);
  const token = valueOf(await oauth.exchange(app, { code, verifier, redirectUri: redirectUriOf(platform) }));
  const accounts = valueOf(await oauth.listAccounts(app, token.accessToken));
  if (accounts.length === 0) throw new DomainError("conflict", "sign_in_no_account");
  const { connectionId } = await saveConnection(ctx, { platform, token, simulated, accounts });
  if (accounts.length > 1) return { connectionId, channelId, chosen: false };
  await useConnection(ctx, connectionId, channelId);
  return { connectionId, channelId, chosen: true };
}

/** One of several accounts was chosen: from here on as if there had been one. */
export async function useChosenAccount(ctx: Ctx, input: ChooseAccountInput): Promise<{ connectionId: string }> {
  const chosen = await chooseAccount(ctx, input);
  await useConnection(ctx, chosen.connectionId, null);
  return chosen;
}

/** Makes a channel of a connected account, ready for its test. */
export async function openChannelOf(ctx: Ctx, { connectionId }: ConnectionRef): Promise<{ channelId: string }> {
  const connected = await connectChannelsOf(ctx, await credentialsOf(ctx, connectionId), { create: true });
  const [channelId] = connected;
  if (!channelId) throw new DomainError("conflict", "connection_lost");
  return { channelId };
}

/** Asks the account for its events, and gives its channels the token. */
async function useConnection(ctx: Ctx, connectionId: string, channelId: string | null): Promise<void> {
  const connected = await credentialsOf(ctx, connectionId);
  const { oauth, app } = signInOf(connected.platform, connected.simulated);
  const subscribed = await oauth.subscribe(app, connected.account, connected.accessToken);
  if (subscribed.outcome !== "ok") await recordAskedInVain(ctx, connectionId, subscribed.text);
  await connectChannelsOf(ctx, connected, { channelId });
}

async function credentialsOf(ctx: Ctx, connectionId: string) {
  const row = await findConnection(ctx, connectionId);
  const token = openToken(row);
  const { account, simulated = false } = notesOf(row);
  if (!token || !account || row.status !== "active") throw new DomainError("conflict", "connection_lost");
  const { oauth } = signInOf(row.platform, simulated);
  const secret = simulated ? null : (currentConfig().connectApps[row.platform]?.secret ?? null);
  return {
    connectionId,
    platform: row.platform,
    simulated,
    account,
    accessToken: token.accessToken,
    expiresAt: row.expiresAt,
    invented: simulated ? (providerNamed(row.platform)?.inventCredentials() ?? {}) : {},
    credentials: {
      ...oauth.credentialsOf(account, token.accessToken),
      ...(secret === null ? {} : { app_secret: secret }),
    },
  };
}

/** Forgets the connection here first, then gives the permission back at the platform as far as that goes. */
export async function disconnect(ctx: Ctx, { connectionId }: ConnectionRef): Promise<void> {
  const { platform, simulated, token } = await dropConnection(ctx, connectionId);
  const signIn = token ? signInOrNull(platform, simulated) : null;
  if (!token || !signIn) return;
  const given = await signIn.oauth.revoke(signIn.app, token);
  if (given.outcome !== "ok") log.info({ platform, text: given.text }, "a permission could not be given back");
}

/** Renews what ends soon and asks about what nobody asked about for a day. */
export const lookAfterConnectionJob = defineJob({
  queue: connectionQueue,
  handler: ({ tenantId, connectionId }, { clock }) => lookAfter(jobContext(tenantId, clock), connectionId),
});

export const sweepConnectionsJob = definePeriodic({
  name: "look after connections",
  everyMs: 10 * 60_000,
  run: async ({ clock, signal }) => {
    const due = await findDueConnections(clock);
    await inTurn(due, ({ tenantId, connectionId }) => lookAfter(jobContext(tenantId, clock), connectionId), signal);
  },
});

const jobContext = (tenantId: string, clock: Clock) =>
  contextFor(tenantId, { type: "job", name: connectionQueue.name }, clock);

/** One connection, by one worker at a time. The platform is never called while a transaction is open. */
export async function lookAfter(ctx: Ctx, connectionId: string): Promise<void> {
  const row = await takeConnection(ctx, connectionId);
  if (!row) return;
  const token = openToken(row);
  const signIn = signInOrNull(row.platform, notesOf(row).simulated ?? false);
  if (!token || !signIn) return recordAskedInVain(ctx, connectionId, "no app is registered for this platform");
  if (endsSoon(row.expiresAt, ctx.clock.now())) {
    const renewed = await signIn.oauth.refresh(signIn.app, token);
    if (renewed.outcome === "ok") return recordRenewed(ctx, connectionId, renewed.value);
    return recordTrouble(ctx, row, renewed);
  }
  const accounts = await signIn.oauth.listAccounts(signIn.app, token.accessToken);
  if (accounts.outcome !== "ok") return recordTrouble(ctx, row, accounts);
  const account = accounts.value.find(({ id }) => id === row.accountId);
  return recordSeen(ctx, connectionId, account?.name ?? null);
}

/** A definite refusal of the token ends the connection; anything else is tried again. */
async function recordTrouble(
  ctx: Ctx,
  row: ConnectionRow,
  trouble: Exclude<ApiOutcome<never>, { outcome: "ok" }>,
): Promise<void> {
  const over = row.expiresAt !== null && row.expiresAt <= ctx.clock.now();
  if (trouble.outcome === "refused" && trouble.class === "channel") {
    return recordLost(ctx, row.id, { status: over ? "expired" : "revoked", words: trouble.text });
  }
  if (over) return recordLost(ctx, row.id, { status: "expired", words: trouble.text });
  return recordAskedInVain(ctx, row.id, trouble.text);
}

/** Where the platform sends the browser back to; registered with the app, letter by letter. */
export function redirectUriOf(platform: Platform): string {
  return `${publicOrigin()}/connections/${platform}/callback`;
}

function howOf(platform: Platform): PlatformChoice["how"] {
  const { connectApps, simulator } = currentConfig();
  if (connectApps[platform]) return "app";
  return simulator ? "simulated" : "off";
}

function signInOf(platform: Platform, simulated: boolean): { oauth: ProviderOAuth; app: OAuthApp } {
  const signIn = signInOrNull(platform, simulated);
  if (!signIn) throw new DomainError("not_configured", "sign_in_not_configured");
  return signIn;
}

function signInOrNull(platform: Platform, simulated: boolean): { oauth: ProviderOAuth; app: OAuthApp } | null {
  const oauth = providerNamed(platform)?.oauth;
  const { connectApps, simulator } = currentConfig();
  if (!oauth) return null;
  if (simulated) {
    const base = `${publicOrigin()}/simulator/api/${platform}`;
    const { authorize, token, api } = oauth.standIn.paths;
    const urls = { authorize: base + authorize, token: base + token, api: base + api };
    return simulator ? { oauth, app: { ...oauth.standIn, urls } } : null;
  }
  const app = connectApps[platform];
  return app ? { oauth, app: { clientId: app.id, clientSecret: app.secret, urls: oauth.urls } } : null;
}

function valueOf<Value>(outcome: ApiOutcome<Value>): Value {
  if (outcome.outcome === "ok") return outcome.value;
  const refused = outcome.outcome === "refused" && outcome.class !== "retry";
  const cause = new Error(outcome.text);
  throw new DomainError(refused ? "conflict" : "unavailable", refused ? "sign_in_refused" : "sign_in_unreachable", {
    cause,
  });
}
