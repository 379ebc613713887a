export const states = ["asked", "answered", "unanswered", "not_sent", "planned"] as const;
export const periods = [7, 30, 90, 365] as const;
export const surveyChannels = ["whatsapp", "sms", "instagram", "email"] as const;

type Channel = (typeof surveyChannels)[number];

/** What the address of the list says. Anything it does not know is left out. */
export interface Listing {
  state: (typeof states)[number];
  score: number | undefined;
  channelType: Channel | undefined;
  memberId: string | undefined;
  days: (typeof periods)[number];
  cursor: string | undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readListing(params: URLSearchParams): Listing {
  const member = params.get("member") ?? "";
  return {
    state: states.find((known) => known === params.get("state")) ?? "asked",
    score: [1, 2, 3, 4, 5].find((known) => String(known) === params.get("score")),
    channelType: surveyChannels.find((known) => known === params.get("channel")),
    memberId: uuid.test(member) ? member : undefined,
    days: periods.find((known) => String(known) === params.get("days")) ?? 30,
    cursor: params.get("cursor") ?? undefined,
  };
}

/** The address of a list, its defaults left out; a changed list starts at its first page. */
export function listAddress(listing: Listing, change: Partial<Listing> = {}): string {
  const next: Listing = { ...listing, cursor: undefined, ...change };
  const params = new URLSearchParams();
  if (next.state !== "asked") params.set("state", next.state);
  if (next.score) params.set("score", String(next.score));
  if (next.channelType) params.set("channel", next.channelType);
  if (next.memberId) params.set("member", next.memberId);
  if (next.days !== 30) params.set("days", String(next.days));
  if (next.cursor) params.set("cursor", next.cursor);
  return `?${params}`;
}

/** Nothing but the period narrows the list and its figures. */
export const noFilter = { score: undefined, channelType: undefined, memberId: undefined } satisfies Partial<Listing>;

export function isNarrowed({ score, channelType, memberId }: Listing): boolean {
  return (score ?? channelType ?? memberId) !== undefined;
}
