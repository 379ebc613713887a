import { auth } from "./auth.ts";
import { logs } from "./logs.ts";
import { overview } from "./overview.ts";
import { settings } from "./settings.ts";
import { simulator } from "./simulator.ts";

export const rest = { auth, overview, logs, settings, simulator };
