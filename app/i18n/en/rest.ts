import { alerts } from "./alerts.ts";
import { appointmentMessages } from "./appointment-messages.ts";
import { appointments } from "./appointments.ts";
import { assistants } from "./assistants.ts";
import { auth } from "./auth.ts";
import { automation } from "./automation.ts";
import { booking } from "./booking.ts";
import { calendars } from "./calendars.ts";
import { channels } from "./channels.ts";
import { connections } from "./connections.ts";
import { labels } from "./labels.ts";
import { logs } from "./logs.ts";
import { members } from "./members.ts";
import { notifications } from "./notifications.ts";
import { overview } from "./overview.ts";
import { prospects } from "./prospects.ts";
import { quickReplies } from "./quick-replies.ts";
import { search } from "./search.ts";
import { settings } from "./settings.ts";
import { simulator } from "./simulator.ts";
import { teams } from "./teams.ts";
import { sla } from "./sla.ts";
import { surveys } from "./surveys.ts";
import { ticketWork } from "./ticket-work.ts";

export const rest = {
  alerts,
  appointmentMessages,
  appointments,
  assistants,
  auth,
  automation,
  booking,
  calendars,
  channels,
  connections,
  members,
  notifications,
  overview,
  labels,
  logs,
  prospects,
  quickReplies,
  search,
  settings,
  simulator,
  sla,
  surveys,
  ticketWork,
  teams,
};
