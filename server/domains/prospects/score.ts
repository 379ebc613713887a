import { scorePoints } from "#db/schema/prospects.ts";

export type ScoreFact = keyof typeof scorePoints;

/** What a fact adds, and whether it is known. */
export interface ScoreReason {
  fact: ScoreFact;
  points: number;
  known: boolean;
}

interface Facts {
  interest: string;
  propertyType: string;
  place: string;
  budgetMinCents: number | null;
  budgetMaxCents: number | null;
  nextFollowUpAt: Date | null;
  source: string;
}

/** What a score is made of where nobody gave one: each fact with its points, as the column `score` adds them up. */
export function scoreReasons(prospect: Facts): ScoreReason[] {
  const { interest, propertyType, place, budgetMinCents, budgetMaxCents, nextFollowUpAt, source } = prospect;
  const known: Record<ScoreFact, boolean> = {
    interest: interest !== "",
    propertyType: propertyType !== "",
    place: place !== "",
    budget: budgetMinCents !== null || budgetMaxCents !== null,
    followUp: nextFollowUpAt !== null,
    contact: source !== "manual",
  };
  return (Object.keys(scorePoints) as ScoreFact[]).map((fact) => ({
    fact,
    points: scorePoints[fact],
    known: known[fact],
  }));
}
