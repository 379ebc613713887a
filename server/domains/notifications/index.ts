export { notify, type Told } from "./notify.ts";
export { notifyAnswered } from "./notify-answered.ts";
export { notifyMentions } from "./notify-mentions.ts";
export { seeSubject } from "./see-notifications.ts";
