import type { logReasons as french } from "../fr/log-reasons.ts";
import type { Same } from "../translate.ts";

/** Why an event did not become work, who can mend it, and with which control. */
export const logReasons: Same<typeof french> = {
  "why.signature_mismatch":
    "The signature does not match the secret that is kept: the event is not from the provider, or the secret has changed, or it was signed for another address.",
  "why.missing_signature":
    "The event came without a signature. Providers always sign once they are set up to: a setting was forgotten there, someone tried by hand, or it is an intruder.",
  "why.verify_token_mismatch":
    "Someone asked to verify the channel’s address with a token that is not ours. Until the right one is given, the provider sends nothing.",
  "why.not_configured": "This channel has no secret yet: nothing proves where the event comes from.",
  "why.unknown_account": "The event speaks of a number or account that none of your channels knows.",
  "why.malformed":
    "This is not what the provider sends: the content cannot be read, neither the customer nor their message could be taken from it.",
  "why.too_large": "The post is larger than what is accepted. Only its beginning is kept.",
  "why.duplicate":
    "The provider delivered the same event twice, which is normal. The first delivery was processed, this one changed nothing.",
  "why.unsupported_type":
    "Guichet does not know yet what to do with this type of event. It is kept as it is, nothing is lost.",
  "why.stale":
    "The signature is right, but it was made long before it arrived: the provider held it back, its clock is wrong, or someone is sending a copy.",
  "why.channel_paused": "The channel was paused. The event is kept and can be replayed.",
  "why.waiting_for_message":
    "This status speaks of a message that has not arrived yet. It will apply as soon as the message is there.",
  "why.sender_blocked":
    "A member blocked this person, or marked their conversation as spam. The message is kept in the conversation, and nobody was told.",
  "why.handler_error": "Processing failed on our side. Automatic attempts are used up, or the next one is planned.",
  "who.signature_mismatch":
    "An administrator can mend it: copy the secret again into the channel’s credentials, make sure that the address at the provider is exactly ours, then replay.",
  "who.missing_signature":
    "Without a signature nothing is ever processed, not even replayed. If it is your provider, an administrator sets up signing there; what the customer writes next will arrive.",
  "who.verify_token_mismatch":
    "An administrator can copy the channel’s verify token into the provider’s console, which will ask again.",
  "who.not_configured": "An administrator can finish the channel’s set-up, then replay.",
  "who.unknown_account":
    "An administrator can connect this account, then replay: the event will go there, if the new channel’s secret did sign it.",
  "who.malformed":
    "There is nothing to replay. The request below tells which software wrote: if it is not your provider, our address is to be corrected in that software.",
  "who.too_large":
    "There is nothing to replay: ask the customer to send less at a time. If it goes on, the request below tells which software writes to this address.",
  "who.duplicate": "Nothing to do: what the customer wrote is in the first delivery.",
  "who.unsupported_type":
    "Read the content below and answer the customer yourself. It can be replayed once this type is supported.",
  "who.stale":
    "An administrator who knows the customer can replay: the event will be taken. What was processed before never counts twice.",
  "who.channel_paused": "An administrator can resume the channel, then replay.",
  "who.waiting_for_message":
    "Nothing to do: it settles by itself. If the message does not come, it was sent with other software than Guichet.",
  "who.sender_blocked":
    "Nothing is lost: open the conversation under “Spam” to read the message, or to unblock this person.",
  "who.handler_error":
    "An administrator can replay the event. If the error comes back, hand the technical detail to the operator of Guichet.",
  "signature.today": "With the secret saved today the signature is right: it was corrected since. Replay the event.",
  "signature.blank":
    "The signature is right without the blank at the beginning or end of the secret. Save the secret again, without it.",
  "signature.other_field": "It was made with what you put into “{{field}}”: the two fields were probably swapped.",
  "signature.other_channel":
    "It was made with the secret of the channel “{{channel}}”: one channel’s secret was copied into the other.",
  "signature.scheme":
    "The secret is right, but the event was signed for {{origin}}: the address at the provider does not begin as ours does (http or https).",
  "signature.host":
    "The secret is right, but the event was signed for {{origin}}, another name than ours. Correct the address at the provider, or PUBLIC_URL if that is this installation’s name.",
  "signature.ending":
    "The secret is right, but the address at the provider has a slash too many or too few at its end.",
  "signature.nothing":
    "No secret of this business makes this signature, for any plausible address: the provider’s secret is another one, or the event comes from a stranger.",
  "signature.hostBy":
    "The secret is right, but the event was signed for {{origin}}, which the header “{{header}}” announces: a server in front of Guichet changes the name. Correct the address at the provider, or PUBLIC_URL if that is this installation’s name.",
  "signature.schemeBy":
    "The secret is right, but the event was signed for {{origin}}: the header “{{header}}” says so too. The address at the provider, or PUBLIC_URL, does not begin as the other does (http or https).",
  "fix.title": "What you can do",
  "fix.secret": "Correct the secret",
  "fix.address": "Check the address to give",
  "fix.signing": "See how to turn signing on",
  "fix.token": "Copy the verify token",
  "fix.setup": "Finish the set-up",
  "fix.connect": "Connect this account",
  "fix.channel": "Open “{{channel}}”",
  "fix.resume": "Resume the channel",
  "fix.resumed": "The channel is running: replay the event.",
  "fix.first": "See the first delivery",
  "fix.read": "Read the request",
  "fix.alike": "See others like it",
  "fix.related": "See related events",
  "fix.customer": "Open {{name}}’s page",
};
