"""What a teacher’s mailbox holds on a plain day; every person is invented."""

from tests.mail.mails import attached, multipart, part, whole
from tests.mail.swindles import filed, page, text

CAMILLE = "camille.lefevre@ac-amiens.fr"
LETTER = {"List_Unsubscribe": "<https://r.envois.example/u>", "Precedence": "bulk"}

AT_SCHOOL = {
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
    "sent to oneself, all in Bcc": text(
        "Rectorat <ce.rectorat@ac-amiens.fr>",
        "Enquête",
        "Saisissez vos identifiants sur https://portail.ac-amiens.fr/ avant le 3, dernier délai.",
        To="ce.rectorat@ac-amiens.fr",
    ),
    "bill of an operator": filed(
        "SFR <noreply@sfr.fr>", "Votre facture", "Votre facture est jointe.", "facture.pdf"
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
}
