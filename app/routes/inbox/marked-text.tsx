import { LinkedText } from "./linked-text.tsx";
import { piecesOf } from "./marks.ts";

const elements = { bold: "strong", italic: "em", strike: "s" } as const;
/** Deeper ones are shown as they are written. */
const mostDeep = 3;

/** A WhatsApp text as the customer sees it: bold, italic, struck through, and addresses that can be followed. */
export function MarkedText({ text, deep = 0 }: { text: string; deep?: number }) {
  return piecesOf(text).map(({ mark, text: part }, index) => {
    if (!mark) return <LinkedText key={index} text={part} />;
    const Element = elements[mark];
    return <Element key={index}>{deep < mostDeep ? <MarkedText text={part} deep={deep + 1} /> : part}</Element>;
  });
}
