/** What alert mails say, in French; the English ones have the same names. */
export const fr = {
  hello: (name: string) => `Bonjour ${name},`,
  subjectOpened: (what: string, tenant: string) => `Alerte : ${what} (${tenant})`,
  subjectRecovered: (what: string, tenant: string) => `Rétabli : ${what} (${tenant})`,
  subjectMany: (count: number, tenant: string) => `${count} alertes (${tenant})`,
  opened: (tenant: string) => `Chez ${tenant}, ceci demande votre attention :`,
  recovered: (tenant: string) => `Chez ${tenant}, ceci est rentré dans l’ordre :`,
  since: (when: string) => `Depuis le ${when}.`,
  lasted: (from: string, to: string) => `Du ${from} au ${to}.`,
  comesAndGoes: (times: number) =>
    `C’est revenu ${times} fois en deux heures. Tant que cela va et vient, nous n’écrivons qu’une fois par heure.`,
  look: "Voir et régler",
  all: "Toutes les alertes",
  why: "Vous recevez ce message parce que vous administrez ce compte. Pour ne plus en recevoir :",
  title: {
    channel_failing: (channel: string) => `${channel} ne fonctionne plus`,
    token_expiring: (channel: string) => `le jeton de ${channel} expire`,
    channel_silent: (channel: string) => `${channel} est silencieux`,
    events_failing: (channel: string) => `trop d’événements échouent sur ${channel}`,
    sends_failing: (channel: string) => `trop d’envois échouent sur ${channel}`,
    dead_letters: () => "des éléments ont été abandonnés",
    ledger_gap: () => "le bilan des webhooks ne tombe pas juste",
    tickets_late: () => "des tickets ont dépassé le délai promis",
  },
  recoveredTitle: {
    channel_failing: (channel: string) => `${channel} fonctionne de nouveau`,
    token_expiring: (channel: string) => `le jeton de ${channel} n’expire plus`,
    channel_silent: (channel: string) => `${channel} reçoit de nouveau`,
    events_failing: (channel: string) => `les événements de ${channel} passent de nouveau`,
    sends_failing: (channel: string) => `les envois de ${channel} partent de nouveau`,
    dead_letters: () => "plus rien n’est abandonné",
    ledger_gap: () => "le bilan des webhooks tombe juste",
    tickets_late: () => "plus aucun ticket n’a dépassé le délai promis",
  },
  quoted: (name: string) => `« ${name} »`,
  aChannel: "un canal supprimé",
  failing: {
    login: "Le fournisseur refuse les identifiants du canal : il faut les remplacer. Ce que vous écrivez attend.",
    restricted: "Le fournisseur a restreint le compte : voyez chez lui ce qu’il demande.",
    full: "La boîte aux lettres est pleine : plus rien n’y arrive.",
    server: "Le serveur de messagerie ne peut pas être joint en sécurité : vérifiez son nom et son certificat.",
    other: "Rien n’entre ou ne sort plus tant que le réglage n’est pas corrigé.",
  },
  said: (words: string) => `Ce qu’en dit le fournisseur : ${words}`,
  tokenEnds: (when: string) => `Le jeton d’accès s’arrête le ${when}. Ensuite, rien ne partira plus.`,
  silent: (when: string) => `Dernier message reçu le ${when} : un tel silence n’est pas dans ses habitudes.`,
  share: (failed: number, total: number, usual: string) =>
    `${failed} sur ${total} ont échoué dans la dernière heure, contre ${usual} d’habitude.`,
  deadEvents: (count: number) =>
    `${count} ${count > 1 ? "événements ont échoué" : "événement a échoué"} à chaque essai.`,
  deadMessages: (count: number) =>
    `${count} ${count > 1 ? "messages n’ont pas pu être envoyés" : "message n’a pas pu être envoyé"}, malgré plusieurs essais.`,
  deadJobs: (count: number) => `${count} ${count > 1 ? "tâches internes abandonnées" : "tâche interne abandonnée"}.`,
  lateTickets: (count: number) =>
    `${count} ${count > 1 ? "tickets ouverts ont" : "ticket ouvert a"} dépassé le délai promis au client.`,
  missing: (count: number, day: string) =>
    `${day} : ${count} ${count > 1 ? "événements reçus manquent" : "événement reçu manque"} au journal.`,
};
