/** Somebody to play. */
export interface Person {
  name: string;
  address: string;
}

interface Neighbour {
  name: string;
  phone: string;
  mail: string;
  /** As Instagram numbers people for one business. */
  instagramId: string;
}

const french: Neighbour[] = [
  {
    name: "Lucie Perrin",
    phone: "+33639984501",
    mail: "lucie.perrin@courrier.example",
    instagramId: "9988000000004501",
  },
  { name: "Mehdi Azri", phone: "+33639984502", mail: "mehdi.azri@courrier.example", instagramId: "9988000000004502" },
  {
    name: "Chloé Baudry",
    phone: "+33639984503",
    mail: "chloe.baudry@courrier.example",
    instagramId: "9988000000004503",
  },
];
const british: Neighbour[] = [
  { name: "Emma Clarke", phone: "+447700900551", mail: "emma.clarke@post.example", instagramId: "9988000000000551" },
  { name: "Jonah Reid", phone: "+447700900552", mail: "jonah.reid@post.example", instagramId: "9988000000000552" },
  { name: "Zara Malik", phone: "+447700900553", mail: "zara.malik@post.example", instagramId: "9988000000000553" },
];

/** Made-up people near a business, by how they reach it. Their numbers and addresses are kept for fiction. */
export function peopleNear(line: { kind: string; channelType: string; address: string; language: string }): Person[] {
  const near =
    line.address.startsWith("+44") || (!line.address.startsWith("+") && line.language === "en") ? british : french;
  return near.map(({ name, phone, mail, instagramId }) => ({
    name,
    address: line.kind === "mailbox" ? mail : line.channelType === "instagram" ? instagramId : phone,
  }));
}

/** What a person typed as an address on this kind of line, tidied; null where it cannot be one. */
export function addressIn(typed: string | undefined, kind: string): string | null {
  const text = typed?.trim() ?? "";
  if (kind === "mailbox") return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text.toLowerCase() : null;
  const bare = text.replace(/[\s.()-]/g, "");
  return /^\+[1-9]\d{6,14}$|^\d{10,20}$/.test(bare) ? bare : null;
}
