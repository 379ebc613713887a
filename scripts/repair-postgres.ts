import type { Plugin } from "vite";

interface Repair {
  /** Below `postgres/src/`. */
  file: string;
  find: string;
  replace: string;
  times?: number;
}

/**
 * postgres.js 3.4.9 does not survive a connection that dies while somebody holds it
 * (github.com/porsager/postgres issues 1066, 1154, 1208): the holder's next query writes to a socket
 * that is gone, which ends the process; what waits behind it is never answered; releasing it hands a
 * dead connection, or by then somebody else's, to the next one; and that one's first query is refused. Nor does it survive one that dies while it is being made.
 */
const repairs: Repair[] = [
  {
    file: "connection.js",
    find: "    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'",
    replace:
      "    if (socket === null)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n\n" +
      "    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'",
  },
  {
    // A write that waited when the connection died must not keep the next connection from writing.
    file: "connection.js",
    find: "    clearImmediate(nextWriteTimer)\n",
    replace: "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n",
    times: 2,
  },
  {
    // What was asked between the socket's error and its end is refused as well.
    file: "connection.js",
    find: "    !hadError && (query || sent.length) && error(",
    replace: "    ;(query || sent.length) && error(",
  },
  {
    // What the dead connection last said is no answer to the first query of the next one.
    file: "connection.js",
    find: "    closedTime = performance.now()\n",
    replace:
      "    query = results = errorResponse = null\n    result = new Result()\n    closedTime = performance.now()\n",
  },
  {
    // A new connection asks for types, and nobody waits for them: they are asked for again by the next one.
    file: "connection.js",
    find: "        return fetchArrayTypes()\n",
    replace: "        return fetchArrayTypes().catch(() => undefined)\n",
  },
  {
    file: "index.js",
    find: "    move(c, reserved)\n    c.reserved = () => queue.length\n",
    replace:
      "    let lost = false\n    c.onclose = e => {\n      lost = true\n      while (queue.length)\n        queue.shift().reject(e)\n    }\n" +
      "    move(c, reserved)\n    c.reserved = () => queue.length\n",
  },
  {
    file: "index.js",
    find: "    sql.release = () => {\n",
    replace: "    sql.release = () => {\n      if (lost)\n        return\n",
  },
  {
    file: "index.js",
    find: "    function handler(q) {\n      c.queue === full\n        ? queue.push(q)",
    replace:
      "    function handler(q) {\n      if (lost)\n        return q.reject(Errors.connection('CONNECTION_CLOSED', options, options))\n" +
      "      c.queue === full\n        ? queue.push(q)",
  },
];

/** The text of a file of postgres.js (its path below `src/`), repaired. Throws when it is not the text that was repaired. */
export function repairPostgres(file: string, text: string): string {
  let repaired = text;
  for (const { find, replace, times = 1 } of repairs.filter((repair) => repair.file === file)) {
    if (repaired.split(find).length !== times + 1) {
      throw new Error(`postgres/src/${file} has changed: look whether scripts/repair-postgres.ts is still needed`);
    }
    repaired = repaired.replaceAll(find, replace);
  }
  return repaired;
}

/** Repairs postgres.js on its way into the server bundle. */
export function repairedPostgres(): Plugin {
  const source = /\/node_modules\/postgres\/src\/(\w+\.js)(?:\?|$)/;
  return {
    name: "repaired-postgres",
    transform(code, id) {
      const file = source.exec(id)?.[1];
      return file ? { code: repairPostgres(file, code), map: null } : null;
    },
  };
}
