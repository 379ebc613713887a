import { AwsClient } from "aws4fetch";
import { digest } from "#server/core/crypto.ts";
import { checkedKey, storageAway, type PutOptions, type Storage } from "./storage.ts";

export interface S3Settings {
  /** `https://<host>/<bucket>`, with a path below the bucket where the installation shares it. */
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** No answer of a bucket takes longer, whatever the file. */
const timeoutMs = 120_000;

/** A bucket of any vendor that speaks S3, addressed by path. Requests are signed (SigV4). */
export function s3Bucket({ url, region, accessKeyId, secretAccessKey }: S3Settings): Storage {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 0 });
  const base = url.replace(/\/+$/, "");

  /** Signs and sends; a refusal other than 404 is {@link storageAway}. */
  async function ask(key: string, init: RequestInit & { duplex?: "half" }): Promise<Response> {
    const address = `${base}/${checkedKey(key)}`;
    let answer: Response;
    try {
      const signed = await client.sign(address, init);
      answer = await fetch(signed, { signal: AbortSignal.timeout(timeoutMs), redirect: "error" });
    } catch (error) {
      throw storageAway(error);
    }
    if (answer.ok || answer.status === 404) return answer;
    await answer.body?.cancel();
    throw storageAway(new Error(`the bucket answered ${answer.status}`));
  }

  async function stat(key: string) {
    const answer = await ask(key, { method: "HEAD" });
    return answer.status === 404 ? null : { bytes: Number(answer.headers.get("content-length")) };
  }

  return {
    put: async (key, body, { bytes, mimeType }: PutOptions = {}) => {
      const length = body instanceof Uint8Array ? body.byteLength : bytes;
      if (length === undefined) throw new Error("a stream without its length cannot be put");
      const headers = {
        "content-length": String(length),
        "content-type": mimeType ?? "application/octet-stream",
        ...(body instanceof Uint8Array ? { "x-amz-content-sha256": digest(body) } : {}),
      };
      const answer = await ask(key, { method: "PUT", headers, body: body as BodyInit, duplex: "half" });
      await answer.body?.cancel();
      if (answer.status === 404) throw storageAway(new Error("there is no such bucket"));
    },
    get: async (key, range) => {
      const headers: Record<string, string> = range ? { range: `bytes=${range.from}-${range.to}` } : {};
      const answer = await ask(key, { headers });
      if (answer.status === 404 || !answer.body) {
        await answer.body?.cancel();
        return null;
      }
      return answer.body;
    },
    stat,
    has: async (key) => (await stat(key)) !== null,
    remove: async (key) => {
      const answer = await ask(key, { method: "DELETE" });
      await answer.body?.cancel();
    },
  };
}
