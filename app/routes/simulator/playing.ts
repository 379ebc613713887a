import type { loader } from "./page.tsx";

type Data = Awaited<ReturnType<typeof loader>>;
type Seen = Playing["view"]["seen"];

/** A number, mailbox or telephone line of a business that can be reached. */
export type Line = Data["lines"][number];
/** The customer in play: who they are, the line they are on, and what they see. */
export type Playing = NonNullable<Data["playing"]>;
export type PhoneSeen = Extract<Seen, { kind: "phone" }>;
export type Messages = PhoneSeen["messages"];
export type Mails = Extract<Seen, { kind: "mailbox" }>["mails"];
export type Calls = Extract<Seen, { kind: "call" }>["calls"];
