import type { BusinessDays } from "#db/schema/tenants.ts";
import type { WorkingWeek } from "./working-time.ts";

/** What a member's week is made of, as it is kept. */
export interface KeptHours {
  /** null: the business's own. */
  timezone: string | null;
  /** null: as the business is open. */
  days: BusinessDays | null;
  exceptions: readonly { day: string; spans: { from: string; to: string }[] }[];
}

/** The business around them. */
export interface OpenBusiness {
  timezone: string;
  /** null: it never said. Nobody works then who did not say either. */
  businessDays: BusinessDays | null;
  holidays: readonly string[];
}

/** A member's working week: their own hours, else the business's; closed on holidays, but for dates of which they said otherwise. */
export function weekOf(member: KeptHours, business: OpenBusiness): WorkingWeek {
  return {
    zone: (member.days && member.timezone) ?? business.timezone,
    days: member.days ?? business.businessDays ?? {},
    exceptions: new Map([
      ...business.holidays.map((day): [string, never[]] => [day, []]),
      ...member.exceptions.map(({ day, spans }): [string, typeof spans] => [day, spans]),
    ]),
  };
}
