import { useT } from "#app/i18n/react.tsx";

/** Characters beyond what the channel takes. */
export function excessOf(text: string, most: number): number {
  return Math.max(0, text.trim().length - most);
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

/** Says how long the text is, once that matters; what is too much is said in words. */
export function CharacterCount({ text, most, sms }: { text: string; most: number; sms: boolean }) {
  const t = useT("inbox");
  const length = text.trim().length;
  const excess = excessOf(text, most);
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
