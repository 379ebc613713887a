import * as drawings from "./demo-drawings.ts";
import type { Drawing } from "./draw-picture.ts";
import { drawPicture } from "./draw-picture.ts";
import { pageOf } from "./page-of.ts";
import type { DemoFileName } from "./shape.ts";

export interface DemoFile {
  fileName: string;
  mimeType: string;
  kind: "image" | "document";
  bytes: Uint8Array;
  width: number | null;
  height: number | null;
}

const made = new Map<DemoFileName, DemoFile>();

/** A file of the demo, drawn or written when it is first asked for. */
export function demoFile(name: DemoFileName): DemoFile {
  const file = made.get(name) ?? makers[name]();
  made.set(name, file);
  return file;
}

const makers: Record<DemoFileName, () => DemoFile> = {
  pendant: () => picture("suspension.png", drawings.pendant),
  bentPendant: () => picture("suspension.png", drawings.bentPendant),
  stairs: () => picture("escalier.png", drawings.stairs),
  sconce: () => picture("applique.png", drawings.sconce),
  armchair: () => picture("armchair.png", drawings.armchair),
  bench: () => picture("bench.png", drawings.bench),
  quote: () =>
    page("Devis D-2026-0412.pdf", "Atelier Lumen - Devis D-2026-0412", [
      "Pour : Hotel des Arcades, Paris",
      "28 liseuses modele Arcades, laiton brosse",
      "Prix unitaire hors taxes : 186,00 EUR",
      "Total hors taxes : 5 208,00 EUR",
      "Delai : cinq semaines apres accord",
    ]),
  care: () =>
    page("Looking after boucle.pdf", "Harlow Studio - Looking after boucle", [
      "Vacuum once a week with the soft brush.",
      "Blot spills with a dry cloth; never rub.",
      "Turn the seat cushions every month.",
      "Keep out of direct sun in summer.",
    ]),
};

function picture(fileName: string, drawing: Drawing): DemoFile {
  const { width, height } = drawing;
  return { fileName, mimeType: "image/png", kind: "image", bytes: drawPicture(drawing), width, height };
}

function page(fileName: string, title: string, lines: readonly string[]): DemoFile {
  const bytes = pageOf(title, lines);
  return { fileName, mimeType: "application/pdf", kind: "document", bytes, width: null, height: null };
}
