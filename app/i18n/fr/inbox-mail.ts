/** Replies by mail, and why a mail did not arrive; part of `inbox`. */
export const inboxMail = {
  "mail.to": "À {{to}}",
  "mail.copies": "Copie à {{cc}}",
  "mail.subject": "Objet",
  "mail.noSubject": "Sans objet",
  "mail.cc": "Copie à (Cc)",
  "mail.ccHint": "Plusieurs adresses : séparées par des virgules.",
  "mail.signature": "Signature, ajoutée à l’envoi",
  "fail.mail.no_such_address": "Cette adresse n’existe pas, ou plus. Vérifiez-la avec le client.",
  "fail.mail.recipient_mailbox_full": "La boîte du client est pleine : il ne peut plus recevoir. Réessayez plus tard.",
  "fail.mail.mail_too_large": "Le courriel est trop lourd pour le serveur du client. Envoyez moins de fichiers.",
  "fail.mail.refused_as_unwanted":
    "Le serveur du client a refusé ce courriel comme indésirable. Le détail technique dit pourquoi.",
  "fail.mail.not_delivered": "Le courriel n’a pas pu être remis au client. Le détail technique dit pourquoi.",
  "fail.mail.host_not_found":
    "Le serveur d’envoi n’existe pas sous le nom enregistré. Un administrateur doit le corriger dans Réglages › Canaux.",
  "fail.mail.host_private":
    "Le serveur d’envoi est dans un réseau privé, que Guichet ne joint pas. Un administrateur doit le corriger dans Réglages › Canaux.",
  "fail.mail.connection_refused": "Le serveur d’envoi n’a pas accepté la connexion malgré plusieurs essais.",
  "fail.mail.certificate":
    "Le certificat du serveur d’envoi n’est pas valable : rien n’a été envoyé. Un administrateur doit prévenir l’hébergeur.",
  "fail.mail.tls_failed":
    "La connexion chiffrée au serveur d’envoi a échoué : rien n’a été envoyé. Un administrateur doit vérifier port et sécurité.",
  "fail.mail.provider_unreachable": "Le serveur d’envoi n’a pas répondu malgré plusieurs essais.",
  "fail.mail.loop_brake":
    "Trop de réponses automatiques à cette adresse en une heure : un autre programme répondait sans doute.",
};
