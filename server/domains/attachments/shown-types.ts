/** Types that a browser may show in place: no type that can carry a script, and none that is guessed. */
const shown: Readonly<Record<string, "image" | "audio" | "video">> = {
  "image/jpeg": "image",
  "image/png": "image",
  "image/gif": "image",
  "image/webp": "image",
  "image/avif": "image",
  "audio/mpeg": "audio",
  "audio/mp4": "audio",
  "audio/aac": "audio",
  "audio/ogg": "audio",
  "audio/wav": "audio",
  "audio/webm": "audio",
  "audio/amr": "audio",
  "video/mp4": "video",
  "video/webm": "video",
  "video/ogg": "video",
  "video/quicktime": "video",
  "video/3gpp": "video",
};

/** How a stored file is shown; `file` is only offered for download. */
export function shownAs(mimeType: string | null): "image" | "audio" | "video" | "file" {
  return (mimeType !== null && Object.hasOwn(shown, mimeType) && shown[mimeType]) || "file";
}
