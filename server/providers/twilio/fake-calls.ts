import type { createDeliveries } from "../stand-in-deliveries.ts";
import type { CallStandIn, StandInCall, StandInCustomer } from "../stand-in.ts";
import { newSid, signedPost, type FakeAccount, type FakeAccounts } from "./fake-accounts.ts";
import { silentMp3 } from "./fake-recording.ts";
import { readTwiml, type ReadVerb } from "./fake-twiml.ts";

interface FakeCall extends StandInCall {
  account: FakeAccount;
  forwardedFrom: string | null;
  /** The `<Record>` that is under way. */
  recording: ReadVerb | null;
  /** What the caller said into it. */
  recorded: string[];
}

export interface FakeCallsOptions {
  accounts: FakeAccounts;
  deliveries: ReturnType<typeof createDeliveries>;
  recordings: Map<string, { mimeType: string; bytes: Uint8Array }>;
  apiBaseUrl(): string;
  /** What becomes of a number that is rung; nobody answers unless said. */
  answers?: ((number: string) => "completed" | "busy" | "no-answer") | undefined;
  changed(change: { accountId: string; address: string }): void;
}

const mostCalls = 200;

/** The customer's telephone: it asks us what to do, does what our TwiML says, and reports how it went. */
export function createFakeCalls(
  options: FakeCallsOptions,
): Pick<CallStandIn, "ring" | "say" | "callFunction" | "hangUp" | "calls"> {
  const calls = new Map<string, FakeCall>();
  const tell = (call: FakeCall) => options.changed({ accountId: call.account.id, address: call.caller.address });

  function ring(accountId: string, caller: StandInCustomer, more: { forwardedFrom?: string } = {}): string {
    const account = options.accounts.get(accountId);
    if (!account) throw new Error(`no stand-in account ${accountId}`);
    const call: FakeCall = {
      id: newSid("CA"),
      caller,
      status: "ringing",
      turns: [],
      startedAt: new Date(),
      account,
      forwardedFrom: more.forwardedFrom ?? null,
      recording: null,
      recorded: [],
    };
    calls.set(call.id, call);
    const [oldest] = calls.keys();
    if (calls.size > mostCalls && oldest !== undefined) calls.delete(oldest);
    ask(call, account.webhookUrl, {});
    tell(call);
    return call.id;
  }

  /** Asks what happens next, and obeys the first answer: copies of the question are answered alike. */
  function ask(call: FakeCall, url: string, said: Record<string, string>): void {
    let obeyed = false;
    post(call, url, said, (answer) => {
      if (!obeyed) obey(call, readTwiml(answer));
      obeyed = true;
    });
  }

  function obey(call: FakeCall, verbs: readonly ReadVerb[]): void {
    if (call.status === "ended") return;
    call.status = "in_progress";
    for (const verb of verbs) {
      if (verb.name === "Say") turn(call, "agent", verb.text);
      else if (verb.name === "Dial") return dial(call, verb);
      else if (verb.name === "Record") {
        call.recording = verb;
        return tell(call);
      } else if (verb.name === "Hangup") break;
    }
    end(call);
  }

  function dial(call: FakeCall, { text, attributes }: ReadVerb): void {
    turn(call, "tool", `☎ ${text}`);
    const outcome = options.answers?.(text) ?? "no-answer";
    const answered: Record<string, string> = outcome === "completed" ? { DialCallDuration: "42" } : {};
    ask(call, attributes.action ?? call.account.webhookUrl, {
      DialCallStatus: outcome,
      DialCallSid: newSid("CA"),
      ...answered,
    });
  }

  function say(callId: string, text: string): void {
    const call = calls.get(callId);
    if (!call || call.status === "ended") return;
    if (call.recording) call.recorded.push(text);
    turn(call, "customer", text);
  }

  function hangUp(callId: string): void {
    const call = calls.get(callId);
    if (!call || call.status === "ended") return;
    const wasRinging = call.status === "ringing";
    if (call.recording) leaveRecording(call, call.recording);
    end(call, wasRinging ? "canceled" : "completed");
  }

  /** The end of the step, then, a moment later, the recording itself. */
  function leaveRecording(call: FakeCall, { attributes }: ReadVerb): void {
    const words = call.recorded.join(" ").split(/\s+/).filter(Boolean).length;
    const seconds = words === 0 ? 0 : 2 + Math.ceil(words / 2);
    const sid = newSid("RE");
    const url = `${options.apiBaseUrl()}/2010-04-01/Accounts/${call.account.credentials.account_sid}/Recordings/${sid}`;
    if (seconds > 0) options.recordings.set(sid, { mimeType: "audio/mpeg", bytes: silentMp3(seconds) });
    const recording = { RecordingSid: sid, RecordingUrl: url, RecordingDuration: String(seconds) };
    call.recording = null;
    post(call, attributes.action ?? "", { CallStatus: "completed", Digits: "hangup", ...recording });
    const callback = attributes.recordingStatusCallback;
    if (!callback) return;
    const form = new URLSearchParams({
      AccountSid: call.account.credentials.account_sid ?? "",
      CallSid: call.id,
      ...recording,
      RecordingStatus: seconds === 0 ? "absent" : "completed",
      RecordingChannels: "1",
      RecordingSource: "RecordVerb",
      ErrorCode: "0",
    });
    options.deliveries.enqueue(signedPost(call.account, callback, form));
  }

  function end(call: FakeCall, status = "completed"): void {
    if (call.status === "ended") return;
    call.status = "ended";
    const seconds = Math.max(1, Math.round((Date.now() - call.startedAt.getTime()) / 1000));
    post(call, call.account.webhookUrl, {
      CallStatus: status,
      CallDuration: String(seconds),
      CallbackSource: "call-progress-events",
      SequenceNumber: "0",
      Timestamp: new Date().toUTCString().replace("GMT", "+0000"),
    });
    tell(call);
  }

  function turn(call: FakeCall, speaker: "agent" | "customer" | "tool", text: string): void {
    call.turns.push({ speaker, text, at: new Date() });
    tell(call);
  }

  function post(call: FakeCall, url: string, said: Record<string, string>, delivered?: (answer: string) => void): void {
    const { account, caller, forwardedFrom } = call;
    const form = new URLSearchParams({
      AccountSid: account.credentials.account_sid ?? "",
      ApiVersion: "2010-04-01",
      CallSid: call.id,
      CallStatus: call.status === "ringing" ? "ringing" : "in-progress",
      Direction: "inbound",
      From: caller.address,
      Caller: caller.address,
      To: account.address,
      Called: account.address,
      ...(caller.name ? { CallerName: caller.name } : {}),
      ...(forwardedFrom ? { ForwardedFrom: forwardedFrom } : {}),
      ...said,
    });
    options.deliveries.enqueue({ ...signedPost(account, url, form), ...(delivered ? { delivered } : {}) });
  }

  return {
    ring,
    say,
    hangUp,
    callFunction: () => Promise.resolve(""),
    calls: (accountId) =>
      [...calls.values()]
        .filter(({ account }) => account.id === accountId)
        .map(({ id, caller, status, turns, startedAt }) => ({ id, caller, status, turns: [...turns], startedAt })),
  };
}
