import { cpuMs } from "./cpu.ts";
import { median } from "./figure.ts";

export interface Subject {
  url: string;
  pids: readonly number[];
  headers?: Record<string, string>;
}

/**
 * CPU milliseconds per request of several subjects, measured in turns so that whatever else the machine
 * does falls on all of them alike. The median of the rounds; each round asks `requests` times in a row.
 */
export async function cpuPerRequest(
  subjects: readonly Subject[],
  options: { rounds?: number; requests?: number; warmUp?: number } = {},
): Promise<number[]> {
  const { rounds = 7, requests = 150, warmUp = 300 } = options;
  for (const subject of subjects) await ask(subject, warmUp);
  const samples = subjects.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, subject] of subjects.entries()) {
      const before = cpuMs(subject.pids);
      await ask(subject, requests);
      samples[index]!.push((cpuMs(subject.pids) - before) / requests);
    }
  }
  return samples.map(median);
}

/** Asks so many times in a row; anything but 200 is a failed bench. */
export async function ask({ url, headers = {} }: Subject, times: number): Promise<void> {
  for (let index = 0; index < times; index++) {
    // Uncompressed on both sides: the floor renders and nothing else.
    const answer = await fetch(url, { headers: { "accept-encoding": "identity", ...headers }, redirect: "manual" });
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
    await answer.arrayBuffer();
  }
}
