import type { ChannelAccess, JsonObject, OutboundFile } from "../contract.ts";
import { firstText } from "../read-json.ts";
import { outcomeOf, type GraphRefusal } from "./answers.ts";
import { uploadGraph } from "./client.ts";

type MediaType = "image" | "audio" | "video" | "document" | "sticker";

/** A file that Meta holds and how a message shows it. */
export interface UploadedMedia {
  id: string;
  type: MediaType;
  fileName: string | null;
}

const megabyte = 1024 * 1024;
/** What each kind of message takes, and up to how many bytes. Anything else goes as a document. */
const taken: Readonly<Record<Exclude<MediaType, "document">, { types: readonly string[]; mostBytes: number }>> = {
  image: { types: ["image/jpeg", "image/png"], mostBytes: 5 * megabyte },
  audio: {
    types: ["audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg"],
    mostBytes: 16 * megabyte,
  },
  video: { types: ["video/mp4", "video/3gpp"], mostBytes: 16 * megabyte },
  sticker: { types: ["image/webp"], mostBytes: 500 * 1024 },
};
const mostDocumentBytes = 100 * megabyte;

/** Puts a file into the number's media store. A caption keeps what cannot carry one from being played in place. */
export async function uploadMedia(
  channel: ChannelAccess,
  file: OutboundFile,
  withCaption: boolean,
): Promise<{ outcome: "ok"; value: UploadedMedia } | GraphRefusal> {
  if (file.bytes > mostDocumentBytes) {
    return { outcome: "refused", class: "permanent", code: "file_too_large", text: `${file.bytes} bytes` };
  }
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", file.mimeType);
  const bytes = await file.read();
  form.set("file", new Blob([Uint8Array.from(bytes)], { type: file.mimeType }), file.fileName ?? "file");
  const path = `${channel.credentials.phone_number_id ?? ""}/media`;
  const answer = outcomeOf(await uploadGraph(channel, path, form), channel);
  if (answer.outcome === "refused") return answer;
  const id = answer.outcome === "ok" ? firstText(answer.value, "id") : null;
  if (id === null) {
    const text = answer.outcome === "unknown" ? answer.text : "uploaded without an id";
    return { outcome: "refused", class: "retry", code: "upload_lost", text };
  }
  return { outcome: "ok", value: { id, type: mediaTypeOf(file, withCaption), fileName: file.fileName } };
}

/** How a file is shown: as its kind where WhatsApp plays it in place, else as a document. */
export function mediaTypeOf(file: Pick<OutboundFile, "kind" | "mimeType" | "bytes">, withCaption: boolean): MediaType {
  if (file.kind === "document") return "document";
  const { types, mostBytes } = taken[file.kind];
  const carriesCaption = file.kind === "image" || file.kind === "video";
  const fits = types.includes(file.mimeType) && file.bytes <= mostBytes;
  return fits && (carriesCaption || !withCaption) ? file.kind : "document";
}

export function mediaBody({ id, type, fileName }: UploadedMedia, caption: string): JsonObject {
  return {
    type,
    [type]: {
      id,
      ...(caption === "" ? {} : { caption }),
      ...(type === "document" && fileName !== null ? { filename: fileName } : {}),
    },
  };
}
