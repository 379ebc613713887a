import type { loader } from "./page.tsx";

type Data = Awaited<ReturnType<typeof loader>>;

/** A number of a business that can be written to. */
export type Line = Data["lines"][number];
/** The phone in hand: whose it is, the number it writes to, and what it shows. */
export type Playing = NonNullable<Data["playing"]>;
