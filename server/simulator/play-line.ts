import type { Viewer } from "#server/auth/viewer.ts";
import { notFound } from "#server/core/errors.ts";
import type { ProviderName } from "#server/providers/contract.ts";
import type {
  AccountFault,
  MailboxMail,
  PhoneMessage,
  StandIn,
  StandInCall,
  StandInCustomer,
  WriteWay,
} from "#server/providers/stand-in.ts";
import type { BehaveInput, FaultInput, VerifyAddressInput } from "./schemas.ts";
import type { SimulatedLine } from "./simulator.ts";
import { theSimulator } from "./simulator.ts";

/** What a switch of the page means to a stand-in. */
const lateBy = 1_500;
/** A code by which each vendor refuses one message for good. */
const refusedWith: Partial<Record<ProviderName, string>> = {
  whatsapp: "131026",
  instagram: "551",
  twilio: "21211",
  email: "550",
};

/** Lines that this person may play on: those of made-up businesses for anybody, others for their members. */
export async function playableLines(viewer: Viewer | null): Promise<SimulatedLine[]> {
  const mine = new Set(viewer?.memberships.map((membership) => membership.tenantId));
  const lines = await theSimulator().lines();
  return lines.filter((line) => line.demo || mine.has(line.tenantId));
}

/** A line with the stand-in that carries it. A line that this person may not play on is `not_found`. */
export async function lineOf(
  viewer: Viewer | null,
  channelId: string,
): Promise<{ line: SimulatedLine; standIn: StandIn }> {
  const line = (await playableLines(viewer)).find((candidate) => candidate.channelId === channelId);
  if (!line) throw notFound();
  return { line, standIn: theSimulator().standIn(line.provider, line.kind) };
}

/** The line's stand-in where it is of this kind; a letter cannot be thrown into a telephone. */
export async function lineOfKind<Kind extends StandIn["kind"]>(
  viewer: Viewer | null,
  channelId: string,
  kind: Kind,
): Promise<{ accountId: string; standIn: Extract<StandIn, { kind: Kind }> }> {
  const { line, standIn } = await lineOf(viewer, channelId);
  if (standIn.kind !== kind) throw notFound();
  return { accountId: line.accountId, standIn: standIn as Extract<StandIn, { kind: Kind }> };
}

export interface LineView {
  /** What the customer sees on this line, by its kind. */
  seen:
    | {
        kind: "phone";
        messages: PhoneMessage[];
        ways: readonly WriteWay[];
        unsends: boolean;
        reacts: boolean;
        /** The business may answer from an app of its own. */
        echoes: boolean;
      }
    | { kind: "mailbox"; mails: MailboxMail[] }
    | { kind: "call"; calls: StandInCall[]; functions: boolean };
  /** Who wrote or called on this line before, the latest first. */
  customers: StandInCustomer[];
  switches: { duplicate: boolean; delay: boolean; shuffle: boolean; failSends: boolean };
  /** What was changed in the provider's console; null where that cannot be played. */
  faults: AccountFault[] | null;
  /** Which of them can be changed there. */
  faultKinds: readonly AccountFault[];
  /** Whether the provider asks whether our address is ours. */
  verifies: boolean;
  /** Webhooks posted to us since the start. */
  deliveries: { delivered: number; retried: number; dropped: number };
}

const mostCalls = 5;

/** A line and, where an address is named, what that customer sees. */
export async function viewLine(
  viewer: Viewer | null,
  { channelId, address }: { channelId: string; address?: string | undefined },
): Promise<LineView> {
  const { line, standIn } = await lineOf(viewer, channelId);
  const { duplicate, delayMs, shuffle, failSends } = standIn.behaviour();
  return {
    ...seenOn(standIn, line.accountId, address),
    switches: { duplicate: duplicate > 0, delay: delayMs > 0, shuffle, failSends: failSends !== null },
    faults: standIn.faults?.of(line.accountId) ?? null,
    faultKinds: standIn.faults?.kinds ?? ["token_revoked", "secret_renewed", "address_changed"],
    verifies: standIn.kind === "phone" && standIn.verifyAddress !== undefined,
    deliveries: standIn.deliveries(),
  };
}

function seenOn(
  standIn: StandIn,
  accountId: string,
  address: string | undefined,
): Pick<LineView, "seen" | "customers"> {
  switch (standIn.kind) {
    case "phone": {
      const messages = address ? standIn.transcript(accountId, address) : [];
      const { ways = ["direct"], unsend, react, writeAsBusiness } = standIn;
      return {
        seen: {
          kind: "phone",
          messages,
          ways,
          unsends: unsend !== undefined,
          reacts: react !== undefined,
          echoes: writeAsBusiness !== undefined,
        },
        customers: standIn.customers(accountId),
      };
    }
    case "mailbox": {
      const mails = address ? standIn.mails(accountId, address) : [];
      return { seen: { kind: "mailbox", mails }, customers: standIn.customers(accountId) };
    }
    case "call": {
      const all = standIn.calls(accountId);
      const callers = new Map(all.toReversed().map(({ caller }) => [caller.address, caller]));
      const calls = all.filter(({ caller }) => caller.address === address).slice(-mostCalls);
      return {
        seen: { kind: "call", calls, functions: standIn.functions !== false },
        customers: [...callers.values()],
      };
    }
  }
}

/** Turns misbehaviour on or off. */
export async function behave(
  viewer: Viewer | null,
  { channelId, duplicate, delay, shuffle, failSends }: BehaveInput,
): Promise<void> {
  const { line, standIn } = await lineOf(viewer, channelId);
  standIn.setBehaviour({
    ...(duplicate === undefined ? {} : { duplicate: duplicate ? 1 : 0 }),
    ...(delay === undefined ? {} : { delayMs: delay ? lateBy : 0 }),
    ...(shuffle === undefined ? {} : { shuffle }),
    ...(failSends === undefined ? {} : { failSends: failSends ? (refusedWith[line.provider] ?? "refused") : null }),
  });
}

/** Changes something in the provider's console, so that the channel and it no longer fit, or changes it back. */
export async function changeAtProvider(viewer: Viewer | null, { channelId, fault, on }: FaultInput): Promise<void> {
  const { line, standIn } = await lineOf(viewer, channelId);
  if (!standIn.faults) throw notFound();
  standIn.faults.set(line.accountId, fault, on);
}

/** Enters our address in the provider's console with this verify token; answers whether we confirmed it. */
export async function verifyAddress(
  viewer: Viewer | null,
  { channelId, verifyToken }: VerifyAddressInput,
): Promise<{ confirmed: boolean }> {
  const { accountId, standIn } = await lineOfKind(viewer, channelId, "phone");
  if (!standIn.verifyAddress) throw notFound();
  return { confirmed: await standIn.verifyAddress(accountId, verifyToken) };
}

/** Yields once at the start and after every change of what a line's customers see, until the reader goes. */
export async function* watchLine(
  viewer: Viewer | null,
  channelId: string,
  signal: AbortSignal,
): AsyncGenerator<{ address: string }> {
  const { line, standIn } = await lineOf(viewer, channelId);
  const changed: string[] = [""];
  let wake: () => void = () => undefined;
  const stop = standIn.subscribe((change) => {
    if (change.accountId !== line.accountId) return;
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
