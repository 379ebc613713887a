import { core } from "./core.ts";
import { rest } from "./rest.ts";

export const en = { ...core, ...rest };
