/** Somebody to play. */
export interface Person {
  name: string;
  address: string;
}

const french: Person[] = [
  { name: "Lucie Perrin", address: "+33639984501" },
  { name: "Mehdi Azri", address: "+33639984502" },
  { name: "Chloé Baudry", address: "+33639984503" },
];
const british: Person[] = [
  { name: "Emma Clarke", address: "+447700900551" },
  { name: "Jonah Reid", address: "+447700900552" },
  { name: "Zara Malik", address: "+447700900553" },
];

/** Made-up people near a business, by the country of its number. Their numbers are kept for fiction. */
export function peopleNear(businessNumber: string): Person[] {
  return businessNumber.startsWith("+44") ? british : french;
}
