import { z } from "zod";

const media = z.object({ id: z.string(), caption: z.string().max(1024).optional() });
const parameter = z.looseObject({
  type: z.string(),
  parameter_name: z.string().optional(),
  text: z.string().optional(),
});
const component = z.object({
  type: z.enum(["header", "body", "button"]),
  sub_type: z.enum(["quick_reply", "url", "copy_code"]).optional(),
  index: z.string().optional(),
  parameters: z.array(parameter),
});

/** What a message request holds beside its kind. */
const envelope = z.object({
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.literal("individual").optional(),
  to: z.string().optional(),
  recipient: z.string().optional(),
  context: z.object({ message_id: z.string() }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
});

/** The messages that the stand-in takes, as Meta documents them. */
export const messageRequest = z.discriminatedUnion("type", [
  envelope.extend({
    type: z.literal("text"),
    text: z.object({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() }),
  }),
  envelope.extend({ type: z.literal("image"), image: media }),
  envelope.extend({ type: z.literal("video"), video: media }),
  envelope.extend({ type: z.literal("audio"), audio: media.omit({ caption: true }) }),
  envelope.extend({ type: z.literal("sticker"), sticker: media.omit({ caption: true }) }),
  envelope.extend({ type: z.literal("document"), document: media.extend({ filename: z.string().optional() }) }),
  envelope.extend({
    type: z.literal("reaction"),
    reaction: z.object({ message_id: z.string(), emoji: z.string() }),
  }),
  envelope.extend({
    type: z.literal("template"),
    template: z.object({
      name: z.string(),
      language: z.object({ policy: z.literal("deterministic").optional(), code: z.string() }),
      components: z.array(component).optional(),
    }),
  }),
]);
export type MessageRequest = z.infer<typeof messageRequest>;
export type TemplateRequest = Extract<MessageRequest, { type: "template" }>["template"];

export const readRequest = z.object({
  messaging_product: z.literal("whatsapp"),
  status: z.literal("read"),
  message_id: z.string(),
});
