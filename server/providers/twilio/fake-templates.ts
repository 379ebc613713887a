/** Contents that every WhatsApp account of the stand-in has: one approved, one with variables, one that was rejected. */
export const fakeContents = [
  {
    sid: "HX00000000000000000000000000000001",
    friendly_name: "retour_de_message",
    language: "fr",
    variables: { "1": "Camille" },
    types: { "twilio/text": { body: "Bonjour {{1}}, nous revenons vers vous. Pouvez-vous nous répondre ici ?" } },
    approval_requests: { name: "retour_de_message", category: "UTILITY", status: "approved", rejection_reason: "" },
  },
  {
    sid: "HX00000000000000000000000000000002",
    friendly_name: "promotion_rejetee",
    language: "fr",
    variables: {},
    types: { "twilio/text": { body: "Tout à moitié prix !" } },
    approval_requests: {
      name: "promotion_rejetee",
      category: "MARKETING",
      status: "rejected",
      rejection_reason: "Promotional words in a utility template",
    },
  },
];

/** The text of an approved content with its variables filled; null for one that may not be sent. */
export function renderContent(sid: string, variables: string | null): string | null {
  const content = fakeContents.find((one) => one.sid === sid && one.approval_requests.status === "approved");
  const values = JSON.parse(variables ?? "{}") as Record<string, string>;
  return content?.types["twilio/text"].body.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "") ?? null;
}
