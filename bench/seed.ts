import { argv } from "node:process";

/** `npm run bench:seed`: the data of the goals. `npm run bench:seed -- logs`: the log's five million events. */
if (argv[2] === "logs") await import("./logs/seed.ts");
else await import("./seed-goals.ts");
