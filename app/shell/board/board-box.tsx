import type { ReactNode, Ref } from "react";

interface BoardBoxProps {
  label: string;
  /** How cards are moved by keyboard. */
  hint: string;
  /** What happened last, for those who do not see it. */
  said: string;
  board: Ref<HTMLDivElement>;
  /** Its columns. */
  children: ReactNode;
}

/** The columns of a board side by side; on a phone one at a time. */
export function BoardBox({ label, hint, said, board, children }: BoardBoxProps) {
  return (
    <section aria-label={label} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <p id="board-hint" className="sr-only">
        {hint}
      </p>
      <p role="status" className="sr-only">
        {said}
      </p>
      <div
        ref={board}
        className="flex min-h-0 flex-1 gap-3 overflow-x-auto px-5 pb-4 max-sm:snap-x max-sm:snap-mandatory max-sm:scroll-px-4 max-sm:px-4"
      >
        {children}
      </div>
    </section>
  );
}
