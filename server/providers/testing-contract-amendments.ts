import type { Document } from "./testing-contract.ts";

interface Schemas {
  components: {
    schemas: Record<string, { properties: Record<string, unknown>; required: string[] } & Record<string, unknown>>;
  };
  paths: Record<string, { post: { requestBody: { content: Record<string, { schema: unknown }> } } }>;
}

/**
 * What Meta documents beside its OpenAPI document, added to it. Each addition names its page; what the
 * document itself says is left as it is.
 */
export function amendWhatsapp(document: Document): void {
  const { components, paths } = document as unknown as Schemas;
  const { schemas } = components;
  const base = schemas["BaseMessageProperties"]!;
  // Messages reference: "An arbitrary string, useful for tracking".
  base.properties["biz_opaque_callback_data"] = { type: "string", maxLength: 512 };
  // Business-scoped user ids: `recipient` instead of `to`.
  base.properties["recipient"] = { type: "string" };
  base.required = base.required.filter((name) => name !== "to");
  base["anyOf"] = [{ required: ["to"] }, { required: ["recipient"] }];
  // Templates with a copy-code button; a button's place is a number, which the document's pattern misses.
  schemas["TemplateComponent"]!.properties["sub_type"] = { enum: ["quick_reply", "url", "catalog", "copy_code"] };
  schemas["TemplateComponent"]!.properties["index"] = { type: "string", pattern: "^[0-9]$" };
  // "Mark messages as read" posts to the same address, and the document has its schema without its path.
  const content = paths["/{Version}/{Phone-Number-ID}/messages"]!.post.requestBody.content["application/json"]!;
  content.schema = { anyOf: [content.schema, { $ref: "#/components/schemas/MarkMessageRequestPayload" }] };
}

interface Form {
  encoding?: Record<string, { style: string; explode: boolean }>;
}
interface Paths {
  paths: Record<string, { post: { requestBody: { content: Record<string, Form> } } }>;
}

/** Twilio repeats a field for each of its values, which its OpenAPI document leaves to be known. */
export function amendTwilio(document: Document): void {
  const { paths } = document as unknown as Paths;
  const { content } = paths["/2010-04-01/Accounts/{AccountSid}/Messages.json"]!.post.requestBody;
  content["application/x-www-form-urlencoded"]!.encoding = { MediaUrl: { style: "form", explode: true } };
}
