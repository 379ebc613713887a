const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** The keys Meta's documentation and recorded traffic show. Others are tolerated and listed. */
export const known = {
  item: words(`sender recipient timestamp message message_edit reaction read postback referral is_self hop_context
    pass_thread_control take_thread_control request_thread_control app_roles policy_enforcement`),
  message: words(`mid text attachments quick_reply reply_to referral is_echo is_self is_deleted is_unsupported
    app_id metadata`),
  comment: words(`id comment_id parent_id text from media media_id timestamp created_time permalink`),
} as const;

/** Fields that concern nobody's conversation. */
export const knownFields: ReadonlySet<string> = new Set(["story_insights", "guichet"]);
