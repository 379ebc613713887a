import type { calendars as french } from "../fr/calendars.ts";
import type { Same } from "../translate.ts";

/** Members' calendars: the subscription to their appointments, and their time that is busy elsewhere. */
export const calendars: Same<typeof french> = {
  feed: "Your appointments in your calendar",
  feedHint: "Subscribe your phone or computer to a secret address: your appointments appear there by themselves.",
  makeFeed: "Make an address",
  address: "Secret address",
  /** After “Copy”. */
  theAddress: "the secret address",
  addressHint: "In your calendar, choose “Subscribe” or “Add by URL”. Whoever has this address sees your appointments.",
  madeOn: "Made on {{date}}.",
  namesCustomers: "Show customers’ names and phone numbers",
  namesCustomersHint: "Otherwise only the time, the service and the place.",
  saveFeed: "Save",
  renewFeed: "Change the address",
  renewHint: "The old address stops working, on every device.",
  revokeFeed: "Remove the address",
  busy: "Your calendar elsewhere",
  busyHint:
    "Give the address of a calendar you keep elsewhere (iCal format): while you are busy there, no time is offered. Nothing else of it is kept, neither titles nor places.",
  busyAddress: "Address of the calendar",
  busyExample: "https://…/calendar.ics",
  connect: "Connect",
  replace: "Replace",
  disconnect: "Stop using it",
  connected: "Calendar at {{host}}",
  readAt: "Read {{when}}.",
  notRead: "Not read yet.",
  ahead_one: "{{count}} busy time ahead.",
  ahead_other: "{{count}} busy times ahead.",
  keptMeanwhile: "What was known of it still counts. It is tried again within half an hour.",
  failedSince: "Since {{when}}: {{why}}",
  "failure.unreachable": "its server does not answer.",
  "failure.not_found": "there is no calendar at this address any more.",
  "failure.refused": "its server refuses access. Take the calendar’s secret or public address.",
  "failure.private_address": "this address lies in a private network and cannot be read.",
  "failure.not_a_calendar": "what is there is no iCal calendar.",
  "failure.too_large": "this calendar is too large to be read.",
  addToCalendar: "Add to my calendar",
};
