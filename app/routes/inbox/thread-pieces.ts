import type { Opened, ThreadMessage } from "./data.ts";

/** A stretch of a thread without a hole. A thread is known in pieces: its end, and what was looked up further back. */
export type Piece = Opened["thread"];

/** Which page is asked for: by a cursor of a piece. */
export type Place = { before: string } | { after: string };

/**
 * The pieces with one that was just fetched, oldest first; those that meet become one. Within its stretch the fetched one
 * is right: what it does not hold is no longer there.
 */
export function addPiece(pieces: readonly Piece[], fetched: Piece): Piece[] {
  if (fetched.messages.length === 0) return [...pieces];
  const known = pieces.filter(({ messages }) => messages.length > 0);
  const apart = known.filter((piece) => !meets(piece, fetched));
  const joined = known.filter((piece) => meets(piece, fetched)).reduce(join, fetched);
  return [...apart, joined].toSorted((a, b) => inOrder(a.messages[0]!, b.messages[0]!));
}

/** The pieces with the page that follows from a cursor of one of them. */
export function goOn(pieces: readonly Piece[], place: Place, page: Piece): Piece[] {
  const before = "before" in place;
  const from = pieces.find((piece) =>
    before ? piece.olderCursor === place.before : piece.newerCursor === place.after,
  );
  if (!from) return [...pieces];
  const longer: Piece = before
    ? { ...from, messages: [...page.messages, ...from.messages], olderCursor: page.olderCursor }
    : { ...from, messages: [...from.messages, ...page.messages], newerCursor: page.newerCursor };
  return addPiece(
    pieces.filter((piece) => piece !== from),
    longer,
  );
}

/** What is missing between two pieces: asked for from above, which is how one reads, where that is known. */
export function placeBetween(above: Piece, below: Piece): Place | null {
  if (above.newerCursor) return { after: above.newerCursor };
  return below.olderCursor ? { before: below.olderCursor } : null;
}

export function inOrder(a: ThreadMessage, b: ThreadMessage): number {
  return a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Whether neither lies wholly before the other. */
function meets(a: Piece, b: Piece): boolean {
  return inOrder(a.messages[0]!, b.messages.at(-1)!) <= 0 && inOrder(b.messages[0]!, a.messages.at(-1)!) <= 0;
}

/** `fetched` laid over what was known; the ends are those of whichever reaches further. */
function join(fetched: Piece, known: Piece): Piece {
  const [first, last] = [fetched.messages[0]!, fetched.messages.at(-1)!];
  const earlier = known.messages.filter((message) => inOrder(message, first) < 0);
  const later = known.messages.filter((message) => inOrder(message, last) > 0);
  return {
    messages: [...earlier, ...fetched.messages, ...later],
    olderCursor: earlier.length > 0 ? known.olderCursor : fetched.olderCursor,
    newerCursor: later.length > 0 ? known.newerCursor : fetched.newerCursor,
  };
}
