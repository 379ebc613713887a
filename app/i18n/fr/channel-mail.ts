/** Mailboxes: what sets them up, what they run into, how their mails are signed; part of `channels`. */
export const channelMail = {
  "error.mailbox_login_refused":
    "La messagerie refuse l’identifiant ou le mot de passe de lecture (IMAP). Remplacez le mot de passe ci-dessous ; beaucoup d’hébergeurs demandent un mot de passe d’application.",
  "error.host_not_found": "Ce nom de serveur n’existe pas. Vérifiez les serveurs IMAP et SMTP ci-dessous.",
  "error.host_private":
    "Ce serveur est dans un réseau privé, que Guichet ne joint pas. Écrivez le nom public que donne votre hébergeur.",
  "error.connection_refused":
    "Le serveur de messagerie n’accepte pas la connexion. Vérifiez le port ; sinon il est sans doute en panne, et nous réessayons.",
  "error.certificate_expired":
    "Le certificat du serveur de messagerie a expiré. Prévenez votre hébergeur : rien n’est lu ni envoyé avant son renouvellement.",
  "error.certificate_untrusted":
    "Le certificat du serveur de messagerie n’est signé par aucune autorité connue. Demandez à votre hébergeur le bon nom de serveur.",
  "error.certificate_name":
    "Le certificat du serveur porte un autre nom. Écrivez le nom que donne votre hébergeur, pas celui de votre propre domaine.",
  "error.tls_failed":
    "La connexion chiffrée n’a pas pu être établie. Vérifiez que le port et la sécurité vont ensemble.",
  "error.folder_missing": "Le dossier à lire n’existe pas dans cette boîte. Corrigez son nom ci-dessous.",
  "error.mailbox_full":
    "La boîte est pleine, ou presque : de nouveaux courriels vont être refusés. Faites-y de la place.",
  "error.smtp_login_refused":
    "Le serveur d’envoi (SMTP) refuse l’identifiant ou le mot de passe. Remplacez-le ci-dessous ; beaucoup d’hébergeurs demandent un mot de passe d’application.",
  "error.smtp_host_not_found": "Le serveur d’envoi (SMTP) n’existe pas sous ce nom. Corrigez-le ci-dessous.",
  "error.smtp_host_private":
    "Le serveur d’envoi (SMTP) est dans un réseau privé, que Guichet ne joint pas. Écrivez le nom public que donne votre hébergeur.",
  "error.smtp_connection_refused":
    "Le serveur d’envoi (SMTP) n’accepte pas la connexion. Vérifiez son port ; sinon il est sans doute en panne, et nous réessayons.",
  "error.smtp_certificate":
    "Le certificat du serveur d’envoi (SMTP) n’est pas valable. Prévenez votre hébergeur, ou vérifiez le nom du serveur : rien ne part avant.",
  "error.smtp_tls_failed":
    "La connexion chiffrée au serveur d’envoi (SMTP) n’a pas pu être établie. Vérifiez que le port et la sécurité vont ensemble.",
  "why.smtp_login_refused":
    "Le serveur d’envoi (SMTP) refuse l’identifiant ou le mot de passe. Remplacez-le ; beaucoup d’hébergeurs demandent un mot de passe d’application.",
  "why.mailbox_login_refused":
    "La messagerie refuse l’identifiant ou le mot de passe de lecture (IMAP). Remplacez le mot de passe ci-dessous ; beaucoup d’hébergeurs demandent un mot de passe d’application.",
  "why.host_not_found": "Ce nom de serveur n’existe pas. Vérifiez les serveurs IMAP et SMTP ci-dessous.",
  "why.host_private":
    "Ce serveur est dans un réseau privé, que Guichet ne joint pas. Écrivez le nom public que donne votre hébergeur.",
  "why.connection_refused":
    "Le serveur de messagerie n’accepte pas la connexion. Vérifiez le port ; sinon il est sans doute en panne, et nous réessayons.",
  "why.certificate_expired":
    "Le certificat du serveur de messagerie a expiré. Prévenez votre hébergeur : rien n’est lu ni envoyé avant son renouvellement.",
  "why.certificate_untrusted":
    "Le certificat du serveur de messagerie n’est signé par aucune autorité connue. Demandez à votre hébergeur le bon nom de serveur.",
  "why.certificate_name":
    "Le certificat du serveur porte un autre nom. Écrivez le nom que donne votre hébergeur, pas celui de votre propre domaine.",
  "why.tls_failed": "La connexion chiffrée n’a pas pu être établie. Vérifiez que le port et la sécurité vont ensemble.",
  "why.folder_missing": "Le dossier à lire n’existe pas dans cette boîte. Corrigez son nom ci-dessous.",
  "why.credentials_refused": "Le fournisseur refuse ces identifiants. Remplacez-les.",
  "why.rate_limited": "Le serveur demande de ralentir : trop de connexions à la fois. Relancez dans quelques minutes.",
  "why.mailbox_full": "La boîte est pleine. Faites-y de la place, puis relancez.",
  "why.no_sent_folder": "Aucun dossier d’envoi n’a été trouvé : vos réponses partent, mais sans copie dans la boîte.",
  "check.imap_login": "La boîte accepte l’identification pour lire (IMAP)",
  "check.smtp_login": "Le serveur accepte l’identification pour envoyer (SMTP)",
  "check.certificate": "Les certificats des serveurs sont valables",
  "check.folder": "Le dossier à lire existe",
  "check.room": "Il reste de la place dans la boîte",
  "check.sent_copy": "Une copie des réponses est gardée dans la boîte",
  "provider.email": "Boîte e-mail (IMAP et SMTP)",
  "provider.email.body":
    "Une adresse e-mail à vous, chez n’importe quel hébergeur : son mot de passe suffit le plus souvent.",
  "field.email.address": "Adresse e-mail",
  "field.email.address.hint": "Celle à laquelle vos clients écrivent.",
  "field.email.display_name": "Nom affiché",
  "field.email.display_name.hint": "Ce que vos clients lisent à côté de l’adresse.",
  "field.email.imap_password": "Mot de passe",
  "field.email.imap_password.hint": "Celui de la boîte. Chez Google, Apple et Yahoo : un mot de passe d’application.",
  "field.email.imap_host": "Serveur de réception (IMAP)",
  "field.email.imap_host.hint": "Vide pour les hébergeurs connus (Gmail, Orange, Free, iCloud…).",
  "field.email.imap_port": "Port IMAP",
  "field.email.imap_port.hint": "Vide : 993, ou 143 en STARTTLS.",
  "field.email.imap_security": "Sécurité IMAP",
  "field.email.imap_security.hint": "Toujours chiffrée, et le certificat est toujours vérifié.",
  "field.email.imap_user": "Identifiant IMAP",
  "field.email.imap_user.hint": "Vide si c’est l’adresse elle-même.",
  "field.email.folder": "Dossier à lire",
  "field.email.folder.hint": "Vide : la boîte de réception (INBOX).",
  "field.email.smtp_host": "Serveur d’envoi (SMTP)",
  "field.email.smtp_host.hint": "Vide pour les hébergeurs connus.",
  "field.email.smtp_port": "Port SMTP",
  "field.email.smtp_port.hint": "Vide : 465, ou 587 en STARTTLS.",
  "field.email.smtp_security": "Sécurité SMTP",
  "field.email.smtp_security.hint": "Toujours chiffrée, et le certificat est toujours vérifié.",
  "field.email.smtp_user": "Identifiant SMTP",
  "field.email.smtp_user.hint": "Vide si c’est le même que pour lire.",
  "field.email.smtp_password": "Mot de passe SMTP",
  "field.email.smtp_password.hint": "Vide si c’est le même que pour lire.",
  "field.email.plus_addressing": "Adresses avec « + »",
  "field.email.plus_addressing.hint":
    "Si nom+mot@ arrive bien chez nom@ : les réponses retrouvent leur fil même quand le logiciel du client l’oublie.",
  "options.email.imap_security.auto": "Automatique",
  "options.email.imap_security.tls": "TLS",
  "options.email.imap_security.starttls": "STARTTLS",
  "options.email.smtp_security.auto": "Automatique",
  "options.email.smtp_security.tls": "TLS",
  "options.email.smtp_security.starttls": "STARTTLS",
  "options.email.plus_addressing.auto": "Selon l’hébergeur",
  "options.email.plus_addressing.yes": "Oui",
  "options.email.plus_addressing.no": "Non",
  mailSignature: "Signature",
  mailSignatureHint:
    "Ajoutée sous chaque courriel que votre équipe écrit. {{agent.name}} devient le nom de qui écrit, {{business.name}} celui de l’entreprise.",
  mailSignatureExample: "{{agent.name}}\n{{business.name}}",
};
