import { FileText, Image, MapPin, Mic, Phone, Sticker, UserRound, Video, type LucideIcon } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";

/** Signs that stand before what is no text, or in its place: not every screen has a glyph for them. */
const signs = {
  "📞": { icon: Phone, word: "call" },
  "📷": { icon: Image, word: "media.image" },
  "🎤": { icon: Mic, word: "media.voice" },
  "🎬": { icon: Video, word: "media.video" },
  "📄": { icon: FileText, word: "media.document" },
  "🏷️": { icon: Sticker, word: "media.sticker" },
  "📍": { icon: MapPin, word: "location" },
  "👤": { icon: UserRound, word: "contactCard" },
} as const satisfies Record<string, { icon: LucideIcon; word: string }>;

/** The last words of a conversation in one line; what they are is drawn, and said where nothing else is. */
export function Preview({ text }: { text: string }) {
  const t = useT("inbox");
  const found = Object.entries(signs).find(([sign]) => text.startsWith(sign));
  if (!found) return text;
  const [sign, { icon: Icon, word }] = found;
  const rest = text.slice(sign.length).trim();
  return (
    <>
      <Icon size={12} className="mr-1 inline align-[-0.0625rem]" aria-hidden />
      {rest ? <span className="sr-only">{t(word)} </span> : t(word)}
      {rest}
    </>
  );
}
