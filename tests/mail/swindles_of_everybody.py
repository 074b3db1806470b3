"""Swindles that reach everybody: borrowed houses, fortunes and threats, links that lie."""

from tests.mail.swindles import AT_SCHOOL, text

OF_EVERYBODY = {
    # houses that everybody knows
    "DPD": text(
        "DPD France <suivi@livraison-info.example>",
        "Votre colis est en attente",
        "Votre colis n’a pu être livré : réglez 1,99 € de frais : https://dpd-suivi.example/p",
    ),
    "parcel": text(
        "Service Colis <c@x.example>",
        "Colis bloqué en douane",
        "Payez les frais de douane (2,99 €) pour recevoir votre paquet : https://colis.example",
    ),
    "La Poste": text(
        "La Poste <info@x.example>",
        "Livraison impossible",
        "Adresse incomplète, mettez à jour vos coordonnées : https://laposte-adresse.example/",
    ),
    "CPF": text(
        "Mon Compte Formation <f@x.example>",
        "Vos droits CPF expirent",
        "Vos 1 250 € de droits CPF expirent, activez votre compte : https://x.example/cpf",
    ),
    "impots": text(
        "Direction des finances <d@x.example>",
        "Remboursement d’impôts",
        "Un remboursement de 278,40 € vous est dû par les impôts. Cliquez pour le recevoir : "
        "https://dgfip-remb.example/",
    ),
    "ANTAI": text(
        "ANTAI <n@x.example>",
        "Amende impayée",
        "Votre amende de 35 € doit être réglée sous 72 h : https://antai-gouv.example/",
    ),
    "ameli": text(
        "Assurance Maladie <a@x.example>",
        "Carte Vitale",
        "Votre nouvelle carte Vitale est prête, complétez vos informations : https://x.example/v",
    ),
    "Microsoft at outlook.com": text(
        "Microsoft account team <team.account@outlook.com>", "Review", "See https://x.example/r"
    ),
    "borrowed by telephone": text(
        "Billing <b@x.example>",
        "Invoice 8841",
        "Your subscription was renewed for $399. To cancel, call +1 888 555 0100.",
    ),
    "stolen mailbox": text(
        "Luc Petit <luc.petit@ac-amiens.fr>", "Vidéo", "C’est vraiment toi ? https://v.example/x"
    ),
    "stolen official mailbox": text(
        "Messagerie <admin@ac-amiens.fr>",
        "Désactivation",
        "Votre boîte va être désactivée, confirmez votre compte : https://zimbra.vol.example/",
    ),
    "fields to fill in": text(
        "Assistance <a@x.example>", "Comptes", "Envoyez : nom d’utilisateur, mot de passe."
    ),
    "document behind a sign-in": text(
        "Partage <p@x.example>",
        "Un document partagé",
        "Un document a été partagé avec vous. Connexion requise : https://d.example/x",
    ),
    "Netflix": text(
        "Netflix <n@x.example>",
        "Paiement en échec",
        "Votre abonnement est suspendu, mettez à jour vos coordonnées : https://x.example/n",
    ),
    "bank": text(
        "Crédit Agricole <c@x.example>",
        "Nouvelle sécurité",
        "Activez SécuriPass avant le 30 : https://x.example/ca",
    ),
    "Microsoft": text(
        "Microsoft Teams <t@x.example>",
        "Un fichier a été partagé",
        "Un document vous attend sur SharePoint, identifiez-vous : https://x.example/doc",
    ),
    "DocuSign": text(
        "Signature <s@x.example>",
        "Document à signer",
        "Vérifiez et signez le document DocuSign : https://contrats.example/s",
    ),
    "MGEN": text(
        "MGEN <remb@x.example>",
        "Remboursement",
        "Un remboursement de 120 € attend, confirmez vos coordonnées : https://x.example/m",
    ),
    "Pronote": text(
        "PRONOTE <p@x.example>",
        "Compte bloqué",
        "Votre compte PRONOTE est bloqué, vérifiez votre identité : https://x.example/pronote",
    ),
    "police": text(
        "Brigade <b@x.example>",
        "Convocation",
        "Europol engage des poursuites contre vous pour pédopornographie. Répondez sous 72 h.",
    ),
    # fortunes and threats
    "spied on": text(
        "Camille Lefèvre <camille.lefevre@ac-amiens.fr>",
        "J’ai piraté votre ordinateur",
        "Votre webcam vous a filmé. Payez 900 € en bitcoin sous 48 h.",
        To="camille.lefevre@ac-amiens.fr",
    ),
    "spied on, in English": text(
        "x <x@x.example>", "You are hacked", "I recorded you by webcam. Send 800 USD in bitcoin."
    ),
    "inheritance": text(
        "Me Dubois <d@x.example>",
        "Succession",
        "Un héritage de 2 500 000 euros vous revient. Contactez mon cabinet, confidentiel.",
    ),
    "lottery": text(
        "Lottery <l@x.example>", "Winner", "You won the lottery: 1,000,000 USD. Contact our bank."
    ),
    "prize": text(
        "Concours <c@x.example>",
        "Félicitations",
        "Vous avez gagné un iPhone 17, confirmez votre adresse : https://gagne.example/",
    ),
    # links that lie
    "bare number": text("Info <i@x.example>", "Photo", "http://203.0.113.9/photo"),
    "name in front": text(
        "Info <i@x.example>", "Portail", "https://portail.ac-amiens.fr@vol.example/"
    ),
    "shortened and pressed": text(
        "Info <i@x.example>",
        "Votre boîte est pleine",
        "Votre boîte est pleine, vérifiez votre compte : https://bit.ly/x1",
    ),
}

SWINDLES = AT_SCHOOL | OF_EVERYBODY
