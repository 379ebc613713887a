/** What every mail service asks for. */
const sender = <Vendor extends string>(vendor: Vendor) =>
  ({
    [`field.${vendor}.from_address`]: "Adresse d’envoi",
    [`field.${vendor}.from_address.hint`]: "Celle que vos clients voient. Son domaine est vérifié chez ce service.",
    [`field.${vendor}.from_name`]: "Nom affiché",
    [`field.${vendor}.from_name.hint`]: "Ce que vos clients lisent à côté de l’adresse.",
    [`field.${vendor}.inbound_address`]: "Adresse de réception",
    [`field.${vendor}.inbound_address.hint`]:
      "Seulement si les réponses arrivent sur un autre domaine que celui d’envoi. Vide : la même adresse.",
  }) as Record<`field.${Vendor}.${"from_address" | "from_name" | "inbound_address"}${"" | ".hint"}`, string>;

/** Mail services: what their set-up asks for, checks and explains; part of `channels`. */
export const channelMailVendors = {
  ...sender("sendgrid"),
  "field.sendgrid.api_key": "Clé d’API",
  "field.sendgrid.api_key.hint": "SendGrid › Settings › API Keys, avec les droits « Mail Send » et « Inbound Parse ».",
  "field.sendgrid.verification_key": "Clé de vérification",
  "field.sendgrid.verification_key.hint":
    "SendGrid › Settings › Mail Settings › Event Webhook › « Signature Verification » : activez-la, puis copiez la clé.",
  "webhookIntro.sendgrid":
    "Dans SendGrid › Settings › Inbound Parse, ajoutez votre domaine de réception avec la première adresse et cochez « POST the raw, full MIME message ». Dans Mail Settings › Event Webhook, collez la seconde et cochez les événements de remise.",
  "address.sendgrid.mails": "Adresse d’Inbound Parse",
  "address.sendgrid.events": "Adresse de l’Event Webhook",
  ...sender("mailgun"),
  "field.mailgun.domain": "Domaine chez Mailgun",
  "field.mailgun.domain.hint": "Mailgun › Send › Domains : celui qui envoie, tel qu’il y est écrit.",
  "field.mailgun.region": "Région",
  "field.mailgun.region.hint": "Là où le domaine a été créé.",
  "options.mailgun.region.eu": "Europe",
  "options.mailgun.region.us": "États-Unis",
  "field.mailgun.api_key": "Clé d’API",
  "field.mailgun.api_key.hint": "Mailgun › API Security. Une clé du compte vérifie aussi la clé de signature.",
  "field.mailgun.signing_key": "Clé de signature",
  "field.mailgun.signing_key.hint":
    "Mailgun › API Security › « HTTP webhook signing key ». Elle signe ce qui nous arrive.",
  "webhookIntro.mailgun":
    "Dans Mailgun › Receiving › Create Route, transférez (forward) vers la première adresse. Dans Send › Webhooks, collez la seconde pour « delivered », « permanent failure » et « spam complaints ».",
  "address.mailgun.mails": "Adresse de la route (forward)",
  "address.mailgun.events": "Adresse des webhooks",
  ...sender("postmark"),
  "field.postmark.server_token": "Jeton du serveur",
  "field.postmark.server_token.hint": "Postmark › votre serveur › API Tokens.",
  "field.postmark.webhook_password": "Mot de passe des webhooks",
  "field.postmark.webhook_password.hint":
    "Inventez-en un, de lettres et de chiffres, d’au moins 12 signes : Postmark nous le donnera à chaque envoi.",
  "webhookIntro.postmark":
    "Ajoutez le mot de passe à l’adresse, juste après https:// : « guichet:motdepasse@ ». Dans Postmark › Inbound Stream › Settings, collez-la sous « Webhook » et cochez « Include raw email content ». Dans Outbound Stream › Webhooks, collez-la pour les remises, rejets et plaintes.",
  ...sender("ses"),
  "field.ses.region": "Région AWS",
  "field.ses.region.hint": "Celle où SES est réglé, par exemple eu-west-3 pour Paris.",
  "field.ses.access_key_id": "Identifiant de clé d’accès",
  "field.ses.access_key_id.hint": "AWS › IAM : un utilisateur pour Guichet, avec le droit ses:SendEmail.",
  "field.ses.secret_access_key": "Clé d’accès secrète",
  "field.ses.secret_access_key.hint": "Montrée une seule fois par AWS, à côté de l’identifiant.",
  "field.ses.topic_arn": "Sujet SNS",
  "field.ses.topic_arn.hint":
    "L’ARN du sujet qui nous apporte courriels et événements. Nous n’acceptons rien d’un autre sujet.",
  "webhookIntro.ses":
    "Dans AWS › SNS › votre sujet, créez un abonnement HTTPS vers cette adresse : nous le confirmons aussitôt. Dans SES › Email receiving, ajoutez à la règle l’action « Publish to Amazon SNS topic », en Base64. Dans SES › Configuration sets, faites publier les remises, rejets et plaintes sur le même sujet.",
  "check.sending": "Le service accepte d’envoyer pour cette adresse",
  "check.signing_key": "La clé de signature est celle du service",
  "check.webhook_password": "Le mot de passe des webhooks est le bon",
  "why.key_may_not_send": "Cette clé n’a pas le droit d’envoyer. Donnez-lui « Mail Send », ou prenez-en une autre.",
  "why.domain_not_found": "Ce domaine n’existe pas dans ce compte. Vérifiez le domaine et la région.",
  "why.domain_not_verified": "Ce domaine n’est pas encore vérifié. Ajoutez les enregistrements DNS demandés.",
  "why.address_not_verified": "Ni cette adresse ni son domaine n’est vérifié chez le service. Vérifiez l’un des deux.",
  "why.account_in_sandbox":
    "Le compte est encore en bac à sable : il n’écrit qu’aux adresses vérifiées. Demandez l’accès « production » à AWS.",
  "why.mail_not_raw":
    "Les courriels arrivent découpés : cela marche, mais cochez l’envoi du courriel entier (« raw ») pour ne rien perdre.",
  "why.events_webhook_missing":
    "Aucun Event Webhook ne mène ici : vous ne sauriez pas qu’un courriel a été rejeté. Collez-y notre adresse.",
  "why.events_not_signed": "L’Event Webhook n’est pas signé. Activez « Signature Verification », puis copiez la clé.",
  "why.signing_key_differs": "La clé gardée ici n’est pas celle du service. Recopiez-la depuis sa console.",
  "why.webhook_without_password":
    "L’adresse enregistrée n’a pas de mot de passe : rien de ce qui arrive ne serait accepté. Ajoutez « guichet:motdepasse@ ».",
  "why.webhook_password_differs": "L’adresse enregistrée porte un autre mot de passe que celui gardé ici.",
} as const;
