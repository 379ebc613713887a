import type { segments } from "#db/schema/customers.ts";

export const customersPerPage = 50;
/** Counting stops here: more is shown as "1 000+". */

export interface CustomerRow {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  segment: (typeof segments)[number];
  city: string | null;
  preferredChannel: string | null;
  tags: string[];
  totalConversations: number;
  totalTickets: number;
  totalOrders: number;
  totalRevenueCents: number;
  currency: string;
  /** Last contact, else since when the customer is known. */
  recentAt: Date;
  lastContactAt: Date | null;
}

export interface CustomerPage {
  rows: CustomerRow[];
  next: string | null;
  previous: string | null;
  /** Capped: 1,001 means more than a thousand. */
  total: number;
}

/** What a row of the list is read from: customers `c`, the tenant being `$1`. */
export const columns = `c.id, c.display_name as name, c.phone, c.email, c.segment, c.city, c.preferred_channel as "preferredChannel",
  array(select tag from customer_tags g where g.tenant_id = $1 and g.customer_id = c.id order by tag limit 6) as tags,
  c.total_conversations as "totalConversations", c.total_tickets as "totalTickets", c.total_orders as "totalOrders",
  c.total_revenue_cents as "totalRevenueCents", c.currency, c.recent_at as "recentAt", c.last_contact_at as "lastContactAt"`;
