import type { DemoThread } from "./shape.ts";

/** What reached the studio by Instagram, by mail and over the phone. */
export const harlowStudioOtherThreads: DemoThread[] = [
  {
    customer: "mina",
    channel: "instagram",
    hoursAgo: 0.7,
    unread: 1,
    lines: [
      ["<", "Is this the armchair from the Hackney flat? Love it.", 0, { story: "reply" }],
      [
        ">",
        "It is! Bouclé over the old frame. Would you like the measurements?",
        14,
        { file: "armchair", reaction: "❤️" },
      ],
      ["<", "Yes please, and a rough price for two.", 9],
    ],
  },
  {
    customer: "eleanor",
    channel: "email",
    subject: "Looking after the bouclé",
    hoursAgo: 6,
    assignee: "priya",
    lines: [
      [
        "<",
        "Hello Priya,\n\nMy client asks how to look after the chairs once they are in. Do you have anything I could pass on?\n\nEleanor",
        0,
        { signature: "Eleanor Whitcombe\nWhitcombe Interiors" },
      ],
      [">", "Hello Eleanor,\n\nOf course, one page with all of it attached.\n\nPriya", 48, { file: "care" }],
      ["<", "Just what I needed, thank you.\n\nEleanor", 33, { quotes: true }],
    ],
  },
  {
    customer: "noah",
    channel: "phone",
    hoursAgo: 2.9,
    assignee: "tom",
    lines: [
      [
        "<",
        "📞 1:04",
        0,
        {
          call: {
            seconds: 64,
            costCents: 11,
            sentiment: "neutral",
            summary: "Noah Quinn asks whether a split drawer front can be mended, and will send a photo by text.",
            turns: [
              ["agent", "Harlow Studio, good morning. How can I help?", 0.9],
              ["customer", "Hi, the front of a drawer has split along the grain. Can you mend that?", 4.2],
              ["agent", "Usually yes. A photo would help the workshop to quote. Can you send one by text?", 11.7],
              ["customer", "Sure. Are you still open today?", 19.5],
              ["tool", "current_time", 21.8],
              ["agent", "We are, until six. The workshop answers photos the same day.", 22.6],
              ["customer", "Great, thanks. Bye.", 58],
            ],
          },
        },
      ],
      ["#", "Waiting for his photo.", 10],
    ],
  },
];
