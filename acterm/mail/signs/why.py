"""« Pourquoi cet avertissement ? »: what each sign means, why it is told, what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from acterm.i18n import N_, _

# By the stable code of a sign.
_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "spoofed-sender": N_(
            "Anybody can write any name before an address. What counts is what stands behind the "
            "@: the rectorat, an inspector or a head of school write from an address of the "
            "Éducation nationale. Look at the address, and ask the person another way."
        ),
        "lookalike-domain": N_(
            "One letter changed, a hyphen more, the right name before another ending: such domains "
            "are bought to be taken for another. Type the address you know yourself."
        ),
        "homoglyph": N_(
            "Some letters of the Russian or Greek alphabet look exactly like ours. Nobody mixes "
            "them into a French word by chance: it is done to look like a name one trusts. "
            "Type the address you know yourself."
        ),
        "punycode": N_(
            "A domain with accents or other letters is written “xn--…” on the network. Some are "
            "honest, some are made to look like another. Read it letter by letter, or type the one "
            "you know."
        ),
        "link-mismatch": N_(
            "The text of a link can say anything; only its address counts. This text names one "
            "site and the address is that of another. Open the site yourself instead."
        ),
        "disguised-link": N_(
            "What stands before an @ in a link leads nowhere; a bare number, or a page inside the "
            "link, hides whose it is. Honest sites give their name: open the site yourself."
        ),
        "shortened-link": N_(
            "A shortened link does not say where it leads before one is there. It is common in "
            "class and convenient for swindlers: do not sign in on a page reached so."
        ),
        "dangerous-link": N_(
            "The link fetches a file that runs as soon as it is opened. No administration sends "
            "programs by mail: do not open it."
        ),
        "free-host": N_(
            "Anybody puts a page there within minutes, without giving a name. An administration "
            "has its own domain: never type a password on such a page."
        ),
        "bait": N_(
            "A stolen mailbox writes to everybody in its address book: a few words and a link. "
            "That the name and the address are right proves nothing then. Ring, or ask in the "
            "staff room."
        ),
        "sign-in-bait": N_(
            "A document to read or to sign is the most common reason given for typing a password. "
            "Ask the person who is said to send it, and sign in only by addresses you know."
        ),
        "nameless-sender": N_(
            "Whoever writes to you for a body says which one. A “service” or an “administrator” "
            "of nowhere, a few words and a link: so swindles are sent by the thousand. Ask the "
            "body you think of, by its own site or telephone."
        ),
        "qr-code": N_(
            "A QR code is a link that nobody can read, neither you nor a filter, and a telephone "
            "shows little of the address. Do not scan it: open the site by the address you know."
        ),
        "split-words": N_(
            "Characters that nobody sees stand inside the words: a reader notices nothing, a "
            "filter that looks for “password” finds nothing. Delete the mail, or ask the sender "
            "another way."
        ),
        "labelled-link": N_(
            "Pages that steal passwords read your address in the link and greet you with it. "
            "Some registrations do so as well. If you did not ask for this mail, do not open "
            "the link."
        ),
        "reply-to-elsewhere": N_(
            "Your answer would not go to the address you see. Lists and forms do so honestly; "
            "swindlers do so because they cannot read the mailbox they pretend to write from. "
            "If you know the person, write to the address you know."
        ),
        "auth-failed": N_(
            "The server that received the mail compares it with what the sender’s domain publishes "
            "(SPF, DKIM, DMARC). It did not agree. Redirections and lists can cause that, "
            "forgeries always do: ask the sender another way before you act."
        ),
        "asks-secret": N_(
            "Nobody needs your password, your NUMEN, your PIN or a passcode: neither the rectorat "
            "nor the help desk ever asks for them by mail. If you gave one away, change it now."
        ),
        "html-form": N_(
            "What is typed into a form inside a mail goes to whoever sent it. acterm shows no "
            "field, but another mail program would. Go to the site by the address you know."
        ),
        "quota-pressure": N_(
            "“Your mailbox is full” is the most common bait at school. A real warning makes you "
            "delete mail, not confirm a password. Look at the quota that acterm shows when the "
            "server gives it, and click on nothing."
        ),
        "pressure": N_(
            "Fear and haste keep one from thinking: an account that closes today, messages that "
            "will be lost. No account of the Éducation nationale closes because one did not "
            "click. Sign in by the address you know, and look."
        ),
        "several-marks": N_(
            "Each of these marks is harmless alone; together they are what swindles look like. "
            "Take your time, and check with the body itself, by its own site or telephone."
        ),
        "asks-money": N_(
            "Gift cards, fees, a changed account number, a promised sum: money that is sent so "
            "does not come back. Ring the person or the body at a number you know already."
        ),
        "dangerous-attachment": N_(
            "A program, a file with macros or a web page can take over a computer or show a false "
            "page to sign in. acterm shows attachments without running anything; do not open this "
            "one outside."
        ),
        "encrypted-archive": N_(
            "No filter can look for a virus in a locked archive. Colleagues lock files to protect "
            "pupils; swindlers do so to get past the filters, with the password in the mail. "
            "Ask the sender by telephone before you open it."
        ),
        "encrypted-document": N_(
            "Banks and offices lock documents to protect you, swindlers to hide a program from "
            "the filters. Do you expect this file, and did the password reach you another way?"
        ),
        "bidi-name": N_(
            "A hidden character turns the end of the name around, so that a program seems to be "
            "a document. No honest file is named so: do not open it."
        ),
        "remote-content": N_(
            "To show these pictures their server would have to be asked, and would learn when and "
            "from where you read the mail. acterm asks nobody."
        ),
        "tracker": N_(
            "An invisible picture tells the sender that the mail was opened. Newsletters do it "
            "all the time; acterm does not load it."
        ),
        "alternatives-differ": N_(
            "A mail can hold two versions of its text; a program shows one of them. Two that say "
            "different things can be carelessness, or a way past a filter that reads only one."
        ),
        "truncated": N_("Only a part of the mail is here: the rest is too long, or never came."),
        "malformed": N_(
            "The mail does not keep to the rules that mail programs share. Old programs write "
            "such mail, so do careless swindlers."
        ),
        "charset-guessed": N_(
            "The mail names no alphabet, or the wrong one. acterm chose the likeliest, so an "
            "accent may be wrong."
        ),
    }
)


def why(code: str) -> str:
    """The explanation of a sign; a general one for a code of a later version."""
    found = _REASONS.get(code)
    return _(found) if found else _("This mail has something unusual: check before you act.")


def codes() -> frozenset[str]:
    """Every code that has its explanation."""
    return frozenset(_REASONS)
