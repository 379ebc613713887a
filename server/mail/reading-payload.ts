import type { Json, JsonObject } from "#server/providers/contract.ts";
import { firstText, listOf, objectOf, textOf } from "#server/providers/read-json.ts";
import { canonicalEmail } from "./addresses.ts";
import type { MailAddress, MailFile, MailPayload } from "./mail-payload.ts";

/** A stored payload as the mail it was: whatever is missing or of another form reads as absent. */
export function payloadOf(source: JsonObject): MailPayload {
  const raw = objectOf(source.raw);
  const report = objectOf(source.report);
  const kind = report?.kind;
  return {
    messageId: firstText(source, "messageId")?.slice(0, 255) ?? "",
    from: addresses(source.from),
    sender: addresses(source.sender),
    replyTo: addresses(source.replyTo),
    to: addresses(source.to),
    cc: addresses(source.cc),
    subject: firstText(source, "subject"),
    inReplyTo: texts(source.inReplyTo),
    references: texts(source.references),
    date: firstText(source, "date"),
    text: firstText(source, "text"),
    html: firstText(source, "html"),
    headers: Object.fromEntries(
      Object.entries(objectOf(source.headers) ?? {}).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value]] : [],
      ),
    ),
    files: listOf(source.files).flatMap((file, index) => fileOf(objectOf(file), index)),
    report: kind === "delivery" || kind === "feedback" ? { kind, fields: firstText(report, "fields") ?? "" } : null,
    original: firstText(source, "original"),
    raw: { sha256: firstText(raw, "sha256") ?? "", bytes: numberOf(raw?.bytes) },
    cut: texts(source.cut),
  };
}

function addresses(value: Json | undefined): MailAddress[] {
  return listOf(value).flatMap((one) => {
    const address = canonicalEmail(firstText(objectOf(one), "address"));
    return address ? [{ address, name: firstText(objectOf(one), "name") }] : [];
  });
}

function fileOf(file: JsonObject | null, index: number): MailFile[] {
  if (!file) return [];
  return [
    {
      index,
      name: firstText(file, "name"),
      type: firstText(file, "type") ?? "application/octet-stream",
      bytes: numberOf(file.bytes),
      sha256: firstText(file, "sha256") ?? "",
      contentId: firstText(file, "contentId"),
      inline: file.inline === true,
    },
  ];
}

function texts(value: Json | undefined): string[] {
  return listOf(value).flatMap((one) => textOf(one) ?? []);
}

function numberOf(value: Json | undefined): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
}
