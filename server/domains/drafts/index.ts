export { dropSentDraft } from "./drop-sent-draft.ts";
export { filesOf, readDraft, type Draft, type DraftFile } from "./read-draft.ts";
