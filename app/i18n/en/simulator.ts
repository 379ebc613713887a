import type { simulator as french } from "../fr/simulator.ts";
import type { Same } from "../translate.ts";

export const simulator: Same<typeof french> = {
  title: "Simulator",
};
