import { fileTypeFromBuffer } from "file-type";
import type { FileKind } from "./limits.ts";
import { looksLikeHtml, looksLikeText } from "./text-look.ts";

export interface Claimed {
  /** What the sender says it is. */
  type: string | null;
  /** What the provider says it is; null where nobody did. */
  kind: FileKind | null;
}

export type Identified =
  | { ok: true; mimeType: string; kind: FileKind }
  | { ok: false; reason: "empty" | "type_mismatch" | "executable" };

const executables = new Set([
  "application/x-msdownload",
  "application/x-elf",
  "application/x-mach-binary",
  "application/x-executable",
  "application/vnd.microsoft.portable-executable",
]);
/** Says nothing about a file. */
const generic = new Set([
  "application/octet-stream",
  "binary/octet-stream",
  "application/binary",
  "application/unknown",
]);
/** What can be known by its first bytes: a file that claims it without them lies. */
const recognisable = /^(image\/(?!svg)|audio\/|video\/|application\/(pdf|zip|vnd\.openxml|vnd\.oasis|msword|vnd\.ms-))/;

/**
 * What a file is by its bytes, whatever its sender says. One that says it is something quite different is
 * refused, as is a program; a wrong name for the same sort of thing (a PNG called JPEG) is put right.
 */
export async function identifyFile(head: Uint8Array, claimed: Claimed): Promise<Identified> {
  if (head.byteLength === 0) return { ok: false, reason: "empty" };
  const said = plainType(claimed.type);
  const found = plainType((await fileTypeFromBuffer(head).catch(() => undefined))?.mime ?? null);
  if (found !== null && executables.has(found)) return { ok: false, reason: "executable" };
  const mimeType = found === null ? unrecognised(head, said) : agree(found, said);
  if (mimeType === null) return { ok: false, reason: "type_mismatch" };
  const kind = kindOf(mimeType, claimed.kind);
  return kind === null ? { ok: false, reason: "type_mismatch" } : { ok: true, mimeType, kind };
}

/** `IMAGE/JPG; q=1` is `image/jpeg`; null where it says nothing. */
function plainType(type: string | null): string | null {
  const plain = type?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (plain === "" || generic.has(plain) || !/^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,90}$/.test(plain)) return null;
  return aliases[plain] ?? plain;
}

const aliases: Readonly<Record<string, string>> = {
  "image/jpg": "image/jpeg",
  "image/pjpeg": "image/jpeg",
  "audio/mp3": "audio/mpeg",
  "audio/x-m4a": "audio/mp4",
  "audio/m4a": "audio/mp4",
  "audio/x-wav": "audio/wav",
  "audio/vnd.wave": "audio/wav",
  "audio/opus": "audio/ogg",
  "application/ogg": "audio/ogg",
  "application/x-pdf": "application/pdf",
  "application/x-zip-compressed": "application/zip",
};

/** The type to keep when the bytes are of a known one; null when the sender's word has nothing to do with it. */
function agree(found: string, said: string | null): string | null {
  if (said === null || said === found) return found;
  // A film's container may hold sound only, and the other way round: the sender knows.
  if (isSoundOrFilm(found) && isSoundOrFilm(said)) return sameContainer(found, said) ? said : found;
  if (found.startsWith("image/") && said.startsWith("image/")) return said === "image/svg+xml" ? null : found;
  if (found === "application/zip") return isOfZip(said) ? said : null;
  if (isOfZip(found) && said === "application/zip") return found;
  if (found === "application/x-cfb") return /^application\/(msword|vnd\.ms-|vnd\.visio)/.test(said) ? said : null;
  if (found === "application/xml") return /[/+]xml$/.test(said) || said.startsWith("text/") ? said : null;
  if (found === "application/rtf") return said === "text/rtf" || said === "application/msword" ? found : null;
  // One family of archives, of signed letters, of fonts: the exact name is taste.
  return found.split("/")[0] === said.split("/")[0] && !recognisable.test(said) ? found : null;
}

const isSoundOrFilm = (type: string) => /^(audio|video)\//.test(type);
const isOfZip = (type: string) =>
  /^application\/(vnd\.openxmlformats|vnd\.oasis|vnd\.ms-|vnd\.apple|epub|java-archive|x-zip)/.test(type);
const containers = [
  /^(audio|video)\/(mp4|x-m4[av]|quicktime|3gpp2?|aac)$/,
  /^(audio|video)\/ogg$/,
  /^(audio|video)\/(webm|x-matroska)$/,
];
const sameContainer = (a: string, b: string) => containers.some((of) => of.test(a) && of.test(b));

/** Texts have no first bytes: they are what they say while they read as text. */
function unrecognised(head: Uint8Array, said: string | null): string | null {
  if (said !== null && recognisable.test(said)) return null;
  if (!looksLikeText(head)) return said?.startsWith("text/") ? null : "application/octet-stream";
  if (looksLikeHtml(head))
    return said === null || /html|^text\/plain$|svg|xml/.test(said)
      ? said === "image/svg+xml"
        ? said
        : "text/html"
      : null;
  return said ?? "text/plain";
}

/** How a file is shown; null when the provider promised a picture, a film or a sound and it is none. */
function kindOf(mimeType: string, promised: FileKind | null): FileKind | null {
  const kind = byType(mimeType);
  if (promised === null || promised === "document") return promised ?? kind;
  if (promised === "sticker") return kind === "image" || kind === "video" ? "sticker" : null;
  if (promised === kind) return kind;
  return isSoundOrFilm(mimeType) && promised !== "image" ? kind : null;
}

function byType(mimeType: string): FileKind {
  if (mimeType === "image/svg+xml") return "document";
  const [family] = mimeType.split("/");
  return family === "image" || family === "audio" || family === "video" ? family : "document";
}
