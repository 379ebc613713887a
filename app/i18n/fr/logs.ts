export const logs = {
  title: "Journal des webhooks",
};
