/** What WhatsApp draws in bold, italic and struck through, by the sign around it. */
export const whatsappMarks = { bold: "*", italic: "_", strike: "~" } as const;
export type Mark = keyof typeof whatsappMarks;

export interface Piece {
  /** null: as it is. */
  mark: Mark | null;
  text: string;
}

// No word may touch the outside of a sign, and no space its inside; on one line.
const marked = /(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/gu;

/** A text in pieces, each as WhatsApp draws it. What stands inside a mark may hold others. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(marked)) {
    if (found.index > from) pieces.push({ mark: null, text: text.slice(from, found.index) });
    pieces.push({ mark: markOf(found[1]!), text: found[2]! });
    from = found.index + found[0].length;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ mark: null, text: text.slice(from) });
  return pieces;
}

function markOf(sign: string): Mark {
  return sign === "*" ? "bold" : sign === "_" ? "italic" : "strike";
}

/** Puts signs around what is selected, or takes them away where they are; answers the text and the new selection. */
export function toggleMark(
  text: string,
  [from, to]: [number, number],
  mark: Mark,
): { text: string; at: [number, number] } {
  const sign = whatsappMarks[mark];
  // Signs stand close to words: spaces at the ends stay outside.
  const chosen = text.slice(from, to);
  const start = from + (chosen.length - chosen.trimStart().length);
  const end = to - (chosen.length - chosen.trimEnd().length);
  if (start >= end) return { text: text.slice(0, from) + sign + sign + text.slice(from), at: [from + 1, from + 1] };
  if (text[start - 1] === sign && text[end] === sign) {
    return {
      text: text.slice(0, start - 1) + text.slice(start, end) + text.slice(end + 1),
      at: [start - 1, end - 1],
    };
  }
  return {
    text: text.slice(0, start) + sign + text.slice(start, end) + sign + text.slice(end),
    at: [start + 1, end + 1],
  };
}
