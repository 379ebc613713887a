import type { PhoneMessage, StandInCustomer, StandInFile, Tick } from "./stand-in.ts";

/** What a phone shows of a file that its owner sent. */
export function shownFile(file: StandInFile | undefined): Pick<PhoneMessage, "file"> {
  if (!file) return {};
  const { mimeType, bytes, name = null } = file;
  const family = mimeType.split("/")[0] ?? "";
  const kind = ["image", "audio", "video"].includes(family) ? family : "document";
  return { file: { kind, name, mimeType, bytes: bytes.byteLength } };
}

const mostConversations = 500;
const mostMessages = 200;
const ranks: Record<Tick, number> = { pending: 0, sent: 1, delivered: 2, read: 3, failed: 4 };

interface Conversation {
  customer: StandInCustomer;
  messages: PhoneMessage[];
}

/** The customers' phones of a stand-in: what each shows, by account and address. Bounded. */
export function createPhones() {
  const conversations = new Map<string, Conversation>();
  const places = new Map<string, { accountId: string; address: string }>();
  const listeners = new Set<(change: { accountId: string; address: string }) => void>();

  const keyOf = (accountId: string, address: string) => `${accountId} ${address}`;
  const tell = (accountId: string, address: string) => {
    for (const listener of listeners) listener({ accountId, address });
  };

  function add(accountId: string, customer: StandInCustomer, message: PhoneMessage): void {
    const key = keyOf(accountId, customer.address);
    const known = conversations.get(key);
    const conversation: Conversation = {
      customer: { ...customer, name: customer.name ?? known?.customer.name ?? null },
      messages: [...(known?.messages ?? []), message],
    };
    while (conversation.messages.length > mostMessages) forget(conversation.messages.shift());
    // Deleted first, so that the map stays ordered by the latest message.
    conversations.delete(key);
    conversations.set(key, conversation);
    places.set(message.id, { accountId, address: customer.address });
    const [oldest] = conversations.keys();
    if (conversations.size > mostConversations && oldest !== undefined) {
      conversations.get(oldest)?.messages.forEach(forget);
      conversations.delete(oldest);
    }
    tell(accountId, customer.address);
  }

  function forget(message: PhoneMessage | undefined): void {
    if (message) places.delete(message.id);
  }

  /** Raises a message's tick; never lowers it. Answers whether it changed. */
  function tick(messageId: string, next: Tick): boolean {
    const place = places.get(messageId);
    const message = place && find(place.accountId, place.address, messageId);
    if (!place || !message || ranks[next] <= ranks[message.tick]) return false;
    message.tick = next;
    tell(place.accountId, place.address);
    return true;
  }

  /** Sets, replaces or takes back one side's reaction. Answers whether the message is there. */
  function react(messageId: string, by: "customer" | "business", emoji: string | null): boolean {
    return alter(messageId, (message) => {
      const others = (message.reactions ?? []).filter((reaction) => reaction.by !== by);
      message.reactions = emoji === null ? others : [...others, { by, emoji }];
    });
  }

  function alter(messageId: string, change: (message: PhoneMessage) => void): boolean {
    const place = places.get(messageId);
    const message = place && find(place.accountId, place.address, messageId);
    if (!place || !message) return false;
    change(message);
    tell(place.accountId, place.address);
    return true;
  }

  /** Takes a message off the phone. Answers whether it was there. */
  function remove(messageId: string): boolean {
    const place = places.get(messageId);
    const conversation = place && conversations.get(keyOf(place.accountId, place.address));
    if (!place || !conversation) return false;
    conversation.messages = conversation.messages.filter((message) => message.id !== messageId);
    places.delete(messageId);
    tell(place.accountId, place.address);
    return true;
  }

  function find(accountId: string, address: string, messageId: string): PhoneMessage | undefined {
    return conversations.get(keyOf(accountId, address))?.messages.find((message) => message.id === messageId);
  }

  return {
    add,
    tick,
    remove,
    react,
    readByBusiness: (messageId: string) => alter(messageId, (message) => void (message.readByBusiness = true)),
    placeOf: (messageId: string) => places.get(messageId) ?? null,
    transcript: (accountId: string, address: string): PhoneMessage[] =>
      (conversations.get(keyOf(accountId, address))?.messages ?? []).map((message) => ({ ...message })),
    customers: (accountId: string): StandInCustomer[] =>
      [...conversations]
        .filter(([key]) => key.startsWith(`${accountId} `))
        .map(([, { customer }]) => customer)
        .toReversed(),
    subscribe(listener: (change: { accountId: string; address: string }) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
