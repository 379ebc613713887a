import type { errors as french } from "../fr/errors.ts";
import type { Same } from "../translate.ts";

export const errors: Same<typeof french> = {
  unexpected: "Something unexpected went wrong. Try again in a moment.",
  unauthenticated: "Your session has ended. Sign in again.",
  forbidden: "Your role does not allow this. Ask an administrator.",
  not_found: "This does not exist, or no longer does.",
  invalid: "Check the fields that are marked.",
  conflict: "Someone changed it in the meantime. Reload the page and try again.",
  rate_limited: "Too many attempts. Wait a few minutes before trying again.",
  window_closed: "The customer has not written for over 24 h: only an approved template can be sent.",
  channel_paused: "This channel is paused. An administrator can resume it in Settings › Channels.",
  not_configured: "This channel is not set up yet. Finish its set-up in Settings › Channels.",
  too_large: "This is too large. Send a shorter text or a smaller file.",
  unavailable: "The service is not answering right now. Nothing is lost: try again in a moment.",
  field: "Check this field.",
  required: "This field is required.",
  too_short: "This is too short.",
  too_long: "This is too long.",
  invalid_email: "This email address is not valid.",
  invalid_phone: "This phone number is not valid.",
};
