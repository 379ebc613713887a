/** What a channel takes along with a message. */
export interface FileRules {
  perMessage: number;
  /** One message carries text and files; else the text goes before them, as a message of its own. */
  captions: boolean;
  /** MIME types; null: whatever we keep. */
  types: readonly string[] | null;
  /** Of one file, bytes; pictures where they may be less. */
  mostBytes: number;
  mostImageBytes?: number;
  mostBytesTogether?: number;
}

export type FileProblem = "files_not_carried" | "too_many_files" | "file_type_not_carried" | "file_too_large_here";

/** Why a channel does not take these files in one message; null when it does. */
export function fileProblem(
  rules: FileRules | null,
  files: readonly { mimeType: string; bytes: number }[],
): FileProblem | null {
  if (!rules) return "files_not_carried";
  if (files.length > rules.perMessage) return "too_many_files";
  const { types, mostBytes, mostImageBytes = mostBytes, mostBytesTogether = Infinity } = rules;
  if (types && files.some((file) => !types.includes(file.mimeType))) return "file_type_not_carried";
  const isTooLarge = files.some(
    (file) => file.bytes > (file.mimeType.startsWith("image/") ? mostImageBytes : mostBytes),
  );
  const together = files.reduce((sum, file) => sum + file.bytes, 0);
  return isTooLarge || together > mostBytesTogether ? "file_too_large_here" : null;
}

const megabyte = 1024 * 1024;

/** By provider, or provider and channel type. Facts of the providers' own documentation. */
const fileRules: Readonly<Record<string, FileRules>> = {
  // What WhatsApp does not play in place travels as a document.
  whatsapp: { perMessage: 1, captions: true, types: null, mostBytes: 100 * megabyte },
  instagram: {
    perMessage: 1,
    captions: false,
    types: [
      "image/jpeg",
      "image/png",
      "image/gif",
      "audio/aac",
      "audio/mp4",
      "audio/wav",
      "video/mp4",
      "video/ogg",
      "video/quicktime",
      "video/webm",
      "application/pdf",
    ],
    mostBytes: 25 * megabyte,
    mostImageBytes: 8 * megabyte,
  },
  // MMS: five megabytes for the whole message, ten files.
  twilio: {
    perMessage: 10,
    captions: true,
    types: [
      "image/jpeg",
      "image/png",
      "image/gif",
      "audio/mpeg",
      "audio/mp4",
      "audio/ogg",
      "audio/amr",
      "video/mp4",
      "video/3gpp",
      "video/quicktime",
      "application/pdf",
      "text/vcard",
    ],
    mostBytes: 5 * megabyte,
    mostBytesTogether: 5 * megabyte,
  },
  "twilio whatsapp": {
    perMessage: 1,
    captions: true,
    types: null,
    mostBytes: 16 * megabyte,
    mostImageBytes: 5 * megabyte,
  },
  // Most mailboxes refuse more than 25 MB, which base64 fills with 18.
  email: { perMessage: 20, captions: true, types: null, mostBytes: 18 * megabyte, mostBytesTogether: 18 * megabyte },
};

/** What files a channel carries; null: none. */
export function fileRulesOf(provider: string, channelType: string): FileRules | null {
  return fileRules[`${provider} ${channelType}`] ?? fileRules[provider] ?? null;
}
