export const customers = {
  title: "Clients",
};
