import { useSyncExternalStore } from "react";

/** In this browser: keys belong to a keyboard, and to what else listens on that machine. */
const place = "guichet.keys";
const listeners = new Set<() => void>();

/** Whether keys without ⌘ or Ctrl do anything. */
export function singleKeysAreOn(): boolean {
  try {
    return localStorage.getItem(place) !== "off";
  } catch {
    return true;
  }
}

export function switchSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(place);
  else localStorage.setItem(place, "off");
  for (const listener of listeners) listener();
}

/** The same for components: on until the browser says otherwise. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(watch, singleKeysAreOn, () => true);
}

function watch(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}
