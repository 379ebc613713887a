import type { Page } from "@playwright/test";
import { parse } from "yaml";

/** What a screen reader is told of an element. */
export interface Spoken {
  role: string;
  name: string;
  /** Such as `level=1`, `checked`, `disabled`. */
  states: string[];
  /** Of a link: where it leads. */
  url?: string;
  /** What stands in it, where it is words alone. */
  text?: string;
  children: Spoken[];
}

/** The page as a screen reader has it. */
export async function treeOf(page: Page): Promise<Spoken[]> {
  return spokenIn(parse(await page.locator("body").ariaSnapshot()));
}

const entry = /^([a-z-]+)(?: "((?:[^"\\]|\\.)*)")?((?: \[[^\]]+\])*)$/;

/** Playwright writes an element as `role "name" [state]`, and what is in it below. */
function spokenIn(written: unknown): Spoken[] {
  if (!Array.isArray(written)) return [];
  return written.flatMap((one: unknown) => {
    const [line, below] = typeof one === "string" ? [one, null] : (Object.entries(one as object)[0] ?? ["", null]);
    const [, role, name = "", states = ""] = entry.exec(line) ?? [];
    if (!role) return [];
    const url = Array.isArray(below)
      ? (below as Record<string, string>[]).find((each) => each["/url"])?.["/url"]
      : null;
    return {
      role,
      name: name.replaceAll('\\"', '"'),
      states: [...states.matchAll(/\[([^\]]+)\]/g)].map((state) => state[1] ?? ""),
      ...(url ? { url } : {}),
      ...(typeof below === "string" ? { text: below } : {}),
      children: spokenIn(below),
    };
  });
}

export const everyOf = (tree: readonly Spoken[], ...roles: string[]): Spoken[] =>
  tree.flatMap((one) => [...(roles.includes(one.role) ? [one] : []), ...everyOf(one.children, ...roles)]);

const pressed = ["link", "button", "menuitem", "tab"];
const filledIn = ["textbox", "searchbox", "combobox", "checkbox", "switch", "radio", "spinbutton", "slider", "listbox"];

/** What a page keeps from people who listen to it. */
export function unheardIn(tree: readonly Spoken[]): string[] {
  const [mains, titles] = [everyOf(tree, "main"), everyOf(tree, "heading").filter(isTitle)];
  return [
    ...(mains.length === 1 ? [] : [`${mains.length} main landmarks`]),
    ...(titles.length === 1 ? [] : [`${titles.length} titles: ${titles.map(({ name }) => name).join(", ")}`]),
    ...unnamed(everyOf(tree, "navigation", "search", "table", "grid", "form", "dialog", "log", "img")),
    ...unnamed(everyOf(tree, ...pressed, ...filledIn)),
    ...twice(everyOf(tree, "navigation", "table", "region")),
    ...everyOf(tree, "list", "table").flatMap(alikeIn),
    ...unnamedLists(tree).map((list) => `a list without a name: ${wordsOf(list).slice(0, 80)}`),
  ];
}

const isTitle = ({ states }: Spoken) => states.includes("level=1");

/** Lists of several entries that do something, which neither they themselves nor what they are in tells the name of. */
function unnamedLists(tree: readonly Spoken[]): Spoken[] {
  return tree.flatMap((one) => {
    if (one.name && ["region", "navigation", "complementary", "group", "dialog"].includes(one.role)) return [];
    const rows = one.children.filter((row) => everyOf([row], ...pressed).length > 0);
    return one.role === "list" && rows.length > 1 && !one.name ? [one] : unnamedLists(one.children);
  });
}

const unnamed = (found: readonly Spoken[]) =>
  found.filter(({ name }) => !name).map((one) => `a ${one.role} without a name: ${wordsOf(one).slice(0, 80)}`);

function twice(found: readonly Spoken[]): string[] {
  const names = found.map(({ role, name }) => `${role} "${name}"`);
  return [...new Set(names.filter((name, place) => names.indexOf(name) !== place))].map((name) => `${name}, twice`);
}

/** A figure is told with its row and column; "this message" is said within the message. */
const isToldByItsPlace = ({ name }: Spoken) => /^[\d\s]+$|ce message/.test(name);

/** What rows of a list offer under one name, though it is not one thing. */
function alikeIn(list: Spoken): string[] {
  const offered = everyOf(list.children, ...pressed, ...filledIn).filter((one) => !isToldByItsPlace(one));
  const things = offered.map(({ role, name, url }) => ({
    called: `${role} "${name}"`,
    thing: url ?? Symbol(name),
  }));
  const told = new Map<string, unknown>();
  const alike = things.filter(({ called, thing }) => {
    const first = told.get(called);
    told.set(called, first ?? thing);
    return first !== undefined && first !== thing;
  });
  return [...new Set(alike.map(({ called }) => called))].map(
    (called) => `in ${list.role} "${list.name}", more than one ${called}`,
  );
}

function wordsOf({ name, text, children }: Spoken): string {
  return [name, text, ...children.map(wordsOf)].filter(Boolean).join(" ");
}
