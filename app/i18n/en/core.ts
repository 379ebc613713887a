import { calls } from "./calls.ts";
import { customers } from "./customers.ts";
import { errors } from "./errors.ts";
import { inbox } from "./inbox.ts";
import { shell } from "./shell.ts";
import { tickets } from "./tickets.ts";
import { together } from "./together.ts";
import { ui } from "./ui.ts";
import { views } from "./views.ts";

export const core = { shell, ui, errors, tickets, inbox, calls, customers, views, together };
