import { createRequire } from "node:module";
import type { ModuleItem, ParseOptions } from "@swc/core";

type ParseFile = (path: string, options: ParseOptions) => { body: ModuleItem[] };
const swc: { parseFileSync: ParseFile } = createRequire(import.meta.url)("@swc/core");
const parseFile = swc.parseFileSync;
let typesToo = true;

/**
 * dependency-cruiser asks its parser to read every file as plain TypeScript and does not tell types
 * from values. This must be loaded before it: JSX is read as JSX, and `readTypes(false)` leaves out
 * what only types need.
 */
swc.parseFileSync = (path, options) => {
  const tree = parseFile(path, path.endsWith("x") ? ({ ...options, tsx: true } as ParseOptions) : options);
  return typesToo ? tree : { ...tree, body: tree.body.filter((item) => !isTypeOnly(item)) };
};

export function readTypes(too: boolean): void {
  typesToo = too;
}

function isTypeOnly(item: ModuleItem): boolean {
  if (item.type === "ImportDeclaration") return item.typeOnly;
  return item.type === "ExportNamedDeclaration" && "typeOnly" in item && item.typeOnly === true;
}
