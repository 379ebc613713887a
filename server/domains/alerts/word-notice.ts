import type { Notice } from "./claim-mails.ts";
import { en } from "./mail-words-en.ts";
import { fr } from "./mail-words-fr.ts";

type Words = typeof fr;
const languages: Record<"fr" | "en", Words> = { fr, en };

export interface Wording {
  words: Words;
  day: (at: Date) => string;
  moment: (at: Date) => string;
  percent: (share: number) => string;
}

/** How a member is written to: in their language, by their clock. */
export function wordingFor(locale: "fr" | "en", timeZone: string): Wording {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return {
    words: languages[locale],
    day: (at) => day.format(at),
    moment: (at) => moment.format(at),
    percent: (share) => percent.format(share),
  };
}

/** What a notice is about, in a few words. */
export function titleOf({ kind, event, channelName }: Notice, { words }: Wording): string {
  const title = event === "recovered" ? words.recoveredTitle : words.title;
  return title[kind](channelName ? words.quoted(channelName) : words.aChannel);
}

/** What happened and, where it is known, why: a sentence each. */
export function sentencesOf(notice: Notice, wording: Wording): string[] {
  const { words, day, moment, percent } = wording;
  const { kind, data } = notice;
  const text = (name: string) => (typeof data[name] === "string" ? data[name] : "");
  const number = (name: string) => Number(data[name] ?? 0);
  const dated = (name: string, say: (at: string) => string, format: (at: Date) => string) => {
    const at = new Date(text(name));
    return Number.isNaN(at.getTime()) ? [] : [say(format(at))];
  };
  switch (kind) {
    case "channel_failing":
      return [words.failing[failureOf(text("reason"))], ...(text("detail") ? [words.said(text("detail"))] : [])];
    case "token_expiring":
      return dated("expiresAt", words.tokenEnds, day);
    case "channel_silent":
      return dated("since", words.silent, moment);
    case "events_failing":
    case "sends_failing":
      return [words.share(number("failed"), number("total"), percent(number("usual")))];
    case "dead_letters":
      return [
        ...(number("events") > 0 ? [words.deadEvents(number("events"))] : []),
        ...(number("messages") > 0 ? [words.deadMessages(number("messages"))] : []),
        ...(number("jobs") > 0 ? [words.deadJobs(number("jobs"))] : []),
      ];
    case "tickets_late":
      return [words.lateTickets(number("tickets"))];
    case "ledger_gap":
      return dated("day", (at) => words.missing(number("missing"), at), day);
  }
}

function failureOf(reason: string): keyof Words["failing"] {
  if (["credentials_refused", "connection_lost", "mailbox_login_refused", "smtp_login_refused"].includes(reason)) {
    return "login";
  }
  if (reason === "account_restricted") return "restricted";
  if (reason === "mailbox_full") return "full";
  return /host_not_found|certificate/.test(reason) ? "server" : "other";
}
