import { spawn } from "node:child_process";

export interface Step {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Shown as it comes instead of on failure only. */
  loud?: boolean;
}

/** Runs a step; prints its output when it fails. Resolves to whether it passed, with what it printed. */
export async function runStep(step: Step): Promise<{ passed: boolean; output: string }> {
  const started = Date.now();
  const child = spawn(step.command, step.args, {
    env: { ...process.env, FORCE_COLOR: "0", ...step.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pieces: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (piece: Buffer) => {
      pieces.push(piece);
      if (step.loud) process.stdout.write(piece);
    });
  }
  const code = await new Promise<number>((resolve) => {
    child.once("error", (error) => {
      pieces.push(Buffer.from(`${step.command}: ${error.message}\n`));
      resolve(1);
    });
    child.once("close", (exit) => resolve(exit ?? 1));
  });
  const output = Buffer.concat(pieces).toString();
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  if (code !== 0 && !step.loud) process.stdout.write(output);
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${step.name} (${seconds} s)`);
  return { passed: code === 0, output };
}
