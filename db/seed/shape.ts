/** What a made-up business is written down as: people, customers, threads, in the words of a shop. */
export interface DemoBusiness {
  name: string;
  slug: string;
  country: string;
  timezone: string;
  locale: "fr" | "en";
  currency: string;
  members: DemoMember[];
  whatsapp: DemoChannel;
  sms: DemoChannel;
  quickReplies: { shortcut: string; category: string; template: string }[];
  customers: DemoCustomer[];
  threads: DemoThread[];
  /** Work that came by other ways than a thread. */
  tickets: DemoTicket[];
}

export interface DemoMember {
  key: string;
  name: string;
  email: string;
  role: "owner" | "admin" | "manager" | "agent";
}

export interface DemoChannel {
  name: string;
  /** E.164, from the ranges that regulators keep for fiction. */
  number: string;
  autoTicketRule: "never" | "new_conversation" | "reopened_conversation";
}

export interface DemoCustomer {
  key: string;
  first: string;
  last: string;
  phone: string;
  email?: string;
  segment: "prospect" | "client" | "vip" | "inactive";
  tags: string[];
  city?: string;
  postalCode?: string;
  /** Cents of each order, the newest first, thirty days apart. */
  orders?: number[];
  note?: string;
  marketing?: boolean;
}

/** `<` the customer, `>` the business, `#` a note among colleagues. The number is minutes after the line before. */
export type DemoLine = ["<" | ">" | "#", string, number?];

export interface DemoThread {
  customer: string;
  channel: "whatsapp" | "sms";
  /** When the last line was written. */
  hoursAgo: number;
  assignee?: string;
  status?: "open" | "resolved";
  /** How many of the customer's last lines nobody has opened. */
  unread?: number;
  /** The last reply failed: the provider's code and words. */
  failed?: { code: string; text: string };
  lines: DemoLine[];
  ticket?: DemoTicket;
}

export interface DemoTicket {
  subject: string;
  customer?: string;
  description?: string;
  category: string;
  priority: "low" | "medium" | "high" | "urgent";
  status: "open" | "in_progress" | "waiting_customer" | "resolved" | "closed";
  assignee?: string;
  source?: "manual" | "rule";
  /** Opened this long ago; by the thread's first line when it has one. */
  hoursAgo?: number;
  notes?: string;
}
