"""Names that swindlers borrow, each with the domains it really writes from.

No list of who is to be trusted: it only tells whether a mail that names one comes from it.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from acterm.mail.signs import ground
from acterm.mail.web.domains import registrable

# Endings under which a house known by its bare name really is found.
_USUAL_ENDINGS = frozenset(
    [
        *("fr", "com", "net", "org", "eu", "be", "ch", "de", "es", "it", "lu", "ca", "nl", "pt"),
        *("co.uk", "ie", "at", "pl", "se", "io", "sncf", "re", "nc", "pf"),
    ]
)


@dataclass(frozen=True, slots=True)
class Brand:
    """`names` as folded text has them, `marks` as a host name would hold them, `initials` as the
    domains of its regional branches begin: `ca-nord-est.fr`.
    """

    names: str
    domains: tuple[str, ...]
    marks: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()


BRANDS = (
    Brand(
        r"impots(?:\.gouv)?|dgfip|finances publiques|tresor public",
        ("gouv.fr",),
        ("impots", "impot", "dgfip"),
    ),
    Brand(r"antai|amendes?\.gouv", ("gouv.fr",), ("antai", "amendes", "amende")),
    Brand(
        r"ameli|assurance maladie|cpam|carte vitale",
        ("ameli.fr", "assurance-maladie.fr", "cnam.fr"),
        ("ameli", "cpam", "cartevitale", "assurancemaladie"),
    ),
    Brand(r"caf|allocations familiales", ("caf.fr", "cnaf.fr"), ("caf",)),
    Brand(
        r"(?:mon ?)?compte ?formation|cpf|compte personnel de formation",
        ("gouv.fr", "caissedesdepots.fr"),
        ("moncompteformation", "compteformation", "cpf"),
    ),
    Brand(r"france travail|pole emploi", ("francetravail.fr", "pole-emploi.fr")),
    Brand(r"france titres|ants|franceconnect", ("gouv.fr",), ("ants", "franceconnect")),
    Brand(r"urssaf|cesu", ("urssaf.fr",), ("urssaf", "cesu")),
    Brand("ensap", ("gouv.fr",), ("ensap",)),
    Brand(
        r"educonnect|parcoursup|eduscol|sofia(?:-fmo)?|chorus(?:-dt)?|arena|eafc|m[a@]gistere"
        r"|santorin|cyclades|imag'?in|tribu|colibris",
        ("gouv.fr", "education.fr", "parcoursup.fr"),
        ("educonnect", "parcoursup", "eduscol", "iprof", "i-prof", "cyclades", "imagin"),
    ),
    Brand(r"booking(?:\.com)?|airbnb", ("booking.com", "airbnb.com", "airbnb.fr")),
    Brand(r"crit'?air", ("gouv.fr",), ("critair", "crit-air")),
    Brand(
        r"la poste|laposte|colissimo|chronopost|suivi colis|digiposte",
        (
            *("laposte.fr", "laposte.net", "laposte.info", "notif-laposte.info", "colissimo.fr"),
            *("notif-colissimo-laposte.info", "chronopost.fr", "digiposte.fr", "pickup.fr"),
        ),
        ("laposte", "colissimo", "chronopost", "digiposte"),
    ),
    Brand(
        r"dpd|mondial relay|gls|fedex|dhl|ups|relais colis",
        (
            *("dpd.fr", "dpd.com", "dpdgroup.com", "mondialrelay.fr", "mondialrelay.com"),
            *("gls-france.com", "gls-group.com", "fedex.com", "dhl.com", "dhl.fr", "ups.com"),
            *("relaiscolis.com", "geopost.com"),
        ),
        ("dpd", "mondialrelay", "mondial-relay", "fedex", "dhl", "relaiscolis"),
    ),
    Brand("netflix", ("netflix.com",), ("netflix",)),
    Brand(
        r"disney ?(?:plus|\+)|canal ?(?:plus|\+)|spotify|deezer|prime video",
        ("disneyplus.com", "canalplus.com", "canal-plus.com", "spotify.com", "deezer.com"),
        ("disneyplus", "canalplus", "spotify"),
    ),
    Brand("paypal", ("paypal.com", "paypal.fr"), ("paypal",)),
    Brand("amazon(?:\\.fr)?", ("amazon.fr", "amazon.com", "amazonses.com"), ("amazon",)),
    Brand(r"apple(?: id)?|icloud", ("apple.com", "icloud.com"), ("appleid", "icloud")),
    Brand(
        r"microsoft|office ?365|onedrive|sharepoint|outlook(?: web(?: app| access)?)?|teams",
        (
            *("microsoft.com", "office.com", "office365.com", "microsoftonline.com", "live.com"),
            *("sharepoint.com", "sharepointonline.com", "outlook.com", "onmicrosoft.com"),
            *(
                "microsoftstoreemail.com",
                "1drv.ms",
                "azure.com",
                "windows.net",
                "cloud.microsoft",
                "office.net",
            ),
        ),
        ("microsoft", "office365", "onedrive", "sharepoint", "outlook", "microsoftonline"),
    ),
    Brand(
        r"google(?: drive| docs| workspace)?|gmail",
        ("google.com", "google.fr", "gmail.com", "youtube.com", "goo.gl", "googleapis.com"),
        ("google", "gmail"),
    ),
    Brand(
        r"facebook|meta(?: business)?|instagram|whatsapp|tiktok|linkedin|snapchat",
        (
            *("facebook.com", "facebookmail.com", "meta.com", "instagram.com", "whatsapp.com"),
            *("tiktok.com", "linkedin.com", "snapchat.com", "fb.com"),
        ),
        ("facebook", "instagram", "whatsapp", "tiktok", "linkedin"),
    ),
    Brand(
        r"leboncoin|vinted",
        ("leboncoin.fr", "leboncoin.com", "vinted.fr", "vinted.com"),
        ("leboncoin", "vinted"),
    ),
    Brand(
        r"docusign|wetransfer|dropbox|adobe(?: sign)?|swisstransfer",
        (
            *("docusign.net", "docusign.com", "wetransfer.com", "dropbox.com", "adobe.com"),
            *("adobesign.com", "dropboxmail.com", "swisstransfer.com"),
        ),
        ("docusign", "wetransfer", "dropbox", "adobe"),
    ),
    Brand(
        r"credit agricole|bnp paribas|societe generale|la banque postale|caisse d'epargne"
        r"|credit mutuel|lcl|bourso(?:rama|bank)|banque populaire|casden|hello bank|fortuneo",
        (
            *("credit-agricole.fr", "ca-norddefrance.fr", "bnpparibas", "bnpparibas.com"),
            *("bnpparibas.net", "societegenerale.fr", "labanquepostale.fr", "caisse-epargne.fr"),
            *("creditmutuel.fr", "lcl.fr", "boursorama.com", "boursorama.fr", "boursobank.com"),
            *(
                "sg.fr",
                "bnpparibas-pf.fr",
                "banquepopulaire.fr",
                "casden.fr",
                "hellobank.fr",
                "fortuneo.fr",
                "socgen.com",
            ),
        ),
        (
            *("credit-agricole", "creditagricole", "bnpparibas", "societegenerale"),
            *("labanquepostale", "caisse-epargne", "creditmutuel", "boursorama", "casden"),
        ),
        ("ca-", "bp-", "cm-", "ce-"),
    ),
    Brand(
        r"mgen|maif|gmf|macif|matmut|mae",
        (
            *("mgen.fr", "groupe-vyv.fr", "maif.fr", "gmf.fr", "macif.fr", "matmut.fr"),
            *("mae.fr", "mgen-pro.fr", "vyv.fr"),
        ),
        ("mgen", "maif", "macif", "matmut"),
    ),
    Brand(
        r"sfr|bouygues telecom|free(?: mobile)?|orange|edf|engie|totalenergies|enedis",
        (
            *("sfr.fr", "sfr.com", "bouyguestelecom.fr", "bouygtel.fr", "free.fr"),
            *("free-mobile.fr", "sosh.fr", "orange-business.com"),
            *("orange.fr", "orange.com", "freetelecom.fr", "freemobile.fr", "edf.fr"),
            *("engie.com", "engie.fr", "totalenergies.com"),
            *("totalenergies.fr", "enedis.fr"),
        ),
    ),
    Brand(
        r"sncf(?: connect)?",
        ("sncf.com", "sncf.fr", "sncf-connect.com", "sncf-voyageurs.com", "oui.sncf", "sncf"),
        ("sncf",),
    ),
    Brand(
        r"coinbase|binance|kraken|ledger|metamask|trezor",
        ("coinbase.com", "binance.com", "kraken.com", "ledger.com", "metamask.io", "trezor.io"),
        ("coinbase", "binance", "metamask"),
    ),
    Brand("zoom", ("zoom.us", "zoom.com"), ("zoom",)),
    Brand(
        r"ticketmaster|fnac|darty|cdiscount|decathlon|carrefour|leclerc|lidl|auchan|boulanger|ikea",
        (
            *("ticketmaster.fr", "ticketmaster.com", "fnac.com", "darty.com", "cdiscount.com"),
            *("decathlon.fr", "decathlon.com", "carrefour.fr", "carrefour.com", "leclerc.fr"),
            *("e.leclerc", "lidl.fr", "auchan.fr", "boulanger.com", "ikea.com"),
        ),
    ),
    Brand("doctolib", ("doctolib.fr", "doctolib.com"), ("doctolib",)),
    Brand(
        r"pronote|index education|ecole ?directe|skolengo|toutatice|neo|pix"
        r"|(?:reseau )?canope(?: reseau)?|onisep|e-?sidoc"
        r"|ent hauts[- ]de[- ]france",
        (
            *("index-education.com", "index-education.net", "index-education.fr", "pronote.net"),
            *("ecoledirecte.com", "aplim.fr", "skolengo.com", "skolengo.net", "kosmos.fr"),
            *("toutatice.fr", "enthdf.fr", "monlycee.net", "lyceeconnecte.fr", "laclasse.com"),
            *("monbureaunumerique.fr", "mon-ent-occitanie.fr", "atrium-sud.fr", "e-lyco.fr"),
            *("l-educdenormandie.fr", "netocentre.fr", "eclat-bfc.fr", "itslearning.com"),
            *("kosmos-education.com", "esidoc.fr", "canope.fr", "parisclassenumerique.fr"),
            *("edifice.io", "pix.fr", "reseau-canope.fr", "onisep.fr"),
        ),
        ("pronote", "ecoledirecte", "skolengo", "toutatice", "enthdf"),
    ),
    Brand(
        r"europol|interpol|gendarmerie(?: nationale)?|police (?:nationale|judiciaire)"
        r"|prefecture(?: de police)?|tribunal(?: judiciaire)?|procureur",
        ("gouv.fr", "europa.eu", "interpol.int", "justice.fr"),
        ("europol", "interpol", "gendarmerie"),
    ),
    Brand(r"ulys|telepeage|sanef|bip ?& ?go", ("ulys.com", "sanef.com", "bipandgo.com")),
)
# Houses whose name nobody borrows much.
_OTHER_HOUSES = (
    *("zoom.us", "doodle.com", "framadate.org", "framalistes.org", "framaforms.org", "renater.fr"),
    *("canva.com", "padlet.com", "kahoot.com", "kahoot.it", "genial.ly", "genially.com"),
    *("quizlet.com", "wooclap.com", "edpuzzle.com", "learningapps.org", "geogebra.org"),
    *("github.com", "gitlab.com", "discord.com", "x.com", "twitter.com", "strava.com"),
    *("helloasso.com", "leetchi.com", "uber.com", "blablacar.fr", "wikipedia.org", "ovh.com"),
    *("ovhcloud.com", "gandi.net", "mozilla.org", "apple.news", "notion.so", "trello.com"),
    *("passculture.app", "parcoursup.fr", "education.fr", "moodle.org", "livestorm.co"),
    *("snes.edu", "fsu.fr", "snuipp.fr", "cfdt.fr", "se-unsa.org", "unsa-education.org"),
    *("snalc.fr", "fo-snfolc.fr", "sudeducation.org", "cgteduc.fr", "opendigitaleducation.com"),
)
# Everyday words and family names as well, believed only as the whole of a sender's name.
WORDY = frozenset(
    [
        *("ups", "teams", "ants", "gls", "mae", "lcl", "caf", "cpf", "outlook", "neo", "pix"),
        *("free", "orange", "zoom", "meta", "leclerc", "boulanger", "carrefour", "ledger"),
        *(
            "kraken",
            "arena",
            "eafc",
            "sofia",
            "chorus",
            "santorin",
            "cyclades",
            "tribu",
            "colibris",
            "ulys",
        ),
    ]
)


@cache
def pattern(brand: Brand) -> re.Pattern[str]:
    """The brand's names as whole words of a folded text."""
    return re.compile(rf"(?<![\w-])(?:{brand.names})(?![\w-])")


