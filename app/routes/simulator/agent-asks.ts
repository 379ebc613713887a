/** What the agent on the line can be made to do, beside telling the time. */
export const agentAsks = [
  "check_availability",
  "book_appointment",
  "qualify_prospect",
  "create_ticket",
  "find_customer",
  "transfer_to_human",
] as const;
export type AgentAsk = (typeof agentAsks)[number];

/** What the agent makes of the caller's words, as a model would: « une pose, mardi à 14 h », « un lustre, deux mille euros ». */
export function argumentsFrom(name: string, words: string): Record<string, string> {
  const said = words.trim();
  if (said === "") return {};
  switch (name) {
    case "check_availability":
    case "book_appointment":
      return { service: said, when: said };
    case "qualify_prospect": {
      const [interest = "", ...rest] = said.split(",");
      const budget = rest.join(",").trim();
      return { interest: interest.trim(), ...(budget === "" ? {} : { budget }) };
    }
    case "create_ticket":
      return { subject: said };
    default:
      return {};
  }
}
