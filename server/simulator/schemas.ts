import { z } from "zod";
import { accountFaults, writeWays } from "#server/providers/stand-in.ts";

/** A customer on a line: their number, a business-scoped id such as `FR.1349…`, an Instagram id, or a mail address. */
export const phoneRef = z.object({
  channelId: z.uuid(),
  address: z
    .string()
    .trim()
    .toLowerCase()
    .transform((value) => (/^[a-z]{2}\.\d/.test(value) ? value.toUpperCase() : value))
    .pipe(
      z
        .string()
        .max(200)
        .regex(/^(?:\+[1-9]\d{6,14}|[A-Z]{2}\.\d{5,20}|\d{10,20}|[^\s@]+@[^\s@]+\.[^\s@]+)$/, "invalid_phone"),
    ),
});
export type PhoneRef = z.infer<typeof phoneRef>;

/** Above what any channel keeps, so that a file can be too large for it. */
const mostFileBytes = 32 * 1024 * 1024;

/** A file by the type that its sender says it has, which may be a lie: that too is to be played. */
const file = z.object({
  mimeType: z
    .string()
    .max(100)
    .regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/, "unsupported_type"),
  bytes: z.instanceof(Uint8Array<ArrayBufferLike>).refine((bytes) => bytes.byteLength <= mostFileBytes, "too_large"),
  name: z.string().max(200).optional(),
});

export const writeInput = phoneRef.extend({
  name: z.string().trim().max(80).default(""),
  text: z.string().trim().max(4_096, "too_long"),
  as: z.enum(writeWays).optional(),
  /** Written so long ago, and delivered only now. */
  hoursAgo: z.coerce
    .number()
    .min(0)
    .max(24 * 14)
    .optional(),
  file: file.optional(),
});
export type WriteInput = z.infer<typeof writeInput>;

export const messageRef = phoneRef.extend({ messageId: z.string().min(1).max(300) });
export type MessageRef = z.infer<typeof messageRef>;

/** Without an emoji the reaction is taken back. */
export const reactInput = messageRef.extend({ emoji: z.string().min(1).max(20).nullable() });
export type ReactInput = z.infer<typeof reactInput>;

export const echoInput = phoneRef.extend({
  name: z.string().trim().max(80).default(""),
  text: z.string().trim().min(1, "required").max(4_096, "too_long"),
});
export type EchoInput = z.infer<typeof echoInput>;

export const mailInput = phoneRef.extend({
  name: z.string().trim().max(80).default(""),
  subject: z.string().trim().min(1, "required").max(200, "too_long"),
  text: z.string().trim().min(1, "required").max(20_000, "too_long"),
  file: file.optional(),
  /** Message-ID of the mail it answers. */
  inReplyTo: z.string().max(300).optional(),
});
export type MailInput = z.infer<typeof mailInput>;

export const ringInput = phoneRef.extend({ name: z.string().trim().max(80).default("") });
export type RingInput = z.infer<typeof ringInput>;

export const callRef = z.object({ channelId: z.uuid(), callId: z.string().min(1).max(100) });
export type CallRef = z.infer<typeof callRef>;

export const sayInput = callRef.extend({ text: z.string().trim().min(1, "required").max(1_000, "too_long") });
export type SayInput = z.infer<typeof sayInput>;

export const functionInput = callRef.extend({
  name: z.string().regex(/^[a-z_]{1,60}$/),
  arguments: z.record(z.string().max(60), z.string().max(500)).default({}),
});
export type FunctionInput = z.infer<typeof functionInput>;

/** Something changes in the provider's console, for this number alone; `on: false` takes it back. */
export const faultInput = z.object({ channelId: z.uuid(), fault: z.enum(accountFaults), on: z.boolean() });
export type FaultInput = z.infer<typeof faultInput>;

/** The verify token as somebody enters it there. */
export const verifyAddressInput = z.object({ channelId: z.uuid(), verifyToken: z.string().trim().max(200) });
export type VerifyAddressInput = z.infer<typeof verifyAddressInput>;

/** How the line's provider misbehaves. Applies to every number of that provider. */
export const behaveInput = z.object({
  channelId: z.uuid(),
  duplicate: z.boolean().optional(),
  delay: z.boolean().optional(),
  shuffle: z.boolean().optional(),
  failSends: z.boolean().optional(),
});
export type BehaveInput = z.infer<typeof behaveInput>;
