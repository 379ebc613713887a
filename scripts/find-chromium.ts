import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const macPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A browser for the tests: `CHROME_PATH`, the system's, Playwright's own, or one that is installed now. */
export function findChromium(): string {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (works(named)) return named;
    throw new Error(`CHROME_PATH must be a Chromium that runs: ${named} does not`);
  }
  return present() ?? install();
}

function present(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const inPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...inPath, ...macPaths, chromium.executablePath()].find((path) => existsSync(path) && works(path));
}

/** Ubuntu's `chromium-browser` can be a stub that only says how to install the real one. */
function works(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  return spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}

function install(): string {
  const root = process.getuid?.() === 0;
  const apt = () => {
    if (!root || !existsSync("/usr/bin/apt-get")) return;
    run("apt-get", ["update"]);
    run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
  };
  const playwright = () => run("playwright", ["install", ...(root ? ["--with-deps"] : []), "chromium"]);
  for (const way of isDebian() ? [apt, playwright] : [playwright, apt]) {
    console.log("no Chromium found: installing one …");
    way();
    const found = present();
    if (found) return found;
  }
  throw new Error("no Chromium for the browser tests: install Chromium or Google Chrome, or set CHROME_PATH to one");
}

function run(command: string, args: string[]): void {
  spawnSync(command, args, {
    stdio: "ignore",
    timeout: 240_000,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

function isDebian(): boolean {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}
