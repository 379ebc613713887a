/** Why an event did not become work, who can mend it, and with which control. */
export const logReasons = {
  "why.signature_mismatch":
    "La signature ne correspond pas au secret enregistré : l’événement ne vient pas du fournisseur, ou le secret a changé, ou il a été signé pour une autre adresse.",
  "why.missing_signature":
    "L’événement est arrivé sans signature. Un fournisseur signe toujours, une fois réglé pour le faire : il s’agit d’un réglage oublié chez lui, d’un essai fait à la main, ou d’un intrus.",
  "why.verify_token_mismatch":
    "Quelqu’un a demandé à vérifier l’adresse du canal avec un jeton qui n’est pas le nôtre. Tant que le bon n’est pas donné, le fournisseur n’envoie rien.",
  "why.not_configured": "Ce canal n’a pas encore de secret : rien ne prouve d’où vient l’événement.",
  "why.unknown_account": "L’événement parle d’un numéro ou d’un compte qu’aucun de vos canaux ne connaît.",
  "why.malformed":
    "Ce n’est pas ce que ce fournisseur envoie : le contenu ne se lit pas, ni le client ni son message n’ont pu en être tirés.",
  "why.too_large": "L’envoi dépasse la taille acceptée. Seul son début est gardé.",
  "why.duplicate":
    "Le fournisseur a livré deux fois le même événement, ce qui est normal. La première livraison a été traitée, celle-ci n’a rien changé.",
  "why.unsupported_type":
    "Guichet ne sait pas encore quoi faire de ce type d’événement. Il est gardé tel quel, rien n’est perdu.",
  "why.stale":
    "La signature est bonne, mais elle a été faite bien avant l’arrivée : le fournisseur l’a retenu, son horloge est fausse, ou quelqu’un renvoie une copie.",
  "why.channel_paused": "Le canal était en pause. L’événement est gardé et peut être rejoué.",
  "why.waiting_for_message":
    "Cet état parle d’un message qui n’est pas encore arrivé. Il s’appliquera dès que le message sera là.",
  "why.sender_blocked":
    "Un membre a bloqué cette personne, ou a classé sa conversation comme indésirable. Le message est gardé dans la conversation, sans rien signaler à personne.",
  "why.handler_error":
    "Le traitement a échoué de notre côté. Les essais automatiques sont épuisés, ou le prochain est prévu.",
  "who.signature_mismatch":
    "Un administrateur peut le corriger : recopier le secret dans les identifiants du canal, vérifier que l’adresse chez le fournisseur est exactement la nôtre, puis rejouer.",
  "who.missing_signature":
    "Sans signature, rien n’est jamais traité, même rejoué. Si c’est bien votre fournisseur, un administrateur règle la signature chez lui ; ce que le client écrira ensuite arrivera.",
  "who.verify_token_mismatch":
    "Un administrateur peut recopier le jeton de vérification du canal dans la console du fournisseur, qui demandera à nouveau.",
  "who.not_configured": "Un administrateur peut terminer la mise en place du canal, puis rejouer.",
  "who.unknown_account":
    "Un administrateur peut connecter ce compte, puis rejouer : l’événement y sera rangé, si le secret du nouveau canal l’a bien signé.",
  "who.malformed":
    "Il n’y a rien à rejouer. La requête ci-dessous dit quel logiciel a écrit : si ce n’est pas votre fournisseur, son adresse chez nous est à corriger dans ce logiciel.",
  "who.too_large":
    "Il n’y a rien à rejouer : demandez au client d’envoyer moins à la fois. Si cela se répète, la requête ci-dessous dit quel logiciel écrit à cette adresse.",
  "who.duplicate": "Rien à faire : ce que le client a écrit est dans la première livraison.",
  "who.unsupported_type":
    "Lisez le contenu ci-dessous et répondez au client vous-même. Un rejeu sera possible quand ce type sera géré.",
  "who.stale":
    "Un administrateur qui reconnaît le client peut rejouer : l’événement sera pris. Ce qui a déjà été traité ne compte jamais deux fois.",
  "who.channel_paused": "Un administrateur peut remettre le canal en service, puis rejouer.",
  "who.waiting_for_message":
    "Rien à faire : cela se résout seul. Si le message ne vient pas, il a été envoyé avec un autre logiciel que Guichet.",
  "who.sender_blocked":
    "Rien n’est perdu : ouvrez la conversation dans « Indésirables » pour lire le message, ou pour débloquer cette personne.",
  "who.handler_error":
    "Un administrateur peut rejouer l’événement. Si l’erreur revient, transmettez le détail technique à l’exploitant de Guichet.",
  "signature.today":
    "Avec le secret enregistré aujourd’hui, la signature est bonne : il a été corrigé depuis. Rejouez l’événement.",
  "signature.blank":
    "La signature est bonne sans l’espace qui traîne au début ou à la fin du secret. Enregistrez le secret à nouveau, sans espace.",
  "signature.other_field":
    "Elle a été faite avec ce que vous avez mis dans « {{field}} » : les deux champs sont sans doute intervertis.",
  "signature.other_channel":
    "Elle a été faite avec le secret du canal « {{channel}} » : le secret de l’un a été copié dans l’autre.",
  "signature.scheme":
    "Le secret est bon, mais l’événement a été signé pour {{origin}} : l’adresse chez le fournisseur ne commence pas comme la nôtre (http ou https).",
  "signature.host":
    "Le secret est bon, mais l’événement a été signé pour {{origin}}, un autre nom que le nôtre. Corrigez l’adresse chez le fournisseur, ou PUBLIC_URL si c’est bien le nom de cette installation.",
  "signature.ending":
    "Le secret est bon, mais l’adresse chez le fournisseur a une barre « / » de trop ou de moins à la fin.",
  "signature.nothing":
    "Aucun secret de cette entreprise ne donne cette signature, pour aucune adresse plausible : le secret du fournisseur est un autre, ou l’événement vient d’un inconnu.",
  "signature.hostBy":
    "Le secret est bon, mais l’événement a été signé pour {{origin}}, que l’en-tête « {{header}} » annonce : un serveur placé devant Guichet change le nom. Corrigez l’adresse chez le fournisseur, ou PUBLIC_URL si c’est bien le nom de cette installation.",
  "signature.schemeBy":
    "Le secret est bon, mais l’événement a été signé pour {{origin}} : l’en-tête « {{header}} » le dit aussi. L’adresse chez le fournisseur, ou PUBLIC_URL, ne commence pas comme l’autre (http ou https).",
  "fix.title": "Ce que vous pouvez faire",
  "fix.secret": "Corriger le secret",
  "fix.address": "Vérifier l’adresse à donner",
  "fix.signing": "Voir comment faire signer",
  "fix.token": "Copier le jeton de vérification",
  "fix.setup": "Terminer la mise en place",
  "fix.connect": "Connecter ce compte",
  "fix.channel": "Ouvrir « {{channel}} »",
  "fix.resume": "Remettre le canal en service",
  "fix.resumed": "Le canal est en service : rejouez l’événement.",
  "fix.first": "Voir la première livraison",
  "fix.read": "Lire la requête",
  "fix.alike": "Voir les semblables",
  "fix.related": "Voir les événements liés",
  "fix.customer": "Ouvrir la fiche de {{name}}",
};
