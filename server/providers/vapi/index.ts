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

/** Vapi: voice agents on the phone. */
export const vapi = {
  name: "vapi",
  channelType: "phone",
  sends: false,
  maxBodyBytes: 8 * 1024 * 1024,
  credentialFields,
  credentialSchema,
  routingKeysOf: ({ assistant_id: assistant, phone_number_id: number, forwarded_numbers: forwarded }) => [
    `vapi:assistant:${assistant}`,
    ...(number ? [`vapi:number:${number}`] : []),
    ...numbersIn(forwarded).map((one) => `vapi:forwarded:${one}`),
  ],
  addressOf: ({ phone_number: number, assistant_id: assistant }) => number || assistant || "",
  split,
  verify,
  signingField: "server_secret",
  parse,
  acknowledgement: { contentType: "application/json", body: "{}" },
  liveQuestion,
  liveAnswer,
  // An assistant is waited for 7.5 s, the shortest of Vapi's patiences.
  liveLimitMs: 7_500,
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
  defaultApiBaseUrl: "https://api.vapi.ai",
} satisfies Provider;
