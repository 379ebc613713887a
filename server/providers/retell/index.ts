import { numbersIn } from "../call-numbers.ts";
import type { Provider } from "../contract.ts";
import { assistant } from "./assistant.ts";
import { check } from "./check.ts";
import { credentialFields, credentialSchema } from "./credentials.ts";
import { fetchCall, fetchMedia } from "./fetch-call.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { liveAnswer, liveQuestion } from "./live.ts";
import { parse } from "./parse.ts";
import { split } from "./split.ts";
import { testPost } from "./test-post.ts";
import { verify } from "./verify.ts";

/** Retell: voice agents on the phone. */
export const retell = {
  name: "retell",
  channelType: "phone",
  sends: false,
  maxBodyBytes: 8 * 1024 * 1024,
  credentialFields,
  credentialSchema,
  routingKeysOf: ({ agent_id: agent, phone_number: number, forwarded_numbers: forwarded }) => [
    `retell:agent:${agent}`,
    ...(number ? [`retell:number:${number}`] : []),
    ...numbersIn(forwarded).map((one) => `retell:forwarded:${one}`),
  ],
  addressOf: ({ phone_number: number, agent_id: agent }) => number || agent || "",
  split,
  verify,
  signingField: "api_key",
  parse,
  acknowledgement: { contentType: "application/json", body: "{}" },
  liveQuestion,
  liveAnswer,
  liveLimitMs: 10_000,
  send: () => Promise.resolve({ outcome: "refused", class: "permanent", code: "no_messages", text: "calls only" }),
  fetchCall,
  fetchMedia,
  assistant,
  check,
  inventCredentials,
  testPost,
  replyWindowMs: null,
  maxTextLength: 0,
  limits: { perSecond: 1, secondsBetweenToOnePerson: 0 },
  defaultApiBaseUrl: "https://api.retellai.com",
} satisfies Provider;
