import type { viewAreas } from "../schema/saved-views.ts";
import type { AssistantDefinition } from "../schema/assistants.ts";
import type { AutomationEvent, RuleAction, RuleCondition } from "../schema/automation.ts";
import type { labelColours } from "../schema/labels.ts";
import type { BusinessDays } from "../schema/tenants.ts";
import type { ticketFieldTypes } from "../schema/ticket-forms.ts";

type TicketFieldType = (typeof ticketFieldTypes)[number];

export interface DemoView {
  area: (typeof viewAreas)[number];
  owner: string;
  name: string;
  /** As the list's address has it. */
  query: Record<string, string>;
  shared: boolean;
}

/** What a made-up business is written down as: people, customers, threads, in the words of a shop. */
export interface DemoBusiness {
  /** What its voice agent is to be. */
  assistant?: AssistantDefinition;
  name: string;
  slug: string;
  country: string;
  timezone: string;
  locale: "fr" | "en";
  currency: string;
  members: DemoMember[];
  channels: Record<DemoChannelKey, DemoChannel>;
  /** Views of the queue that somebody gave a name. */
  views?: readonly DemoView[];
  /** What happens by itself; the first is on. */
  rules?: readonly { name: string; event: AutomationEvent; conditions: RuleCondition[]; actions: RuleAction[] }[];
  /** Who shares which work. */
  teams?: DemoTeam[];
  /** What its conversations are sorted by, and whose bear each. */
  labels?: { name: string; colour: (typeof labelColours)[number]; customers: string[] }[];
  /** The customer whose conversation is snoozed. */
  asleep?: string;
  quickReplies: { shortcut: string; category: string; template: string }[];
  customers: DemoCustomer[];
  threads: DemoThread[];
  /** What it asks of its tickets. */
  ticketForm: DemoTicketForm;
  /** What it promises its customers, if anything. */
  promises?: DemoPromises;
  /** What it offers by appointment, if anything. */
  appointments?: DemoAppointments;
  /** Who may buy, if it keeps count of that. */
  prospects?: readonly DemoProspect[];
  /** Work that came by other ways than a thread. */
  tickets: DemoTicket[];
}

export interface DemoProspect {
  customer: string;
  owner?: string;
  status: "new" | "follow_up" | "qualified" | "converted" | "not_qualified" | "lost";
  source: "manual" | "conversation" | "call" | "voice_agent";
  /** How long ago they came. */
  days: number;
  interest: string;
  propertyType?: string;
  place?: string;
  /** Cents; either end may be open. */
  budget?: readonly [number | null, number | null];
  /** By the voice agent. */
  givenScore?: number;
  notes?: string;
  said?: string;
  followUpInHours?: number;
  /** Why it came to where it stands. */
  why?: string;
}

export interface DemoAppointments {
  /** What the page says first where customers book by themselves. */
  page: { introFr: string; introEn: string };
  services: {
    key: string;
    name: string;
    description: string;
    minutes: number;
    /** Kept free after each, in minutes. */
    bufferAfter: number;
    priceCents: number | null;
    location: string;
    /** Who offers it. */
    members: string[];
  }[];
  /** The members' own weeks. */
  hours: Record<string, BusinessDays>;
  /** Whole days, counted from the Monday of this week. */
  timeOff: { member: string; day: number; days: number; reason: string }[];
  /** By the clock of the business; the day counted from the Monday of this week. */
  booked: {
    day: number;
    at: string;
    service: string;
    member: string;
    customer: string;
    notes?: string;
    /** Once it is over: the customer did not come. */
    missed?: boolean;
    /** While it is to come: the customer said that they come. */
    sure?: boolean;
  }[];
  /** Who would come if a time became free, on days counted from the Monday of this week. */
  waiting: { customer: string; service: string; member: string | null; from: number; until: number }[];
}

export interface DemoPromises {
  hours: BusinessDays;
  /** Every year: `12-25`. */
  holidays: { day: string; name: string }[];
  /** In their order, times in business minutes. */
  policies: {
    name: string;
    priorities: DemoTicket["priority"][];
    firstResponseMinutes: number;
    nextResponseMinutes: number;
    resolutionMinutes: number;
    warnMinutes: number;
    escalatePriority?: DemoTicket["priority"];
  }[];
}

export interface DemoTicketForm {
  /** In their order; tickets name them. */
  categories: string[];
  fields: { name: string; type: TicketFieldType; choices?: string[]; required?: boolean }[];
  templates: {
    name: string;
    subject: string;
    description: string;
    category: string;
    priority: DemoTicket["priority"];
  }[];
  /** Fields and the category by their names. */
  macros: {
    name: string;
    status?: DemoTicket["status"];
    priority?: DemoTicket["priority"];
    category?: string;
    assignee?: "me";
    note?: string;
    reply?: string;
  }[];
}

export interface DemoMember {
  key: string;
  name: string;
  email: string;
  role: "owner" | "admin" | "manager" | "agent";
  /** Pieces of open work that rules may give them. */
  capacity?: number;
  /** Out of the office in so many days, for so many, and who takes over. */
  absence?: { inDays: number; forDays: number; substitute: string };
}

export interface DemoTeam {
  name: string;
  description: string;
  assignment: "by_hand" | "round_robin" | "least_loaded";
  /** Keys of its members, and the channels whose new conversations are its own. */
  members: string[];
  channels: { key: DemoChannelKey; byHand?: true }[];
}

/** The channels of every made-up business; `phone` is answered by a voice agent. */
export type DemoChannelKey = "whatsapp" | "sms" | "instagram" | "email" | "phone";

export interface DemoChannel {
  name: string;
  provider: "whatsapp" | "twilio" | "instagram" | "email" | "vapi" | "retell";
  /** A number from the ranges that regulators keep for fiction, a user name, or a mail address of nobody. */
  address: string;
  autoTicketRule: "never" | "new_conversation" | "reopened_conversation";
  /** Below every mail. */
  signature?: string;
}

export interface DemoCustomer {
  key: string;
  first: string;
  last: string;
  /** Somebody who only writes on Instagram may have none. */
  phone?: string;
  email?: string;
  /** Their user name there, without the `@`. */
  instagram?: string;
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
export type DemoLine = ["<" | ">" | "#", string, number?, DemoExtra?];

/** What a line carries beside its words. */
export interface DemoExtra {
  file?: DemoFileName;
  /** The other side's sign under it. */
  reaction?: string;
  /** A mail repeats what it answers; the thread folds it. */
  quotes?: true;
  /** What stands under a customer's mail. */
  signature?: string;
  /** The customer wrote from a story of theirs that names the business, or of the business that they saw. */
  story?: "mention" | "reply";
  call?: DemoCall;
}

/** A phone call that the voice agent took. */
export interface DemoCall {
  seconds: number;
  costCents: number;
  summary: string;
  sentiment: "positive" | "neutral" | "negative" | "mixed";
  /** Who spoke, what was said, and how many seconds after the beginning; of a tool, the function it called. */
  turns: ["agent" | "customer" | "tool", string, number][];
  /** Nobody took it: nothing was said. */
  missed?: true;
}

/** Files that the demo makes for itself: see `demo-files.ts`. */
export type DemoFileName = "pendant" | "bentPendant" | "stairs" | "sconce" | "quote" | "armchair" | "bench" | "care";

export interface DemoThread {
  customer: string;
  channel: DemoChannelKey;
  /** Of a mail thread. */
  subject?: string;
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
  /** Values of the business's own fields, by name. */
  fields?: Record<string, string | number | boolean>;
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
