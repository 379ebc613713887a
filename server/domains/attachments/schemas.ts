import { z } from "zod";

const id = z.uuid();

export const attachmentRef = z.object({ attachmentId: id });
export type AttachmentRef = z.infer<typeof attachmentRef>;

export const signedRef = attachmentRef.extend({
  tenantId: id,
  /** Unix seconds. */
  until: z.number().int(),
  sig: z.string().max(100),
});
export type SignedRef = z.infer<typeof signedRef>;

/** Only our own HTTP endpoint can call with it: a stream does not travel as JSON. */
export const uploadInput = z.object({
  body: z.instanceof(ReadableStream<Uint8Array>),
  /** Its announced length: it is read no further. */
  bytes: z.number().int().min(0),
  fileName: z.string().max(1000).nullable(),
  declaredType: z.string().max(200).nullable(),
});
export type UploadInput = z.infer<typeof uploadInput>;
