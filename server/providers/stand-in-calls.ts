import type { Hono } from "hono";
import type { Json } from "./contract.ts";
import { createFaults } from "./stand-in-faults.ts";
import { createDeliveries } from "./stand-in-deliveries.ts";
import {
  wellBehaved,
  type CallStandIn,
  type StandInAccount,
  type StandInBehaviour,
  type StandInCall,
  type StandInCustomer,
  type StandInOptions,
} from "./stand-in.ts";

export interface CallAccount extends StandInAccount {
  credentials: Readonly<Record<string, string>>;
}

/** A call as the stand-in plays it. */
export interface PlayedCall extends StandInCall {
  account: CallAccount;
  assistantId: string;
  forwardedFrom: string | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  /** Why it ended, in the vendor's word. */
  endedReason: string | null;
  /** Function calls so far: each has a name of its own. */
  functions: number;
}

/** How one vendor of voice agents speaks of calls. Everything that differs between two of them. */
export interface CallVendor {
  provider: "vapi" | "retell";
  account(credentials: Readonly<Record<string, string>>): Pick<CallAccount, "id" | "address">;
  /** The credentials that open its API, and that sign its posts. */
  faulty: { token_revoked: string; secret_renewed: string };
  newCallId(): string;
  /** Headers that vouch for a body. */
  sign(account: CallAccount, body: string): Record<string, string>;
  /** The question which assistant takes the call, and what the answer names; a `sentence` is said and ends it. */
  assistantQuestion(call: PlayedCall): Json;
  readAssistant(answer: Json): { assistantId: string } | { sentence: string } | null;
  /** The question what a function answers, and the sentence in the answer. */
  functionQuestion(call: PlayedCall, key: string, name: string, args: Record<string, Json>): Json;
  readFunction(answer: Json): string;
  /** The number that the caller is put through to, where the answer names one. */
  readTransfer(answer: Json): string | null;
  /** What is posted at each step; none where the vendor says nothing. */
  rung(call: PlayedCall): Json[];
  answered(call: PlayedCall): Json[];
  spoken(call: PlayedCall): Json[];
  ended(call: PlayedCall): Json[];
  reported(call: PlayedCall): Json[];
  hungUp: string;
  refused: string;
  putThrough: string;
}

export interface PlayedCalls {
  accounts(): CallAccount[];
  call(id: string): PlayedCall | undefined;
  behaviour(): StandInBehaviour;
}

const mostCalls = 200;
const answers = ["Je vous écoute.", "Très bien, c'est noté.", "Puis-je faire autre chose pour vous ?"];

/**
 * A vendor of voice agents: it asks us which assistant takes a call, tells what happens on the line, has us
 * answer functions, and reports when it is over. `failDelivery` loses the end and the report on the way.
 */
