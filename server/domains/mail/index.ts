export { fetchFromMail } from "./fetch-from-mail.ts";
export { keepMailBodies, type WrittenMail } from "./keep-mail-bodies.ts";
