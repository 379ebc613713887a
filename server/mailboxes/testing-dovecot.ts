import { randomBytes } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { TestCertificate } from "./testing-certificates.ts";

const binary = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"].find((path) => existsSync(path));

/** Whether this machine has Dovecot. Where it has not, the tests say so. */
export const hasDovecot = binary !== undefined;

export interface Dovecot {
  host: string;
  /** Encrypted from the first byte. */
  port: number;
  /** With STARTTLS. */
  plainPort: number;
  /** Puts a mail into a user's inbox as a delivery agent does: written aside, then moved. */
  deliver(user: string, mail: string | Uint8Array, at?: Date): string;
  /** Names of the mails in a folder. */
  mailsIn(user: string, folder?: string): string[];
  remove(user: string, name: string): void;
  /** The folder's UIDs begin anew, as after a restored backup. */
  renumber(user: string): void;
  setPassword(user: string, password: string): void;
  /** Stops the server; what it holds stays. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and takes everything away. */
  close(): Promise<void>;
}

/**
 * A Dovecot of the tests' own: its configuration, mails and sockets in a temporary folder, free ports, no
 * rights but this user's. Root may not own mails there, so root lends them to `mail`.
 */
export async function startDovecot(
  users: Readonly<Record<string, string>>,
  certificate: TestCertificate,
  { quotaBytes = 0, idles = true } = {},
): Promise<Dovecot> {
  if (!binary) throw new Error("Dovecot is not installed");
  const folder = mkdtempSync(join(tmpdir(), "guichet-dovecot-"));
  chmodSync(folder, 0o755);
  const owner = mailOwner();
  const [port, plainPort] = [await freePort(), await freePort()];
  const passwords = new Map(Object.entries(users));
  const homeOf = (user: string) => join(folder, "mail", user);
  writeFileSync(join(folder, "cert.pem"), certificate.chain);
  writeFileSync(join(folder, "key.pem"), certificate.key);
  writeFileSync(join(folder, "dovecot.conf"), configuration(folder, owner, { port, plainPort, quotaBytes, idles }));
  for (const user of passwords.keys()) {
    for (const part of ["cur", "new", "tmp"]) mkdirSync(join(homeOf(user), "Maildir", part), { recursive: true });
  }
  own(join(folder, "mail"), owner);
  writePasswords();
  let server: ReturnType<typeof spawn> | undefined;
  let delivered = 0;

  function writePasswords(): void {
    const lines = [...passwords].map(([user, password]) => `${user}:{PLAIN}${password}`);
    writeFileSync(join(folder, "users"), `${lines.join("\n")}\n`);
  }

  async function start(): Promise<void> {
    server = spawn(binary!, ["-F", "-c", join(folder, "dovecot.conf")], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    server.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    server.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 100 || server.exitCode !== null) throw new Error(`Dovecot did not start: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function halt(): Promise<void> {
    if (!server || server.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
  }

  await start();
  return {
    host: "localhost",
    port,
    plainPort,
    deliver: (user, mail, at) => {
      const name = `${Math.floor(Date.now() / 1000)}.M${String(++delivered).padStart(6, "0")}P${process.pid}.test`;
      const [aside, place] = [join(homeOf(user), "Maildir/tmp", name), join(homeOf(user), "Maildir/new", name)];
      writeFileSync(aside, mail);
      own(aside, owner);
      if (at) utimesSync(aside, at, at);
      renameSync(aside, place);
      return name;
    },
    mailsIn: (user, inner = "INBOX") => {
      const root = join(homeOf(user), "Maildir", inner === "INBOX" ? "" : `.${inner}`);
      return ["new", "cur"].flatMap((part) => (existsSync(join(root, part)) ? readdirSync(join(root, part)) : []));
    },
    remove: (user, name) => {
      for (const part of ["new", "cur"]) {
        const root = join(homeOf(user), "Maildir", part);
        for (const file of readdirSync(root)) if (file.startsWith(name)) unlinkSync(join(root, file));
      }
    },
    renumber: (user) => {
      const root = join(homeOf(user), "Maildir");
      const list = join(root, "dovecot-uidlist");
      const before = Number(/^3 V(\d+)/.exec(readFileSync(list, "utf8"))?.[1]);
      for (const file of readdirSync(root)) {
        if (statSync(join(root, file)).isFile()) unlinkSync(join(root, file));
      }
      writeFileSync(list, `3 V${before + 1000} N1 G${randomBytes(16).toString("hex")}\n`);
      own(list, owner);
    },
    setPassword: (user, password) => {
      passwords.set(user, password);
      writePasswords();
    },
    halt,
    start,
    close: async () => {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Owner {
  name: string;
  uid: number;
  gid: number;
}

/** Who owns the mails: this user, or `mail` where this user is root, whom Dovecot refuses. */
function mailOwner(): Owner {
  const { uid, gid, username } = userInfo();
  return uid === 0 ? { name: "mail", uid: 8, gid: 8 } : { name: username, uid, gid };
}

function own(path: string, { uid, gid }: Owner): void {
  if (userInfo().uid !== 0) return;
  chownSync(path, uid, gid);
  if (statSync(path).isDirectory())
    for (const inner of readdirSync(path)) own(join(path, inner), { name: "", uid, gid });
}

function configuration(
  folder: string,
  owner: Owner,
  { port, plainPort, quotaBytes, idles }: { port: number; plainPort: number; quotaBytes: number; idles: boolean },
): string {
  // As root it steps down to the users that its package made; another user does everything itself.
  const isRoot = userInfo().uid === 0;
  const self = userInfo().username;
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
instance_name = ${folder.split("/").at(-1)}
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = yes
default_internal_user = ${isRoot ? "dovecot" : self}
default_internal_group = ${isRoot ? "dovecot" : owner.gid}
default_login_user = ${isRoot ? "dovenull" : self}
first_valid_uid = ${owner.uid}
last_valid_uid = ${owner.uid}
mail_location = maildir:~/Maildir
mailbox_list_index = no
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${folder}/users
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${plainPort}
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
}
protocol imap {
  mail_max_userip_connections = 100
${idles ? "" : "  imap_capability = IMAP4rev1 SASL-IR LITERAL+ ID ENABLE UIDPLUS SPECIAL-USE\n"}${quotaBytes ? "  mail_plugins = quota imap_quota\n" : ""}}
${quotaBytes ? `mail_plugins = quota\nplugin {\n  quota = count:User\n  quota_vsizes = yes\n  quota_rule = *:bytes=${quotaBytes}\n}\n` : ""}`;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
