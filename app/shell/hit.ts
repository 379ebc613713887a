/** Part of a text; `hit`: it is what was looked for. */
export interface Segment {
  text: string;
  hit: boolean;
}

/** Something the search found; `path` is below `/t/:tenant`. */
export interface Hit {
  kind: "customer" | "ticket" | "conversation";
  id: string;
  title: string;
  detail: string;
  /** The words it was found by, where they stand. */
  text?: Segment[];
  path: string;
}

/** What the palette is answered. */
export interface Hits {
  /** What was asked; empty: what the member works on just now. */
  query: string;
  hits: Hit[];
}
