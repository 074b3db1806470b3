"""Mail of institutions, unions, shops, sites, lists and machines, as it comes on a plain day."""

from tests.mail.ordinary import AT_SCHOOL, LETTER
from tests.mail.swindles import page, text


def letter(sender: str, subject: str, *links: tuple[str, str], body: str = "") -> bytes:
    """A newsletter whose links all go through a counter."""
    shown = "".join(f'<p><a href="{url}">{words}</a></p>' for words, url in links)
    return page(sender, subject, f"<p>{body}</p>{shown}", **LETTER)


def counted(service: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Lire la suite", f"https://{service}/mk/cl/f/a1"),
        ("www.education.gouv.fr/rentree", f"https://{service}/mk/cl/f/a2"),
        ("Se désabonner", f"https://{service}/mk/un/a3"),
    )


OF_HOUSES = {
    # institutions, unions, mutual societies
    "MGEN": text(
        "MGEN <information@mgen.fr>",
        "Votre remboursement",
        "Un remboursement de 25 € a été versé. Votre espace : https://www.mgen.fr/",
    ),
    "CASDEN": text(
        "CASDEN <contact@info.casden.fr>",
        "Mettez à jour vos coordonnées",
        "Actualisez vos coordonnées dans votre espace : https://www.casden.fr/",
    ),
    "ameli": text(
        "Assurance Maladie <noreply@info.ameli.fr>",
        "Votre relevé",
        "Un remboursement : connectez-vous à https://www.ameli.fr/",
    ),
    "tax": text(
        "Impôts <ne-pas-repondre@dgfip.finances.gouv.fr>",
        "Avis d’impôt",
        "Votre avis est en ligne, connectez-vous : https://www.impots.gouv.fr/",
    ),
    "CPF letter": letter(
        "Syndicat <lettre@syndicat.example>",
        "Mobiliser son CPF",
        ("Le dossier", "https://syndicat.example/cpf"),
        body="Vos droits CPF, mode d’emploi : activez votre compte formation, 500 € par an.",
    ),
    "union": letter(
        "SNES Amiens <s3ami@snes.example>",
        "Salaires : dernière chance avant la grève",
        *counted("r.snes.example"),
        body="Urgent : signez la pétition avant ce soir. Votre salaire, votre traitement !",
    ),
    "Canopé": letter(
        "Réseau Canopé <lettre@reseau-canope.fr>", "Ateliers", *counted("r.c.example")
    ),
    "publisher by Mailchimp": letter(
        "Éditions du Préau <e@editions.example>",
        "Votre spécimen",
        ("Ouvrir", "https://e.us1.list-manage.com/track/click?u=1&id=2"),
        ("www.editions.example", "https://e.us1.list-manage.com/track/click?u=1&id=3"),
    ),
    "letter by Sarbacane": letter(
        "Musée <m@musee.example>", "Expositions", *counted("x.sbc08.com"), body="Gratuit !"
    ),
    "prize in a letter": letter(
        "Boutique <b@boutique.example>",
        "Gagnez un iPhone !",
        ("Je joue", "https://b.example/j"),
        body="Félicitations, vous avez été sélectionné : une carte cadeau de 10 €, confirmez vite.",
    ),
    "Doctolib": text(
        "Doctolib <no-reply@doctolib.fr>",
        "Rendez-vous confirmé",
        "Rendez-vous demain à 9 h. Annuler : https://www.doctolib.fr/rdv",
    ),
    "SNCF": text(
        "SNCF Connect <noreply@info.sncf-connect.com>",
        "Votre billet",
        "Votre dossier ABCDEF. Paiement accepté : https://www.sncf-connect.com/",
    ),
    "parcel of a shop": text(
        "Librairie du Marché <commandes@librairie.example>",
        "Votre colis est parti",
        "Votre commande est expédiée par Colissimo : https://www.laposte.fr/suivi?c=1",
    ),
    "parcel of La Poste": text(
        "Colissimo <noreply@notif-colissimo-laposte.info>",
        "Votre colis arrive",
        "Choisissez la livraison : https://www.laposte.fr/suivi",
    ),
    "shop, bill": text(
        "Boutique Scolaire <contact@boutique.example>",
        "Facture 2026-118",
        "Votre facture est jointe, paiement par virement à 30 jours.",
    ),
    "insurer": text(
        "MAIF <nepasrepondre@maif.fr>", "Attestation", "Votre attestation : https://www.maif.fr/"
    ),
    # sites one has an account with
    "new password": text(
        "Padlet <no-reply@padlet.example>",
        "Réinitialisation",
        "Vous avez demandé un nouveau mot de passe. Confirmez votre mot de passe ici : "
        "https://padlet.example/r Si vous n’êtes pas à l’origine, ignorez ce mail.",
    ),
    "address to confirm": text(
        "Genially <no-reply@genially.example>",
        "Confirmez votre adresse",
        "Confirmez votre adresse pour activer votre compte : https://genially.example/c",
    ),
    "code": text(
        "Pix <ne-pas-repondre@pix.fr>", "Code de vérification", "Votre code : 482913, 10 minutes."
    ),
    "trial": text(
        "Quizz <hello@quizz.example>",
        "Votre essai se termine",
        "Votre abonnement d’essai expire vendredi. Choisissez une formule : https://quizz.example/f",
    ),
    "sign-in seen": text(
        "Netflix <info@account.netflix.com>",
        "Nouvelle connexion",
        "Nouvelle connexion à votre compte : https://www.netflix.com/securite",
    ),
    "terms": letter(
        "Réseau social <n@reseau.example>",
        "Mise à jour des conditions",
        ("Lire", "https://reseau.example/cgu"),
        body="Nos conditions changent, le compte reste actif. Connectez-vous pour les lire.",
    ),
    "a key handed over": text(
        "Photographe <contact@photo.example>",
        "Photos de classe",
        "Nous vous transmettons vos identifiants : 8841. Connectez-vous : https://photo.example/",
    ),
    "a password on its way": text(
        "Éditeur <pro@manuels.example>",
        "Votre accès",
        "Votre mot de passe vous sera envoyé par mail. Votre identifiant, fourni par le collège : "
        "clefevre.",
    ),
    "first sign-in": text(
        "DSI <dsi@ac-amiens.fr>",
        "Première connexion",
        "Munissez-vous de votre NUMEN, indiquez-le en majuscules sur https://bv.ac-amiens.fr/ puis "
        "saisissez votre nouveau mot de passe.",
    ),
    "support of a house": text(
        "Support technique <support@cantine.example>", "Ticket 8841", "Votre badge est réactivé."
    ),
    "academy of dance": text(
        "Académie de danse <academie.danse@gmail.com>", "Gala", "Les places sont en vente."
    ),
    "Isaac": text("Isaac Martin <isaac-martin@gmail.com>", "Stage", "Bonjour, voici mon CV."),
    "concert hall": text("Accor Arena <billets@arena.example>", "Vos places", "À bientôt !"),
    # lists and machines
    "list": text(
        "Bertrand Hochart <b.hochart@lycee.example>",
        "[hg-picardie] Croquis",
        "Quelqu’un a-t-il un croquis ? https://www.geoportail.gouv.fr/",
        List_Id="<hg-picardie.listes.example>",
        Reply_To="hg-picardie@listes.example",
        Authentication_Results="mx.ac-amiens.fr; spf=pass; dkim=fail; dmarc=none",
    ),
    "full mailbox of somebody": text(
        "Mail Delivery System <mailer-daemon@mx.example>",
        "Undelivered Mail Returned to Sender",
        "The mailbox is full, over quota. Reply to postmaster. https://mx.example/help",
        Auto_Submitted="auto-replied",
    ),
    "away": text(
        "Luc Petit <luc.petit@fournisseur.example>",
        "Réponse automatique",
        "Absent jusqu’au 4, urgent : joindre le secrétariat.",
        Auto_Submitted="auto-replied",
    ),
    "quarantine": text(
        "Filtre antispam <quarantaine@relais.example>",
        "Rapport de quarantaine : 3 messages retenus",
        "3 messages ont été retenus, ils seront supprimés dans 14 jours. Pour libérer un message, "
        "connectez-vous à votre messagerie. Expéditeur promo@x.example « Vos droits expirent ».",
    ),
    "forwarded signature": text(
        "Luc Petit <luc.petit@laposte.net>",
        "Tr : sortie",
        "Bonjour, voir plus bas.\r\n\r\nRectorat d’Amiens\r\nhttps://www.ac-amiens.fr/",
        Authentication_Results="mx.ac-amiens.fr; spf=softfail; dkim=pass; dmarc=pass",
    ),
    "theatre": text(
        "Comédie <billetterie@theatre.example>",
        "Vos places",
        "Vos billets sont réservés, réglez avant le 3 : https://theatre.example/panier",
    ),
    "club": text(
        "Club de marche <club@asso.example>",
        "Adhésion",
        "Merci de régler votre cotisation de 25 € et d’envoyer votre RIB pour le remboursement.",
    ),
    "number in the school": text(
        "Julien Petit <julien.petit@ac-amiens.fr>", "Serveur", "Le site : http://192.168.1.20/"
    ),
    "accents in the domain": text(
        "Mairie <contact@mairie.example>", "Fête", "https://www.xn--chteau-xwa.example/"
    ),
    "mathematics": text(
        "Sophie Caron <sophie.caron@ac-amiens.fr>", "Δ et µ", "Les angles α, β ; Δt = 3 µs."
    ),
}

ORDINARY = AT_SCHOOL | OF_HOUSES
