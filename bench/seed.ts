import { argv } from "node:process";

/** `npm run bench:seed`: the data of the goals. `npm run bench:seed -- logs`: the log's five million events. */
await import(argv[2] === "logs" ? "./logs/seed.ts" : "./seed-goals.ts");
