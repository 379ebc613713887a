import { useT } from "#app/i18n/react.tsx";

/** Characters beyond what the channel takes; bytes, where it counts those: é is two of them, 🌷 four. */
export function excessOf(text: string, most: number, mostBytes: number | null = null): number {
  return mostBytes === null ? Math.max(0, text.trim().length - most) : Math.max(0, bytesOf(text.trim()) - mostBytes);
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

// The alphabet of GSM 03.38: one character outside it makes the whole message twice as dear.
const gsm = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

/** How many SMS a text is charged as. */
export function segmentsOf(text: string): number {
  if (text === "") return 0;
  const plain = gsm.test(text);
  const length = plain ? text.length + (text.match(/[\^{}\\[~\]|€]/g)?.length ?? 0) : text.length;
  const [alone, joined] = plain ? [160, 153] : [70, 67];
  return length <= alone ? 1 : Math.ceil(length / joined);
}

interface CountProps {
  text: string;
  most: number;
  mostBytes: number | null;
  sms: boolean;
}

/** Says how long the text is, once that matters; what is too much is said in words. */
export function CharacterCount({ text, most, mostBytes, sms }: CountProps) {
  const t = useT("inbox");
  const length = mostBytes === null ? text.trim().length : bytesOf(text.trim());
  const excess = excessOf(text, most, mostBytes);
  if (length === 0) return null;
  if (excess > 0) {
    return (
      <span role="alert" className="text-xs text-bad">
        {t("tooLong", { count: excess })}
      </span>
    );
  }
  return (
    <span className="text-xs text-faint">
      {t("count", { count: length, most })}
      {sms ? ` · ${t("segments", { count: segmentsOf(text.trim()) })}` : ""}
    </span>
  );
}
