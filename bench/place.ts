/** Where the bench keeps its database: beside the sources, never in the demo's folder. */
export const benchFolder = ".cache/bench";

/** Who signs in to measure. Fictional; the database is thrown away with the folder. */
export const benchPeople = {
  password: "bench-only-password",
  bench: "owner-0@bench.example",
  million: "owner-0@million.example",
  tenth: "owner-0@tenth.example",
};

/** The tenant that is measured and its channel's secrets, written by the seed: posts are signed with them. */
export const benchFacts = `${benchFolder}/facts.json`;

/** The ticket queue as an agent opens it. */
export const queuePath = "/t/bench/tickets?view=open";