export function createCallStandIn(
  vendor: CallVendor,
  options: StandInOptions,
  makeApi: (played: PlayedCalls) => Hono,
): CallStandIn {
  const accounts = new Map<string, CallAccount>();
  const calls = new Map<string, PlayedCall>();
  const listeners = new Set<(change: { accountId: string; address: string }) => void>();
  let behaviour: StandInBehaviour = { ...wellBehaved };
  let talking: Promise<unknown> = Promise.resolve();
  const deliveries = createDeliveries(() => behaviour, options.retryDelaysMs);
  const faults = createFaults(vendor.faulty);
  const app = makeApi({
    accounts: () => [...accounts.values()].map(faults.atVendor),
    call: (id) => calls.get(id),
    behaviour: () => behaviour,
  });

  function addAccount(
    credentials: Readonly<Record<string, string>>,
    own: { webhookUrl?: string } = {},
  ): StandInAccount {
    const account: CallAccount = {
      ...vendor.account(credentials),
      provider: vendor.provider,
      channelType: "phone",
      webhookUrl: own.webhookUrl ?? options.webhookUrl,
      credentials,
    };
    accounts.set(account.id, account);
    return publicPart(account);
  }

  function ring(accountId: string, caller: StandInCustomer, more: { forwardedFrom?: string } = {}): string {
    const account = accounts.get(accountId);
    if (!account) throw new Error(`no stand-in account ${accountId}`);
    const call: PlayedCall = {
      id: vendor.newCallId(),
      account,
      caller,
      assistantId: "",
      forwardedFrom: more.forwardedFrom ?? null,
      status: "ringing",
      turns: [],
      startedAt: new Date(),
      answeredAt: null,
      endedAt: null,
      endedReason: null,
      functions: 0,
    };
    calls.set(call.id, call);
    const [oldest] = calls.keys();
    if (calls.size > mostCalls && oldest !== undefined) calls.delete(oldest);
    tell(call);
    post(call, vendor.rung(call));
    talking = Promise.all([talking, connect(call)]);
    return call.id;
  }

  /** The caller hears ringing until we say who answers. */
  async function connect(call: PlayedCall): Promise<void> {
    const answer = await ask(call, vendor.assistantQuestion(call));
    const chosen = answer === null ? null : vendor.readAssistant(answer);
    if (call.status !== "ringing") return;
    if (!chosen || "sentence" in chosen) {
      if (chosen) turn(call, "agent", chosen.sentence);
      return finish(call, vendor.refused);
    }
    call.assistantId = chosen.assistantId;
    call.status = "in_progress";
    call.answeredAt = new Date();
    post(call, vendor.answered(call));
    turn(call, "agent", "Bonjour ! Que puis-je faire pour vous ?");
    post(call, vendor.spoken(call));
  }

  function say(callId: string, text: string): void {
    const call = calls.get(callId);
    if (call?.status !== "in_progress") return;
    turn(call, "customer", text);
    turn(call, "agent", answers[call.turns.length % answers.length]!);
    post(call, vendor.spoken(call));
  }

  async function callFunction(callId: string, name: string, args: Record<string, unknown>): Promise<string> {
    const call = calls.get(callId);
    if (call?.status !== "in_progress") throw new Error("nobody is on the line");
    const key = `call_${call.id.slice(-8)}_${++call.functions}`;
    const question = vendor.functionQuestion(call, key, name, args as Record<string, Json>);
    const copies = Array.from({ length: 1 + Math.min(behaviour.duplicate, 5) }, () => ask(call, question));
    const [answer] = await Promise.all(copies);
    const said = answer === null || answer === undefined ? "" : vendor.readFunction(answer);
    turn(call, "tool", `${name} ${JSON.stringify(args)}`);
    if (said !== "") turn(call, "agent", said);
    post(call, vendor.spoken(call));
    // Somebody has the caller now: the agent's call is over.
    if (answer && vendor.readTransfer(answer) !== null) finish(call, vendor.putThrough);
    return said;
  }

  function hangUp(callId: string): void {
    const call = calls.get(callId);
    if (call && call.status !== "ended") finish(call, call.status === "ringing" ? vendor.refused : vendor.hungUp);
  }

  function finish(call: PlayedCall, reason: string): void {
    call.status = "ended";
    call.endedAt = new Date();
    call.endedReason = reason;
    tell(call);
    if (behaviour.failDelivery !== null) return;
    post(call, vendor.ended(call));
    post(call, vendor.reported(call));
  }

  function turn(call: PlayedCall, speaker: StandInCall["turns"][number]["speaker"], text: string): void {
    call.turns.push({ speaker, text, at: new Date() });
    if (call.turns.length > 500) call.turns.shift();
    tell(call);
  }

  function tell(call: PlayedCall): void {
    for (const listener of listeners) listener({ accountId: call.account.id, address: call.caller.address });
  }

  function post(call: PlayedCall, bodies: readonly Json[]): void {
    for (const one of bodies) {
      const body = JSON.stringify(one);
      const account = accountOf(call);
      deliveries.enqueue({ url: account.webhookUrl, headers: headersFor(account, body), body });
    }
  }

  /** A question with somebody on the line: asked once, the answer waited for as long as the vendor would. */
  async function ask(call: PlayedCall, question: Json): Promise<Json> {
    const body = JSON.stringify(question);
    const account = accountOf(call);
    try {
      const response = await fetch(account.webhookUrl, {
        method: "POST",
        headers: headersFor(account, body),
        body,
        signal: AbortSignal.timeout(10_000),
      });
      return response.ok ? ((await response.json()) as Json) : null;
    } catch {
      return null;
    }
  }

  /** As the vendor has it by now: its credentials may be others than when the call began. */
  const accountOf = (call: PlayedCall) => faults.atVendor(accounts.get(call.account.id) ?? call.account);

  const withAccount = <Value>(id: string, use: (account: CallAccount) => Value): Value | undefined => {
    const account = accounts.get(id);
    return account && use(account);
  };

  const headersFor = (account: CallAccount, body: string) => ({
    "content-type": "application/json",
    ...vendor.sign(account, body),
  });

  return {
    kind: "call",
    provider: vendor.provider,
    app,
    addAccount,
    removeAccount: (id) => void accounts.delete(id),
    accounts: () => [...accounts.values()].map(publicPart),
    ring,
    say,
    callFunction,
    hangUp,
    calls: (accountId) => [...calls.values()].filter((call) => call.account.id === accountId).map(shown),
    faults: {
      of: (id) => withAccount(id, faults.of) ?? [],
      set: (id, fault, on) => withAccount(id, (account) => faults.set(account, fault, on)),
    },
    behaviour: () => ({ ...behaviour }),
    setBehaviour: (change) => {
      behaviour = { ...behaviour, ...change };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled: () => talking.then(deliveries.settled),
    deliveries: deliveries.counts,
    close: deliveries.close,
  };
}

function publicPart({ credentials: _secret, ...account }: CallAccount): StandInAccount {
  return account;
}

function shown({ id, caller, status, turns, startedAt }: PlayedCall): StandInCall {
  return { id, caller: { ...caller }, status, turns: turns.map((turn) => ({ ...turn })), startedAt };
}

/** A second of a quiet tone: what a stand-in has recorded. */
export function toneRecording(): Uint8Array<ArrayBuffer> {
  const rate = 8_000;
  const wave = Buffer.alloc(44 + rate);
  wave.write("RIFF", 0);
  wave.writeUInt32LE(36 + rate, 4);
  wave.write("WAVEfmt ", 8);
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(rate, 24);
  wave.writeUInt32LE(rate, 28);
  wave.writeUInt16LE(1, 32);
  wave.writeUInt16LE(8, 34);
  wave.write("data", 36);
  wave.writeUInt32LE(rate, 40);
  for (let at = 0; at < rate; at++) wave[44 + at] = 128 + Math.round(20 * Math.sin((at * 2 * Math.PI * 440) / rate));
  return Uint8Array.from(wave);
}
