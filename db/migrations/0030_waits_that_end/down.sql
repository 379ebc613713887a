DROP INDEX "waitlist_entries_until";
