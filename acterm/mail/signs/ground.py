"""Where a name or a page costs nothing, so that nobody stands for it."""

import re
from functools import lru_cache

# Endings where names cost nothing, or nearly.
CHEAP_ENDINGS = frozenset(
    [
        *("tk", "ml", "ga", "cf", "gq", "top", "xyz", "click", "icu", "buzz", "rest", "cam"),
        *("zip", "mov", "monster", "quest", "cyou", "sbs", "cfd", "bond", "lol", "support", "link"),
        *("live", "online", "site", "website", "space", "fun", "club", "vip", "win", "info"),
        *("ru", "cn", "su", "pw", "ws", "cc", "biz", "shop", "store"),
    ]
)

# Where anybody puts a page within minutes and without a name.
OPEN_GROUND = (
    *("weebly.com", "wixsite.com", "000webhostapp.com", "firebaseapp.com", "web.app", "pages.dev"),
    *("workers.dev", "netlify.app", "vercel.app", "glitch.me", "herokuapp.com", "godaddysites.com"),
    *("jotform.com", "blogspot.com", "duckdns.org", "ngrok.io", "ngrok-free.app", "r2.dev"),
    *("square.site", "framer.app", "webflow.io", "sites.google.com", "github.io", "repl.co"),
    *("typeform.com", "formspree.io", "ukit.me", "mystrikingly.com", "yolasite.com", "surge.sh"),
    *("forms.gle", "forms.office.com", "docs.google.com", "surveymonkey.com", "wufoo.com"),
    *("onrender.com", "azurewebsites.net", "cloudfront.net", "amazonaws.com", "ipfs.io"),
    *("dweb.link", "cloudflare-ipfs.com", "plesk.page", "lovable.app", "canva.site", "carrd.co"),
    *(
        "translate.goog",
        "translate.google.com",
        "drive.google.com",
        "storage.googleapis.com",
        "sharepoint.com",
        "1drv.ms",
        "windows.net",
    ),
)


# Words that swindlers' own domains are made of.
_LURE = re.compile(
    r"(?:^|-)(?:secur\w*|verif\w*|log-?in|connexion|auth\w*|accounts?|comptes?|update|maj|miseajour"
    r"|rembours\w*|amendes?|gouv|vitale|colis|livraisons?|suivi|renouvel\w*|identit\w*|webmail\w*"
    r"|messagerie\w*|acad(?:emique)?|rectorat|paiements?|payments?|payroll|support|help-?desk|valid\w*"
    r"|confirm\w*|recup\w*|banques?|bank|enligne|allocations?|retraites?|primes?|indemnites?"
    r"|peages?|factur\w*|clients?"
    r"|education|personnels?|portail|vignette|douane\w*|relance|alerte\w*|quota|mail|id|paie"
    r"|pensions?|fraude|wallet|storage|notif\w*|espace|abo(?:nnements?|nnes?)?|remb|secu|certif"
    r"|promo|sondage|invite|notice|recouvrement|appeal|verif|compte|fr)(?:-|\d|$)"
)


def is_lure(domain: str) -> bool:
    """Whether a registered domain's name is made of words like « security » or « account »."""
    return _LURE.search(domain.partition(".")[0]) is not None


@lru_cache(maxsize=2048)
def is_open_ground(host: str) -> bool:
    """Whether anybody has a page on this host."""
    return any(host == ground or host.endswith("." + ground) for ground in OPEN_GROUND)
