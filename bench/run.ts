import { argv } from "node:process";

/** `npm run bench`: the goals. `-- logs`: the webhook log at five million events. `-- replay`: a replay beside live posts. `-- voice`: a voice agent's functions. */
const [name] = argv.slice(2);
if (name === "logs") await import("./logs/run.ts");
else if (name === "replay") await import("./replay/run.ts");
else if (name === "voice") await import("./voice/run.ts");
else await import("./goals.ts");
