import { auth } from "./auth.ts";
import { logs } from "./logs.ts";
import { overview } from "./overview.ts";
import { settings } from "./settings.ts";
import { simulator } from "./simulator.ts";

/** Words of pages that are opened now and then, fetched with the first of them. */
export const rest = { auth, overview, logs, settings, simulator };
