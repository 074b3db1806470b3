"""What a teacher’s mailbox holds on a plain day; every person is invented."""

from tests.mail.mails import attached, multipart, part, whole
from tests.mail.swindles import filed, page, text

CAMILLE = "camille.lefevre@ac-amiens.fr"
LETTER = {"List_Unsubscribe": "<https://r.envois.example/u>", "Precedence": "bulk"}


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


ORDINARY = {
    # the school
    "council": text("Chloé Gérard <chloe.gerard@ac-amiens.fr>", "Conseil", "Jeudi 17 h, salle 12."),
    "urgent": text(
        "Secrétariat <secretariat.0800000x@ac-amiens.fr>",
        "URGENT : liste des absents",
        "Merci de répondre avant ce soir, immédiatement si possible. Validez vos appels.",
    ),
    "marks close": text(
        "Vie scolaire <viescolaire.0800000x@ac-amiens.fr>",
        "Saisie des moyennes",
        "La saisie ferme dans 24 h, l’accès sera bloqué ensuite : https://college.example/notes",
    ),
    "real quota": text(
        "Messagerie <postmaster@ac-amiens.fr>",
        "Votre boîte est pleine à 95 %",
        "Votre quota est presque atteint. Supprimez des mails : https://webmail.ac-amiens.fr/",
    ),
    "rectorat": text(
        "Rectorat <ce.rectorat@ac-amiens.fr>",
        "Mouvement : ouverture du serveur",
        "Connectez-vous à I-Prof avec vos identifiants avant le 12 : https://portail.ac-amiens.fr/",
    ),
    "RIB asked by the rectorat": text(
        "DPE <dpe@ac-amiens.fr>", "Dossier", "Merci de nous envoyer votre RIB et une copie."
    ),
    "phishing warning": text(
        "DSI <dsi@ac-amiens.fr>",
        "Attention au hameçonnage",
        "Un mail « votre boîte est pleine, validez votre mot de passe » circule. Ne cliquez pas, "
        "ne donnez jamais vos identifiants. Exemple de faux site : bit.ly",
    ),
    "inspector": text(
        "Mme Roux, inspectrice <helene.roux@ac-lille.fr>", "Visite", "Je viendrai mardi."
    ),
    "official letter by Brevo": page(
        "Éduscol <lettre@education.gouv.fr>",
        "La lettre",
        '<a href="https://x.r.a.d.sendibm1.com/mk/cl/f/a">https://eduscol.education.fr/page</a>',
        Reply_To="lettre@education.gouv.fr",
        Return_Path="<bounce@d.sendibm1.com>",
        **LETTER,
    ),
    "toutatice": text(
        "Toutatice <noreply@toutatice.fr>",
        "Votre mot de passe",
        "Votre mot de passe expire bientôt. Merci de ne pas répondre. https://www.toutatice.fr/",
    ),
    "Pronote": text(
        "PRONOTE <no-reply@index-education.net>",
        "Nouvelle information",
        "M. Petit vous a envoyé un message. Connectez-vous : https://0800000x.index-education.net/",
    ),
    "school platform": text(
        "ENT Hauts-de-France <no-reply@enthdf.fr>",
        "3 nouveaux messages",
        "Vous avez 3 messages non lus dans votre messagerie. Connectez-vous : https://enthdf.fr/",
    ),
    "new account on the platform": text(
        "ENT <ne-pas-repondre@ent-college.example>",
        "Bienvenue",
        "Bienvenue ! Activez votre compte et choisissez votre mot de passe : "
        "https://ent-college.example/activation Ce lien expire dans 48 heures.",
    ),
    "library": text(
        "CDI <cdi@college.example>", "Rappel", "Deux livres en retard : merci de les rapporter."
    ),
    "gift for a colleague": text(
        "Sophie Caron <sophie.caron@ac-amiens.fr>",
        "Départ de Martine",
        "On achète une carte cadeau pour Martine, une surprise : qui participe ?",
    ),
    "gift, from home": text(
        "Sophie Caron <sophie.caron80@gmail.com>",
        "Cadeau",
        "Coucou, on offre un bon d’achat à Martine jeudi. Tu participes ? Bises",
    ),
    "free on Thursday": text(
        "Luc Petit <luc.petit@laposte.net>", "Réunion", "Êtes-vous disponible jeudi pour la 3eD ?"
    ),
    "shared file": text(
        "Luc Petit <luc.petit@ac-amiens.fr>",
        "Progression",
        "Le document partagé : https://nuage03.apps.education.fr/index.php/s/abc",
    ),
    "shared by Drive": text(
        "Luc Petit (via Google Drive) <drive-shares-noreply@google.com>",
        "Document partagé : « Notes »",
        "Luc a partagé un document. Ouvrir : https://docs.google.com/document/d/1/edit",
        Reply_To="Luc Petit <luc.petit80@gmail.com>",
    ),
    "survey": text(
        "Estelle Vasseur <estelle.vasseur@ac-amiens.fr>",
        "Vœux",
        "Le formulaire : https://forms.gle/abc ou https://urlz.fr/abc",
    ),
    "poll": text(
        "Nadia Benali (via Framadate) <no-reply@framadate.org>",
        "Sondage",
        "Nadia vous invite : https://framadate.org/abc",
        Reply_To="nadia.benali@ac-amiens.fr",
    ),
    "video call": text(
        "Zoom <no-reply@zoom.us>", "Réunion", "Rejoindre : https://zoom.us/j/1 Code secret : 1234"
    ),
    "locked file from the office": filed(
        "Gestion <gestion@ac-amiens.fr>", "Bulletin", "Code : votre date.", "bulletin.zip"
    ),
    "sheet with macros": filed(
        "Luc Petit <luc.petit@ac-amiens.fr>", "Barème", "Voici.", "bareme.xlsm"
    ),
    "drawing": filed("Luc Petit <luc.petit@ac-amiens.fr>", "Plan", "Voici.", "plan.svg"),
    "calendar": whole(
        multipart("mixed", [part(), attached(b"BEGIN:VCALENDAR", "invite.ics", "text/calendar")]),
        From="Agenda du collège <agenda@college.example>",
        Subject="Invitation : conseil",
    ),
    "note to oneself": text(
        "Camille Lefèvre <camille.lefevre@ac-amiens.fr>", "Mémo", "Rendre les copies.", To=CAMILLE
    ),
    # parents and pupils
    "absence": text("Zoé <zoe.martin2012@gmail.com>", "Absence", "Je serai absent demain."),
    "parent": text(
        "Sandrine Petit <loulou80@hotmail.fr>", "Rdv", "Pouvez-vous me recevoir mardi ?"
    ),
    "parent with a link": text(
        "Sandrine Petit <bibou.80@hotmail.fr>",
        "Exposé de Léa",
        "Bonjour, voici l’exposé de Léa : https://www.canva.com/design/abc",
    ),
    "lost password of a pupil": text(
        "Yanis <yanis.elamrani@eleves.college.example>",
        "ENT",
        "Bonjour, j’ai perdu mon mot de passe, je n’arrive plus à me connecter à mon compte.",
    ),
    "locked account of a pupil": text(
        "Fatima El Amrani <fatima@boite.example>",
        "Compte bloqué",
        "Bonjour, le compte ENT de Yanis est bloqué, il faut le débloquer s’il vous plaît.",
    ),
    "federation": text(
        "Parents d’élèves <bureau@parents.example>",
        "Élections",
        "Votez avant vendredi : https://parents.example/liste",
    ),
    "trip fees": text(
        "Parents d’élèves <bureau@parents.example>",
        "Voyage",
        "Merci de régler le solde du voyage par chèque avant le 15.",
    ),
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
