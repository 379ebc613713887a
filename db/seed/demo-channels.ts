import { newId, newToken } from "#server/core/ids.ts";
import type { DemoChannel } from "./shape.ts";

/** What a made-up channel is connected with, and what follows from it, as its provider would say. */
export interface ConnectedChannel {
  credentials: Record<string, string>;
  /** What its events are routed by. */
  routingKeys: string[];
  /** The name it has in the log. */
  account: string;
  /** What its webhooks are signed with; empty where nothing is posted. */
  signingSecret: string;
  phoneNumberId?: string;
  accountId?: string;
  assistantId?: string;
}

/** Names of credentials that are never shown. */
export const secretNames: readonly string[] = [
  "access_token",
  "app_secret",
  "auth_token",
  "verify_token",
  "imap_password",
  "smtp_password",
  "api_key",
  "server_secret",
];

/** Ids and secrets of their own for every database: nothing here is a constant that could be guessed. */
export function connectDemo(channel: DemoChannel): ConnectedChannel {
  return connecting[channel.provider](channel);
}

const digits = (length: number) => Array.from({ length }, () => Math.floor(Math.random() * 9) + 1).join("");
const hex = () => newId().replaceAll("-", "");

const connecting: Record<DemoChannel["provider"], (channel: DemoChannel) => ConnectedChannel> = {
  whatsapp: ({ address }) => {
    const [number, account, secret] = [digits(15), digits(15), newToken(24)];
    return {
      credentials: {
        phone_number_id: number,
        business_account_id: account,
        display_phone_number: address,
        access_token: `EAAG${newToken(48)}`,
        app_secret: secret,
        verify_token: newToken(18),
      },
      routingKeys: [`whatsapp:number:${number}`, `whatsapp:account:${account}`],
      account: number,
      signingSecret: secret,
      phoneNumberId: number,
      accountId: account,
    };
  },
  twilio: ({ address }) => {
    const [sid, secret] = [`AC${hex()}`, newToken(24)];
    return {
      credentials: { account_sid: sid, auth_token: secret, phone_number: address, messaging_service_sid: "" },
      routingKeys: [`twilio:${sid}:${address}`],
      account: address,
      signingSecret: secret,
      accountId: sid,
    };
  },
  instagram: ({ address }) => {
    const [account, secret] = [`17841${digits(12)}`, newToken(24)];
    return {
      credentials: {
        username: address.replace("@", ""),
        business_account_id: account,
        page_id: "",
        access_token: `IGAA${newToken(48)}`,
        app_secret: secret,
        verify_token: newToken(18),
      },
      routingKeys: [`instagram:account:${account}`],
      account,
      signingSecret: secret,
      accountId: account,
    };
  },
  email: ({ address }) => {
    const host = address.split("@")[1] ?? "";
    return {
      credentials: {
        address,
        display_name: "",
        imap_host: `imap.${host}`,
        imap_port: "993",
        imap_security: "tls",
        imap_user: "",
        imap_password: newToken(18),
        folder: "",
        smtp_host: `smtp.${host}`,
        smtp_port: "465",
        smtp_security: "tls",
        smtp_user: "",
        smtp_password: "",
        plus_addressing: "yes",
      },
      routingKeys: [`email:mailbox:${address}`],
      account: address,
      signingSecret: "",
    };
  },
  vapi: ({ address }) => {
    const [assistant, number, secret] = [newId(), newId(), newToken(24)];
    return {
      credentials: {
        api_key: newId(),
        assistant_id: assistant,
        phone_number_id: number,
        phone_number: address,
        forwarded_numbers: "",
        server_secret: secret,
      },
      routingKeys: [`vapi:assistant:${assistant}`, `vapi:number:${number}`],
      account: address,
      signingSecret: secret,
      phoneNumberId: number,
      assistantId: assistant,
    };
  },
  retell: ({ address }) => {
    const [agent, key] = [`agent_${hex()}`, `key_${hex()}`];
    return {
      credentials: { api_key: key, agent_id: agent, phone_number: address, forwarded_numbers: "" },
      routingKeys: [`retell:agent:${agent}`, `retell:number:${address}`],
      account: address,
      signingSecret: key,
      assistantId: agent,
    };
  },
};
