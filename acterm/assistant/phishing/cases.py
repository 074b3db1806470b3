"""What to do after a click, by what happened then (cybermalveillance.gouv.fr; DOMAIN §4.2)."""

from acterm.i18n import N_

# By case: what comes first, and what follows. All are msgids.
ADVICE: dict[str, tuple[str, tuple[str, ...]]] = {
    "password": (
        N_("Change it now: minutes count."),
        (
            N_("1. Open the académie’s page yourself and change the password."),
            N_("2. Change it everywhere you used the same one."),
            N_("3. Look for rules and sent mails that are not yours: “Account taken over”."),
            N_("4. Tell the help desk; keep the mail as it is."),
        ),
    ),
    "numen": (
        N_("Tell your administration: it cannot be changed like a password."),
        (
            N_("1. If the password is still the NUMEN, change it now."),
            N_("2. Tell your manager (gestionnaire) at the rectorat or DSDEN, by telephone."),
            N_("3. A PIN that was given away is changed with the key (passcode)."),
            N_("4. Look into I-Prof whether anything was changed in your name."),
        ),
    ),
    "opened": (
        N_("Take the computer off the network, and do not switch it off."),
        (
            N_("1. Pull the cable or switch Wi-Fi off. A switched-off machine loses traces."),
            N_("2. School computer: call the school’s computer person or the help desk first."),
            N_("3. Own computer: have it checked by an antivirus before you use it again."),
            N_("4. Then change your passwords, from another machine."),
        ),
    ),
    "answered": (
        N_("Do not write again; what you wrote decides what follows."),
        (
            N_("A password, NUMEN or card number in it? Look at that case."),
            N_("Otherwise little has happened: your address is known to be read."),
            N_("Expect more such mails, also by telephone: hang up, call back yourself."),
        ),
    ),
    "bank": (
        N_("Call your bank at once and have the card stopped."),
        (
            N_("1. The bank’s number is on the back of the card, not in the mail."),
            N_("2. Gift cards: keep the receipts, call the shop that sold them."),
            N_("3. File a complaint: police, gendarmerie, or THESEE on service-public.fr."),
            N_("Info Escroqueries, free of charge: 0 805 805 817 (to be checked)."),
        ),
    ),
    "link": (
        N_("Most likely nothing has happened."),
        (
            N_("Close the page. Did you type anything into it? Then look at that case."),
            N_("Did a file download? Delete it without opening it."),
            N_("Keep the browser up to date; in doubt, have the machine checked."),
        ),
    ),
}
