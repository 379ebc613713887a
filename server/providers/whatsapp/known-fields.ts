import { itemListNames } from "./change.ts";

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** The keys Meta's documentation and recorded traffic show. Others are tolerated and listed. */
export const known = {
  value: new Set(["messaging_product", "metadata", "contacts", "errors", "statuses", ...itemListNames]),
  contact: words("profile wa_id user_id parent_user_id identity_key_hash"),
  message: words(`id from from_user_id from_parent_user_id to to_user_id to_parent_user_id timestamp type
    context referral errors identity group_id origin text image audio video document sticker location
    contacts interactive button order reaction edit revoke system unsupported`),
  status: words(`id status timestamp type recipient_id recipient_user_id recipient_parent_user_id recipient_type
    recipient_participant_id recipient_participant_user_id recipient_participant_parent_user_id
    biz_opaque_callback_data conversation pricing errors message`),
  preference: words("wa_id user_id parent_user_id detail category value timestamp signup_id"),
} as const;