@lru_cache(maxsize=2048)
def is_name(text: str) -> bool:
    """Whether a folded text is the name of one of them and nothing more."""
    return any(pattern(brand).fullmatch(text) for brand in BRANDS)


@lru_cache(maxsize=2048)
def is_own(brand: Brand, host: str) -> bool:
    """Whether a host is the brand's, or bears its bare name under an ordinary ending."""
    if any(host == domain or host.endswith("." + domain) for domain in brand.domains):
        return True
    name, _dot, ending = registrable(host).partition(".")
    if brand.initials and name.startswith(brand.initials) and not ground.is_lure(name):
        return ending == "fr"
    if pattern(brand).fullmatch(name.replace("-", " ")) and ending in _USUAL_ENDINGS:
        return True
    own = {domain.partition(".")[0] for domain in brand.domains if domain != "gouv.fr"}
    return name in own and ending in _USUAL_ENDINGS


@lru_cache(maxsize=2048)
def is_known_house(host: str) -> bool:
    """Whether a host belongs to a house that writes to many people in its own name."""
    if any(host == domain or host.endswith("." + domain) for domain in _OTHER_HOUSES):
        return True
    return any(is_own(brand, host) for brand in BRANDS)


@lru_cache(maxsize=2048)
def borrowed(host: str) -> str:
    """The name of somebody else that a host holds as a word: `ameli` in `ameli-assure.example`."""
    own = registrable(host)
    words = set(re.split(r"[.-]", host.removesuffix(own) + own.rpartition(".")[0]))
    for brand in BRANDS:
        for mark in brand.marks:
            if (mark in words or ("-" in mark and mark in host)) and not is_own(brand, host):
                return mark
    return ""
