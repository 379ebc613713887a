/** What is filled in where a message is written, as the server knows it. */
export const variables = [
  "customer.first_name",
  "customer.name",
  "business.name",
  "service",
  "date",
  "time",
  "member",
  "place",
  "link",
] as const;
