export const inbox = {
  title: "Boîte de réception",
};
