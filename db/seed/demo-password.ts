/** Of every account that the demo seed makes, and of no other. */
export const demoPassword = "guichet-demo";
