import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";

export interface TestCertificate {
  chain: string;
  key: string;
}

export interface TestAuthority {
  /** A certificate for this name, good until tomorrow or ended yesterday. */
  issue(name: string, options?: { expired?: boolean }): TestCertificate;
  /** Signed by nobody else. */
  selfSigned(name: string): TestCertificate;
}

/** An authority of the tests' own, which this process trusts from now on, as if the system knew it. */
export function trustTestAuthority(): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), "guichet-ca-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "2",
    "-subj",
    "/CN=Test authority",
  );
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), read("ca.pem")]);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  let issued = 0;

  function issue(name: string, { expired = false } = {}): TestCertificate {
    const file = `issued-${++issued}`;
    openssl("req", "-new", ...newKey, "-keyout", `${file}.key`, "-out", `${file}.csr`, "-subj", `/CN=${name}`);
    writeFileSync(join(folder, `${file}.ext`), `subjectAltName=DNS:${name}\n`);
    const day = 86_400_000;
    const [from, to] = expired ? [-3 * day, -day] : [-day, day];
    const at = (ms: number) => new Date(Date.now() + ms).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
    const dates = ["-not_before", at(from), "-not_after", at(to)];
    try {
      openssl(
        "x509",
        "-req",
        "-in",
        `${file}.csr`,
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-extfile",
        `${file}.ext`,
        "-out",
        `${file}.pem`,
        ...dates,
      );
    } catch {
      // OpenSSL before 3.4 knows no dates here: its own small authority does.
      issueByAuthority(file, dates);
    }
    return { chain: read(`${file}.pem`), key: read(`${file}.key`) };
  }

  function issueByAuthority(file: string, [, from = "", , to = ""]: string[]): void {
    writeFileSync(join(folder, "index.txt"), "");
    writeFileSync(join(folder, "index.txt.attr"), "unique_subject = no\n");
    writeFileSync(
      join(folder, "ca.cnf"),
      "[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nrand_serial=yes\nnew_certs_dir=.\npolicy=any\ndefault_md=sha256\n[any]\ncommonName=supplied\n",
    );
    openssl(
      "ca",
      "-batch",
      "-notext",
      "-config",
      "ca.cnf",
      "-in",
      `${file}.csr`,
      "-cert",
      "ca.pem",
      "-keyfile",
      "ca.key",
      "-extfile",
      `${file}.ext`,
      "-startdate",
      from,
      "-enddate",
      to,
      "-out",
      `${file}.pem`,
    );
  }

  function selfSigned(name: string): TestCertificate {
    const file = `alone-${++issued}`;
    openssl(
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      `${file}.key`,
      "-out",
      `${file}.pem`,
      "-days",
      "2",
      "-subj",
      `/CN=${name}`,
      "-addext",
      `subjectAltName=DNS:${name}`,
    );
    return { chain: read(`${file}.pem`), key: read(`${file}.key`) };
  }

  return { issue, selfSigned };
}
