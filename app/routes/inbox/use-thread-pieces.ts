import { useCallback, useState } from "react";

import { addPiece, goOn, type Piece, type Place } from "./thread-pieces.ts";
import { usePages, type ReadPage } from "./use-pages.ts";

const perPage = 200;

/** What is read: a conversation, or all that was said with a customer. */
export type ThreadOf = { conversationId: string } | { customerId: string };

/**
 * What is known of a thread: its end, which stays live, the messages around one that was looked for, and every page that
 * was fetched since. `ask` fetches the page of a cursor.
 */
export function useThreadPieces(thread: ThreadOf, live: Piece, around: Piece | null) {
  const [known, setKnown] = useState(() => ({ pieces: together([], live, around), live, around }));
  if (known.live !== live || known.around !== around)
    setKnown({ pieces: together(known.pieces, live, around), live, around });
  const ofPerson = "customerId" in thread;
  const id = ofPerson ? thread.customerId : thread.conversationId;
  const read: ReadPage<Place, Piece> = useCallback(
    ({ conversations }, place, options) =>
      ofPerson
        ? conversations.person.query({ customerId: id, ...place, limit: perPage }, options)
        : conversations.thread.query({ conversationId: id, ...place, limit: perPage }, options),
    [ofPerson, id],
  );
  const came = useCallback(
    (page: Piece, place: Place) => setKnown((before) => ({ ...before, pieces: goOn(before.pieces, place, page) })),
    [],
  );
  const { ask, busy } = usePages(read, came);
  return { pieces: known.pieces, ask, busy };
}

function together(pieces: readonly Piece[], live: Piece, around: Piece | null): Piece[] {
  const known = around ? addPiece(pieces, around) : pieces;
  return known.length > 0 ? addPiece(known, live) : [live];
}
