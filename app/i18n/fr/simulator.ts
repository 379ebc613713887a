export const simulator = {
  title: "Simulateur",
};
