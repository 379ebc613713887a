export { listViews, type SavedView } from "./list-views.ts";
