import { fork } from "node:child_process";
import { once } from "node:events";

export interface Floor {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts one of `floors/` in a process of its own, so that its CPU is its own. */
export async function startFloor(name: "render" | "insert", env: Record<string, string>): Promise<Floor> {
  const child = fork(`bench/floors/${name}.ts`, { env: { ...process.env, ...env, NODE_ENV: "production" } });
  const [message] = (await once(child, "message")) as [{ port: number }];
  const stop = async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { url: `http://127.0.0.1:${message.port}`, pid: child.pid!, stop };
}
