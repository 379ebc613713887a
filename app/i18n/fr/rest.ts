import { alerts } from "./alerts.ts";
import { auth } from "./auth.ts";
import { channels } from "./channels.ts";
import { connections } from "./connections.ts";
import { logs } from "./logs.ts";
import { members } from "./members.ts";
import { overview } from "./overview.ts";
import { settings } from "./settings.ts";
import { simulator } from "./simulator.ts";
import { views } from "./views.ts";

/** Words of pages that are opened now and then, fetched with the first of them. */
export const rest = { alerts, auth, channels, connections, members, overview, logs, settings, simulator, views };
