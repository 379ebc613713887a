import type { Viewer } from "#server/auth/viewer.ts";
import { notFound } from "#server/core/errors.ts";
import type { PhoneMessage, PhoneStandIn, StandInCustomer } from "#server/providers/stand-in.ts";
import type { ProviderName } from "#server/providers/contract.ts";
import type { BehaveInput, PhoneRef, WriteInput } from "./schemas.ts";
import type { SimulatedLine } from "./simulator.ts";
import { theSimulator } from "./simulator.ts";

/** What a switch of the page means to a stand-in. */
const lateBy = 1_500;
const refusedWith: Partial<Record<ProviderName, string>> = { whatsapp: "131026", twilio: "21211" };

/** Lines that this person may play on: those of made-up businesses for anybody, others for their members. */
export async function playableLines(viewer: Viewer | null): Promise<SimulatedLine[]> {
  const mine = new Set(viewer?.memberships.map((membership) => membership.tenantId));
  const lines = await theSimulator().lines();
  return lines.filter((line) => line.demo || mine.has(line.tenantId));
}

export async function lineOf(viewer: Viewer | null, channelId: string): Promise<SimulatedLine> {
  const line = (await playableLines(viewer)).find((candidate) => candidate.channelId === channelId);
  if (!line) throw notFound();
  return line;
}

/** The stand-in that carries a line, where it is a phone. */
function phoneOf(provider: ProviderName): PhoneStandIn {
  const standIn = theSimulator().standIn(provider);
  if (standIn.kind !== "phone") throw notFound();
  return standIn;
}

export interface PhoneView {
  messages: PhoneMessage[];
  /** Who wrote on this line before, the latest first. */
  customers: StandInCustomer[];
  switches: { duplicate: boolean; delay: boolean; shuffle: boolean; failSends: boolean };
  /** Webhooks posted to us since the start. */
  deliveries: { delivered: number; retried: number; dropped: number };
}

/** A line and, where an address is named, what the phone shows. */
export async function viewPhone(
  viewer: Viewer | null,
  { channelId, address }: { channelId: string; address?: string | undefined },
): Promise<PhoneView> {
  const { provider, accountId } = await lineOf(viewer, channelId);
  const standIn = phoneOf(provider);
  const { duplicate, delayMs, shuffle, failSends } = standIn.behaviour();
  return {
    messages: address ? standIn.transcript(accountId, address) : [],
    customers: standIn.customers(accountId),
    switches: { duplicate: duplicate > 0, delay: delayMs > 0, shuffle, failSends: failSends !== null },
    deliveries: standIn.deliveries(),
  };
}

/** The customer writes. The webhook follows by itself; answers the provider's message id. */
export async function writeAsCustomer(viewer: Viewer | null, input: WriteInput): Promise<{ messageId: string }> {
  const { provider, accountId } = await lineOf(viewer, input.channelId);
  const customer = { address: input.address, name: input.name || null };
  return { messageId: phoneOf(provider).write(accountId, customer, input.text) };
}

/** The customer opens the conversation. */
export async function readAsCustomer(viewer: Viewer | null, { channelId, address }: PhoneRef): Promise<void> {
  const { provider, accountId } = await lineOf(viewer, channelId);
  phoneOf(provider).markRead(accountId, address);
}

/** Turns misbehaviour on or off. */
export async function behave(
  viewer: Viewer | null,
  { channelId, duplicate, delay, shuffle, failSends }: BehaveInput,
): Promise<void> {
  const { provider } = await lineOf(viewer, channelId);
  theSimulator()
    .standIn(provider)
    .setBehaviour({
      ...(duplicate === undefined ? {} : { duplicate: duplicate ? 1 : 0 }),
      ...(delay === undefined ? {} : { delayMs: delay ? lateBy : 0 }),
      ...(shuffle === undefined ? {} : { shuffle }),
      ...(failSends === undefined ? {} : { failSends: failSends ? (refusedWith[provider] ?? "refused") : null }),
    });
}

/** Yields once at the start and after every change of a line's phones, until the reader goes. */
export async function* watchLine(
  viewer: Viewer | null,
  channelId: string,
  signal: AbortSignal,
): AsyncGenerator<{ address: string }> {
  const { provider, accountId } = await lineOf(viewer, channelId);
  const changed: string[] = [""];
  let wake: () => void = () => undefined;
  const stop = theSimulator()
    .standIn(provider)
    .subscribe((change) => {
      if (change.accountId !== accountId) return;
      changed.push(change.address);
      wake();
    });
  signal.addEventListener("abort", () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      for (const address of new Set(changed.splice(0))) yield { address };
      if (changed.length === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stop();
  }
}
