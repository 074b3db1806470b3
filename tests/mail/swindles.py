"""Swindles as they reach teachers, each in a few lines; every person and host is invented."""

from tests.mail.mails import attached, mail, multipart, part, whole

HTML = "text/html; charset=utf-8"


def text(sender: str, subject: str, body: str, **fields: str) -> bytes:
    return mail(body, From=sender, Subject=subject, **fields)


def page(sender: str, subject: str, body: str, **fields: str) -> bytes:
    return mail(body, HTML, From=sender, Subject=subject, **fields)


def filed(sender: str, subject: str, body: str, name: str, data: bytes = b"x") -> bytes:
    pieces = [part(body), attached(data, name)]
    return whole(multipart("mixed", pieces), From=sender, Subject=subject)


AT_SCHOOL = {
    # the mailbox
    "quota, link": text(
        "Administrateur <admin@notif-bal.example>",
        "Alerte : 98 % de votre espace",
        "Votre boîte aux lettres a atteint 98 % de sa capacité. Cliquez ici pour augmenter votre "
        "espace : https://espace-bal.example/plus",
    ),
    "quota, messages lost": text(
        "Support <s@x.example>",
        "Stockage saturé",
        "Cher utilisateur, votre quota de messagerie est dépassé. Vous ne pourrez plus recevoir de "
        "mails. Veuillez valider votre compte sous 48 heures : http://x.example/valider",
    ),
    "quota in English": text(
        "Mail Team <t@x.example>",
        "Mailbox storage 99% full",
        "Your mailbox has exceeded its storage limit. Click below to upgrade your quota within 24 "
        "hours: https://quota.x.example/",
    ),
    "suspended in a day": text(
        "Service client <s@x.example>",
        "Votre compte sera suspendu sous 24h",
        "Nous avons détecté une anomalie. Confirmez vos informations : https://y.example/c",
    ),
    "webmail migration": text(
        "Équipe technique <t@x.example>",
        "Migration de la messagerie",
        "Votre messagerie passe à la nouvelle version. Connectez-vous ici pour migrer votre boîte, "
        "faute de quoi elle sera désactivée : https://roundcube-maj.example/",
    ),
    "password expires": text(
        "Notification <n@x.example>",
        "Expiration du mot de passe",
        "Votre mot de passe expire aujourd’hui. Pour conserver le même mot de passe, suivez ce "
        "lien : https://garder.example/",
    ),
    "keep password": text(
        "IT <it@x.example>",
        "Password expiration notice",
        "Your password expires today. Keep your current password here: https://k.example/",
    ),
    "held messages": text(
        "Mail System <m@x.example>",
        "7 messages en attente",
        "Vous avez 7 messages non distribués. Connectez-vous pour les récupérer, ils seront "
        "supprimés de votre boîte sous 48h : https://recup.example/",
    ),
    "unusual sign-in": text(
        "Sécurité <s@x.example>",
        "Connexion inhabituelle",
        "Une connexion suspecte à votre messagerie a été bloquée. Vérifiez votre compte "
        "immédiatement : https://z.example/v",
    ),
    "cloned webmail": page(
        "Convergence <webmail@mail-serveur.example>",
        "Nouveau message sécurisé",
        "<p>Ne communiquez jamais votre mot de passe.</p><p>Pour lire ce message, identifiez-vous "
        'avec votre mot de passe sur <a href="https://convergence.vol.example/">'
        "https://webmail.ac-montpellier.fr</a></p>",
    ),
    "official link shown": page(
        "Pôle numérique <p@x.example>",
        "Mise à jour",
        '<a href="https://vol.example/a">https://portail.ac-amiens.fr</a>',
    ),
    "free ground": text(
        "Bureau d’aide <b@x.example>",
        "Votre compte de messagerie expire",
        "Votre compte expire. Validez-le : https://messagerie-acad.weebly.com/",
    ),
    "web app": text(
        "Zimbra <z@x.example>",
        "Vérification",
        "Votre compte Zimbra sera fermé, vérifiez-le : https://zimbra-fr.web.app/",
    ),
    "form in the mail": page(
        "Aide <a@x.example>",
        "Validation",
        '<form action="https://x.example"><input name=u><input type=password></form>',
    ),
    "page attached": filed(
        "Scan <s@x.example>", "Document scanné", "Ouvrez la page jointe.", "document.html"
    ),
    "answer with password": text(
        "Webmaster <w@x.example>",
        "Vérification annuelle",
        "Répondez à ce mail avec votre identifiant et votre mot de passe, sinon fermeture.",
    ),
    "answer in English": text(
        "Webmail Admin <w@x.example>",
        "Account update",
        "Reply with your user name and password to keep your account.",
    ),
    # borrowed authority
    "rectorat at gmail": text(
        "Rectorat d’Amiens <rectorat.amiens80@gmail.com>", "Important", "Voir le document joint."
    ),
    "look-alike letter": text(
        "Assistance <a@ac-amlens.fr>", "Maintenance", "Le service reprend demain."
    ),
    "look-alike link": text("DANE <d@ac-amiens.fr>", "Page", "https://www.ac-rouen.tk/portail"),
    "Cyrillic domain": text("Aide <a@ac-аmiens.fr>", "Info", "Bonjour"),
    "Cyrillic name": text("Sеrvice RH <rh@x.example>", "Info", "Bonjour"),
    "Cyrillic subject": text("RH <rh@x.example>", "Votre mеssagerie", "Bonjour"),
    "punycode": text("RH <rh@x.example>", "Info", "https://xn--80ak6aa92e.com/"),
    "address as name": text(
        '"ce.rectorat@ac-amiens.fr" <info@x.example>', "Circulaire", "Voir https://x.example/c"
    ),
    "remark": text("ce.rectorat@x.example (ce.rectorat@ac-amiens.fr)", "Circulaire", "Lisez."),
    "two senders": text("Rectorat <r@ac-amiens.fr>, Luc <luc@vol.example>", "Circulaire", "Lisez."),
    "group": text("Rectorat: x@vol.example;", "Circulaire", "Lisez."),
    "failed at the border": text(
        "Luc Petit <luc.petit@ac-amiens.fr>",
        "Facture",
        "Voir https://x.example/f",
        Authentication_Results="mx.ac-amiens.fr; spf=fail; dkim=none; dmarc=fail",
    ),
    "answer elsewhere": text(
        "Luc Petit <luc.petit@ac-amiens.fr>", "Rapide", "Tu es là ?", Reply_To="l.p80@gmail.com"
    ),
    "colleague of nothing": text(
        "Lino Ventura <1743ad85zh@hotmail.com>",
        "C’est vraiment étrange",
        "C’est vraiment étrange http://etrange.example/x",
    ),
    "principal": text(
        "Mme la Principale <college.direction80@outlook.fr>", "Urgent", "Répondez-moi vite."
    ),
    "gift cards": text(
        "Marc Delattre <m.delattre@direction.example>",
        "Service",
        "Pouvez-vous acheter 5 cartes cadeaux Steam et m’envoyer les photos des codes ? C’est une "
        "surprise, restez discret.",
    ),
    "gift cards in English": text(
        "Marc <m@x.example>", "Quick", "I need you to purchase gift cards, urgent, scratch them."
    ),
    "are you there": text(
        "Claire Dumont <claire@x.example>",
        "Bonjour",
        "Êtes-vous disponible ? Je suis en réunion et ne peux pas parler, répondez par mail.",
    ),
    "favour in English": text(
        "Head <h@x.example>", "Task", "Are you available? I need a quick favor, email me back."
    ),
    "transfer in haste": text(
        "Claire Dumont <claire.dumont@direction.example>",
        "Virement",
        "Pouvez-vous effectuer un virement urgent ? Je suis en réunion, répondez par mail.",
    ),
    "pay slip": text(
        "Luc Petit <luc@x.example>",
        "Changement de RIB",
        "Bonjour, j’ai un nouveau compte bancaire : merci de changer mon RIB pour le salaire.",
    ),
    "payroll in English": text(
        "Luc <l@x.example>", "Payroll", "Please update my direct deposit before the next salary."
    ),
    # secrets
    "NUMEN": text(
        "Gestion des carrières <g@x.example>", "Avancement", "Transmettez-nous votre NUMEN."
    ),
    "NUMEN by return, official": text(
        "Gestion <g@ac-amiens.fr>", "Dossier", "Merci d’envoyer votre NUMEN par retour de mail."
    ),
    "NUMEN form": text(
        "Mouvement <m@x.example>", "Vœux", "Renseignez votre NUMEN : https://voeux.example/"
    ),
    "passcode": text("Clé OTP <o@x.example>", "Clé", "Envoyez votre code PIN et le passcode."),
    "bank card": text(
        "Abonnements <a@x.example>",
        "Paiement refusé",
        "Mettez à jour votre numéro de carte, sinon votre compte sera suspendu : https://p.example",
    ),
    # files
    "program": filed("Compta <c@x.example>", "Facture", "Ci-joint.", "facture.pdf.exe"),
    "script": filed("Compta <c@x.example>", "Facture", "Ci-joint.", "facture.js"),
    "macros": filed("Compta <c@x.example>", "Relevé", "Activez le contenu.", "releve.xlsm"),
    "disk": filed("Compta <c@x.example>", "Scan", "Ci-joint.", "scan.iso"),
    "locked archive": filed(
        "Compta <c@x.example>", "Facture", "Le mot de passe : 1234", "facture.zip"
    ),
    "key of the archive": filed(
        "Notaire <n@x.example>", "Acte", "Mot de passe de l’archive : 2026", "acte.7z"
    ),
    "written backwards": filed("RH <r@x.example>", "Liste", "Ci-joint.", "liste\u202efdp.exe"),
    "hidden page": filed("Fax <f@x.example>", "Fax", "Un fax vous attend.", "fax.shtml"),
}
