"""How swindlers write when they are after money, in folded French and English."""

import re

_NEAR = r"[^.!?]{0,80}?"
_CARDS = (
    r"(?:cartes? (?:cadeaux?|prepayees?|pcs|google play|itunes|apple|steam|amazon)"
    r"|cheques? cadeaux?"
    r"|gift ?cards?|coupons? (?:pcs|recharge|transcash|neosurf)|transcash|neosurf|recharges? pcs)"
)
_BUY = (
    r"(?:achet\w+|achat\w*|procur\w+|purchas\w+|buy|get|pick up|envo[yi]\w+|prendre|acquerir"
    r"|trouver|besoin de|need|prend\w*|fourni\w+|depann\w+)"
)
GIFT_CARDS = re.compile(rf"\b{_BUY}\b{_NEAR}\b{_CARDS}|\b{_CARDS}\b{_NEAR}\b{_BUY}\b")
PREPAID = re.compile(
    rf"\b{_BUY}\b{_NEAR}\b(?:cartes? (?:prepayees?|pcs|google play|itunes|apple|steam)"
    rf"|(?:coupons?|recharges?|cartes?)"
    r" (?:pcs|transcash|neosurf)|transcash|neosurf|(?:google play|itunes|steam"
    r"|apple) (?:gift )?cards?)"
)
REFUND_DUE = re.compile(
    r"\b(?:droit a|eligible a|admissible a|beneficiez d)[^.!?]{0,60}\b(?:rembours\w+|aide|prime"
    r"|indemnite|bonus|cheque)\b"
    r"|\brembours\w+[^.!?]{0,60}\b(?:en attente|vous attend|vous est du|a reclamer)"
)
DISPUTED = re.compile(
    r"\b(?:pas a l'origine|n'avez pas (?:passe|effectue|autorise)|did(?: not|n't) (?:make"
    r"|authori[sz]e|place))\b"
)
CANCEL = re.compile(r"\b(?:annul\w+|cancel\w*|contest(?:er|ez)|dispute)\b")
PAYMENT = re.compile(
    r"\b(?:virement|beneficiaire|achat|commande|paiement|prelevement|transaction|payment|purchase"
    r"|order)\b"
)
GIFT_DUE = re.compile(
    r"\b(?:recevez|reclamez|obtenez|claim|get your)\b[^.!?]{0,60}\b(?:cheques? cadeaux?"
    r"|cartes? cadeaux?|gift|voucher"
    r"|bon d'achat|prime|cadeau)\b"
)
PAY_BY_COIN = re.compile(r"\b(?:regl(?:er|ez)|pay(?:er|ez)|vers(?:er|ez)|send|transfer)\b")
WALLET = re.compile(r"\b(?:bc1[a-z0-9]{20,80}|[13][a-z0-9]{25,34})\b")
LEND_SUM = re.compile(
    r"\b(?:(?:me |m'|nous )(?:preter|avancer|envoyer|depanner|virer)|(?:prete|avance|envoie|pretez"
    r"|avancez|envoyez)[- ](?:moi|nous)|besoin de|(?:lend|send) me)\b"
    r"[^.!?]{0,40}\d ?(?:€|euros?|\$|£|dollars?)"
)
IN_TROUBLE = re.compile(
    r"\b(?:perdu|vole\w*|bloque\w*|coince\w*|accident|hopital|hospital|stuck|stranded|lost|stolen"
    r"|a l'etranger|abroad|embarras|urgence)\b"
)
PASSIVE = re.compile(r"\b(?:revenus? passifs?|passive income|robots? (?:de )?trading)\b")
LEND_ME = re.compile(r"\b(?:je (?:te|vous) rembours\w+|pay you back)\b")
TO_ACCOUNT = re.compile(r"\b(?:iban|rib|sur ce compte|virement)\b")
SMALL_COST = re.compile(r"\b(?:frais|livraison|shipping|fees?)\b")
VIRUS = re.compile(r"\b(?:virus|infecte\w*|infected|cheval de troie|trojan|malware)\b")
WIRE = re.compile(
    r"\b(?:(?:effectuer|faire|proceder|execut\w+|make|process)\b[^.!?]{0,30}\b(?:virement"
    r"|paiement|wire|payment)|virement urgent)"
)
LOAN = re.compile(
    r"\b(?:offr\w+|accord\w+|octroi\w*|propos\w+)\b[^.!?]{0,40}\b(?:prets?|credits?|financements?)\b"
    r"|\b(?:offre de prets?|prets? (?:entre particuliers|d'argent)|loan offer)\b"
)
SECRETLY = re.compile(
    r"\b(?:discr\w+|confidenti\w+|urgent\w*|rembours\w+|reimburse\w*|codes?|photos?"
    r"|gratt\w+"
    r"|scratch\w*|vite|rapidement|quickly|reunion|meeting|en personne)\b"
)
_FOR_SOMETHING = (
    r"(?! (?:pour (?!moi|me rendre|m'aider|un service|une tache)|le |lundi|mardi|mercredi"
    r"|jeudi|vendredi|samedi|dimanche|demain|ce |cette |cet |la semaine|a partir|apres "
    r"|avant |a \d|en |par |vers |entre |aux |on |next |for |after ))"
)
ARE_YOU_THERE = re.compile(
    r"\b(?:(?:etes|es)[- ](?:vous|tu)[^.!?]{0,20}(?:disponibles?|la|libres?|occupee?|joignable"
    r"|devant)"
    rf"{_FOR_SOMETHING}|(?:vous etes|tu es|t'es) (?:disponible|dispo|libre|la){_FOR_SOMETHING}"
    rf"|are you (?:available|free|there|at your desk|busy|around){_FOR_SOMETHING}"
    r"|(?:avez-vous|vous avez|tu as|as-tu|t'as|do you have) (?:un moment|un instant|une minute"
    r"|(?:quelques|deux|cinq|a few) (?:minutes|instants)|a (?:minute|moment))"
    rf"{_FOR_SOMETHING})\b"
)
SMALL_FAVOUR = re.compile(
    r"\b(?:ne peux pas (?:parler|appeler|telephoner|prendre)|pas (?:d'appels?"
    r"|joignable par telephone)"
    r"|can'?t (?:talk|call)|repond\w+ (?:moi )?(?:par|a ce|ici|des que)|whatsapp|discret\w*"
    r"|(?:votre|ton) numero(?: de)? (?:portable|whatsapp|telephone|mobile)|confidentiel\w*"
    r"|en reunion|in a meeting|personal cell|cell ?phone number|email me back"
    r"|wire transfer|virement (?:urgent|rapide|bancaire)\b|process (?:a|the) payment"
    r"|(?:rapide|urgente?|discrete?|confidentiel\w*|quick|small|urgent) (?:service|tache|faveur"
    r"|favou?r|task|mission)"
    r"|(?:service|tache|faveur|task|mission|favou?r)[^.!?]{0,30}\b(?:rapid\w+|urgen\w+|vite"
    r"|maintenant|tout de suite|now|quickly))"
)
ENTRUST = re.compile(
    r"\b(?:service|tache|mission|faveur|task|favou?r|assignment)\b[^.!?]{0,40}\b(?:confi\w+"
    r"|rendre|for you"
    r"|rapid\w+|urgen\w+|quick\w*)"
)
PRIVATE_LINE = re.compile(
    r"\b(?:whatsapp|numero (?:de )?(?:portable|telephone|mobile)|cell ?phone|phone number"
    r"|par mail uniquement)\b"
)
STRANDED = re.compile(
    r"\b(?:western union|moneygram|mandat cash|pcs mastercard|(?:bloquee?|coincee?|stuck"
    r"|stranded) (?:a l'etranger|abroad|in|au|en)"
    r"|vole (?:mes|mon|tous mes) (?:papiers|sac|passeport|affaires))\b"
)
LEND = re.compile(
    r"\b(?:envo[yi]\w+|pret\w+|avanc\w+|send|lend|wire|rembours\w+|pay (?:you )?back)\b"
)
CALL_TO_CANCEL = re.compile(
    r"\b(?:call|r?appelez|composez|contactez|phone|telephonez)\b[^!?]{0,80}?\+?\d[\d .()-]{8,20}"
)
CHARGED = re.compile(
    r"\b(?:if you did(?: not|n't)|si vous n'(?:avez|etes) pas|not you|to cancel|pour (?:l')?annuler"
    r"|was (?:renewed|charged)|a ete (?:debite|preleve|renouvele)\w*|you sent a payment"
    r"|automatically renew\w*)"
)
BOUGHT = re.compile(
    r"\b(?:commandes?|abonnement|achat|prelevement|order|subscription|renew\w*|invoice|payment"
    r"|purchase|charged?|paid)\b"
)
SAVINGS = re.compile(
    r"\b(?:plac\w+|invest\w+|trading|crypto\w*|bitcoins?|epargne|capital|rendement|profits?"
    r"|gagnez)\b"
)
FAST_GAIN = re.compile(
    r"\d ?% (?:par|per|a) (?:jour|semaine|mois|day|week|month)|\bdoubl\w+ (?:vos?|votre|your)\b"
    r"|\bgaranti\w* \d|\bguaranteed (?:profit|return)"
)
WORK_AT_HOME = re.compile(
    r"\b(?:travail\w*|a distance|emploi|job|work|poste|recrut\w+|mission"
    r"|revenus? complementaires?)\b"
)
WAGE = re.compile(
    r"(?:€|euros?|eur|\$|dollars?|£) ?(?:par|per|chaque|every|/|a|an|de l') ?"
    r"(?:jour|heure|semaine|day|hour|week)"
)
EASY = re.compile(
    r"\b(?:whatsapp|telegram|sans (?:experience|diplome)|no experience|from home"
    r"|(?:travail\w*|job|emploi|pli) (?:a domicile|facile|simple)|easy)\b"
)
GIVEN_AWAY = re.compile(
    r"\b(?:(?:fais|faire|faisons) (?:un )?don|en don|(?:je|nous) (?:donn\w+|offr\w+)"
    r"(?! (?:les? |la )?(?:frais|livraison|transport|port))"
    r"|(?:souhait\w+|voudr\w+|veux) (?:donner|offrir)"
    r"|giv(?:e|ing) (?:it )?away)\b"
)
AT_YOUR_COST = re.compile(r"\b(?:frais|a votre charge|pay(?:er|ez)|regler|fees?|costs?|cout)\b")
CARRIAGE = re.compile(
    r"\b(?:transport\w*|livraison|deplacement|expedition|shipping|moving (?:company|fee))\b"
)
LONELY = re.compile(
    r"\b(?:(?:serious|single|lonely|kind|honest) (?:man|men|woman|lady|girl|person)"
    r"|relation serieuse|serious relation\w*|ame soeur|soul ?mate|cherche (?:un )?homme"
    r"|femme (?:seule|celibataire)"
    r"|true love|grand amour)\b"
)
WRITE_ME = re.compile(r"\b(?:write|ecri\w+|repond\w+|reply|contact\w*|answer)\b")
ANSWER_ME = re.compile(r"\b(?:repond\w*[- ](?:moi|vite|rapidement)|get back to me|reply asap)\b")
NO_DAY = re.compile(
    r"^(?!.*\b(?:demain|soir|midi|matin|semaine|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|tomorrow|today|tonight|\d))"
)
FAVOUR_ASKED = re.compile(
    r"\b(?:demander|rendre|besoin d'|ask|do|need)\b[^.!?]{0,20}"
    r"\b(?:un (?:petit )?service|favou?r)\b"
)
IN_PRIVATE = re.compile(
    r"\b(?:en prive|prive|discre\w+|confidenti\w+|in private|privately|par mail)\b"
)
TO_PAY = re.compile(
    r"\b(?:merci|veuillez|priere|please|pri[eo]\w*|dev(?:ez|ra|rez)|kindly)\b[^.!?]{0,60}"
    r"\b(?:virements?|reglements?|paiements?|payments?|vers(?:er|ez|ements?)|acompte|solde|factures?"
    r"|invoices?|transfers?)\b"
)
INVEST = re.compile(
    r"\b(?:plac\w+|invest\w+|trading|crypto\w*|bitcoins?)\b[^!?]{0,120}?\b(?:gagn\w+|rendement"
    r"|revenus?|profits?|earn\w*)\b"
    r"[^!?]{0,60}?\b(?:par (?:mois|jour|semaine)|garanti\w*|a (?:day|week|month)|guaranteed"
    r"|sans risque)\b"
)
_CHANGED = (
    r"(?:nouveau|nouvel|nouvelles?|chang\w+|modifi\w+|actualis\w+|updat\w+|new|mettre a jour"
    r"|mises? a jour)"
)
_NUMBER = (
    r"(?:rib|iban|coordonnees bancaires|compte bancaire|domiciliation|bank (?:account|details)"
    r"|direct deposit)"
)
GIVE_ACCOUNT = re.compile(
    r"\b(?:communiqu\w+|envo[yi]\w+|transmet\w+|fourni\w+|retourn\w+|renvo[yi]\w+|send|provide)\b"
    rf"[^.!?]{{0,40}}\b(?:votre|vos|ton|tes|your)\b[^.!?]{{0,20}}\b{_NUMBER}\b"
)
ACCOUNT_NUMBER = re.compile(
    rf"\bto (?:the|our) (?:new|following) account\b"
    rf"|\b{_CHANGED}\b{_NEAR}\b{_NUMBER}\b|\b{_NUMBER}\b(?:(?! pas )[^.!?]){{0,30}}\b{_CHANGED}\b"
)
WAGES = re.compile(
    r"\b(?:salaire|paie|paye|virement|traitement|remuneration|payroll|salary|facture|reglement"
    r"|invoice|fournisseur)\b"
)
PAY_SLIP = re.compile(r"\b(?:salaire|paie|paye|traitement|remuneration|payroll|salary)\b")
EXTORTION = re.compile(
    r"\b(?:bitcoins?|btc|crypto\w*|portefeuille numerique|usdt|monero|bc1[a-z0-9]{20,}|wallet)\b"
)
SPIED = re.compile(
    r"\b(?:pirat\w+|hack\w*|full access|acces complet|access to your|webcam|camera|enregistre\w*"
    r"|intimes?|recorded|malware|trojan"
    r"|cheval de troie"
    r"|logiciel espion|sites? pour adultes|adult (?:sites?|videos?)|masturb\w+|pornograph\w+"
    r"|compromettant\w*)\b"
)
POLICE = re.compile(
    r"\b(?:europol|interpol|brigade (?:de protection des mineurs|des mineurs)|police judiciaire"
    r"|cyber-?(?:pornographie|infiltration|criminalite)|pedo-?(?:pornographi\w+|phili\w+)"
    r"|exhibitionnisme)\b"
)
ACCUSED = re.compile(
    r"\b(?:poursuites?|convo(?:cation|quer|que)|procureur|mandat d'arret|infractions?"
    r"|justifications?|delits?|plainte)\b"
)
_FEE = (
    r"(?:frais|taxes?|droits? de douane|douanes?|affranchissement|amendes?|contraventions?"
    r"|montant|solde|impaye\w*"
    r"|fees?|fine|customs|forfait|peages?|facture)"
)
_PAY = (
    r"(?:regl(?:er|ez|ement)|pay(?:er|ez|ement)|paiement|acquitt\w+|regularis\w+|pay|verser"
    r"|versez|settle|du(?:e|s)?"
    r"|majoration|majoree?)"
)
FEES = re.compile(rf"\b{_FEE}\b{_NEAR}\b{_PAY}\b|\b{_PAY}\b{_NEAR}\b{_FEE}\b")
WAITING = re.compile(
    r"\b(?:colis|livraison|paquet|package|parcel|delivery|shipment|amendes?|contravention"
    r"|infraction|stationnement"
    r"|peage|vignette|certificat qualite|douanes?|customs)\b"
)
_BACK = (
    r"(?:rembours\w+|trop-?percu|credit d'impot|refund|indemni\w+|prime|aide exceptionnelle|bonus"
    r"|cheque energie|droits (?:cpf|a la formation))"
)
PARCEL = re.compile(
    r"\b(?:colis|livraison|paquet|parcel|package"
    r"|delivery)\b[^!?]{0,120}?\b(?:adresse (?:\w+ )?(?:incomplete"
    r"|incorrecte|erronee)|bloquee?|retenue?|echec|reprogramm\w+|replanifi\w+|redelivery"
    r"|undeliver\w+"
    r"|could not be delivered|n'a pas pu|action (?:requise|necessaire|required)"
    r"|incomplete address)\b"
)
MONEY_BACK = re.compile(rf"\b(?:{_BACK}|excedent|dedommagement|virement)\b")
CLAIM = re.compile(
    r"\b(?:reclam\w+|recuper\w+|percevoir|beneficier|claim|coordonnees bancaires|carte bancaire"
    r"|rib|iban|formulaire"
    r"|cliqu\w+|activ(?:er|ez)|verif\w+|confirm\w+|complet(?:er|ez)|obten\w+|demand(?:er|ez)|toucher)\b"
)
SUM = re.compile(
    r"\d[\d .,]{0,20}(?:[km]?€|eur\b|euros?\b|usd\b|\$|£|dollars?\b|millions?\b)|[€$£] ?\d"
)
PUBLIC_NAME = re.compile(
    r"\b(?:impots?|dgfip|tresor public|ameli|assurance maladie|cpam|caf|carte vitale|cpf"
    r"|mon ?compte ?formation"
    r"|finances publiques|cheque energie|aide exceptionnelle|prime exceptionnelle|antai|tax|hmrc"
    r"|edf|gouvernement|ministere)\b"
)
FORTUNE = (
    re.compile(
        r"\b(?:heritage|heriti\w+|inherit\w*|succession|loter\w+|lotter\w+|donation|don de|legs"
        r"|legu\w+"
        r"|next of kin|jackpot|tirage au sort"
        r"|compensation|lucrative|approved for|fonds|funds?|beneficiar\w*|business proposal"
        r"|proposition d'affaires?|\d{2} ?% of"
        r"|beneficiaire|cancer en phase|gagnante?|winner"
        r"|compensation fund)\b"
    ),
    re.compile(r"\b(?:million\w*|[0-9][0-9., ]{5,20}|euros?|dollars?|usd)\b|\d ?[km]€"),
    re.compile(
        r"\b(?:confiden\w+|contact\w*|repond\w+|reply|avocat|notaire|barrister|banqu\w+|bank\w*"
        r"|transfer\w*|coordonnees|claim|percentage|discret\w+|partage\w*"
        r"|veuve|widow|mourant\w*)\b"
    ),
)
PRIZE = re.compile(
    r"\b(?:(?:avez|as) (?:gagne|ete (?:selectionne|tire|choisi)\w*)|you(?:'ve| have)? (?:won"
    r"|been selected)|votre (?:cadeau|gain|lot|recompense)"
    r"|felicitations|congratulations)\b"
)
WON = re.compile(r"\b(?:vous etes (?:\w+[ ']){0,3}gagnant|the winner|avez gagne|have won|you won)")
TAKE_PART = re.compile(r"\b(?:repondez|particip\w+|recevez|reclam\w+|claim|survey|sondage)\b")
FRAUD = re.compile(r"\b(?:fraud\w*|suspect\w*|inhabituel\w*|unusual|non autorise\w*)\b")
PRIZES = re.compile(
    r"\b(?:iphone|samsung galaxy|ipad|smart ?tv|carte cadeau|gift card|voucher|bon d'achat"
    r"|airpods|perceuse|air ?fryer|aspirateur|playstation)\b"
)
