/** Why a text says nothing of when somebody is busy. */
export class Unreadable extends Error {
  override name = "Unreadable";
  readonly failure: "not_a_calendar" | "too_large";

  constructor(failure: "not_a_calendar" | "too_large") {
    super(failure);
    this.failure = failure;
  }
}
