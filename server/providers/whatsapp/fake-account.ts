import type { Context } from "hono";
import type { JsonObject } from "../contract.ts";
import type { PhoneMessage, StandInAccount, StandInBehaviour } from "../stand-in.ts";
import { graphError, refusalOf } from "./fake-errors.ts";
import type { FakeMedia } from "./fake-media.ts";

/** A message of the business, as it was asked for and as the phone shows it. */
export interface SentMessage extends Pick<PhoneMessage, "text" | "replyToId" | "file" | "template"> {
  to: string;
  tracker: string | null;
}

export interface FakeAccount extends StandInAccount {
  credentials: Readonly<Record<string, string>>;
}

/** What the API's routes work on. */
export interface GraphParts {
  accountOfNumber(id: string): FakeAccount | null;
  accounts(): FakeAccount[];
  media: FakeMedia;
  /** Templates of a business account. */
  templatesOf(businessAccountId: string): JsonObject[];
  behaviour(): StandInBehaviour;
  /** When the customer last wrote, as far as the stand-in knows. */
  lastWrote(account: FakeAccount, address: string): Date | null;
  /** Accepts a message and answers its id. */
  take(account: FakeAccount, sent: SentMessage): string;
  /** Sets or takes back the business's reaction; false for a message that is not known. */
  react(messageId: string, emoji: string | null): boolean;
  readByBusiness(messageId: string): boolean;
}

export function hasToken(context: Context, accounts: FakeAccount[]): boolean {
  const given = context.req.header("authorization");
  return accounts.some(({ credentials }) => given === `Bearer ${credentials.access_token}`);
}

export function refuse(context: Context, code: number): Response {
  const { status, message } = refusalOf(code);
  return context.json(graphError(code, message), status);
}
