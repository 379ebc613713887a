import { Search } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { wordsFor } from "#app/routes/settings/channels/words.ts";

export type SignatureFound =
  | { found: "today" | "blank" | "nothing" }
  | { found: "other_channel"; channelId: string; channelName: string }
  | { found: "other_field"; field: string }
  | { found: "other_address"; origin: string; differs: "scheme" | "host" | "ending"; header: string | null };

/** What would have made the signature right, tried on the stored bytes. */
export function SignatureExplanation({ found, platform }: { found: SignatureFound; platform: string }) {
  const t = useT("logs");
  const channels = useT("channels");
  const words = () => {
    switch (found.found) {
      case "other_channel":
        return t("signature.other_channel", { channel: found.channelName });
      case "other_field":
        return t("signature.other_field", { field: wordsFor(channels, `field.${platform}.${found.field}`) });
      case "other_address":
        return found.header && found.differs !== "ending"
          ? t(`signature.${found.differs}By`, { origin: found.origin, header: found.header })
          : t(`signature.${found.differs}`, { origin: found.origin });
      default:
        return t(`signature.${found.found}`);
    }
  };
  return (
    <p className="flex gap-2 rounded-lg border border-line bg-raised px-3 py-2">
      <Search size={14} aria-hidden className="mt-1 shrink-0 text-dim" />
      <span>{words()}</span>
    </p>
  );
}
