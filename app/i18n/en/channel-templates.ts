import type { channelTemplates as french } from "../fr/channel-templates.ts";
import type { Same } from "../translate.ts";

export const channelTemplates: Same<typeof french> = {
  "verification.none": "The provider has not verified this address yet.",
  "verification.accepted": "Address verified by the provider.",
  "verification.refused":
    "The provider presented another verify token than this one. Show it, copy it there, then verify again.",
  messageTemplates: "Templates",
  templatesIntro:
    "Messages that the provider approves beforehand: the only ones allowed when a customer has not written for over 24 hours. They are made there and read here.",
  templatesNone: "No template has been read yet.",
  templatesSync: "Read the list again",
  templatesSynced: "Read",
  templatesMore: "See the next templates",
  templatesFirst: "Back to the beginning",
  "template.status.approved": "Approved",
  "template.status.pending": "In review",
  "template.status.rejected": "Rejected",
  "template.status.paused": "Paused",
  "template.status.disabled": "Disabled",
  "template.quality.yellow": "Medium quality",
  "template.quality.red": "Low quality",
  templateOff: "Stop offering",
  templateOn: "Offer",
  templateHidden: "Not offered to the team",
  templateUsed_one: "sent {{count}} time",
  templateUsed_other: "sent {{count}} times",
  "template.why.rejected": "The provider rejected it. Correct it there and submit it again.",
  "template.why.paused":
    "Too many customers took it badly: the provider pauses it for a while. Look at its words, or at whom you send it to.",
  "template.why.disabled": "The provider withdrew it: it can no longer be sent.",
  "template.why.INVALID_FORMAT":
    "Wrong format: variables need words around them, and may not follow one another, nor begin or end the message.",
  "template.why.INCORRECT_CATEGORY":
    "Wrong category: an offer or a reminder to buy is marketing. Change the category, or the words.",
  "template.why.TAG_CONTENT_MISMATCH": "The words do not match the language or category that was named.",
  "template.why.PROMOTIONAL": "The words promote something, which their category does not allow.",
  "template.why.ABUSIVE_CONTENT": "The words are judged threatening or abusive.",
  "template.why.SCAM": "The words are judged misleading. Take out what may look like a scam.",
};
