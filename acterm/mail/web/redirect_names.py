"""Hosts that lead on without saying where to: click counters of mailing services, shorteners."""

COUNTERS = frozenset(
    [
        # Mailchimp, SendGrid, Brevo, Mailjet, Sarbacane, HubSpot, Mailgun
        *("list-manage.com", "mailchimpapp.com", "mandrillapp.com", "ct.sendgrid.net"),
        *("sendgrid.net", "sendibm1.com", "sendibm2.com", "sendibm3.com", "sendibt1.com"),
        *("sendibt2.com", "sendibt3.com", "r.mailin.fr", "sibmail.com", "brevo.net", "mjt.lu"),
        *("brevosend.com", "sp1-brevo.net", "sbc08.com", "sbc09.com", "sarbacane.com"),
        *("mailjet.com", "hubspotlinks.com", "hubspotemail.net", "hs-sales-engage.com"),
        # the others that French senders use
        *("emsecure.net", "slgnt.eu", "actito.be", "actito.com", "dolist.net", "np6.com"),
        *("cabestan.com", "splio.com", "s3s-main.net", "s4s-main.net", "emv2.com", "emv3.com"),
        *("mailpro.com", "ediware.net", "ncsend.com", "mlsend.com", "mailersend.net"),
        *("acemlna.com", "acemlnb.com", "acemlnc.com", "emlnk.com", "activehosted.com"),
        # and elsewhere
        *("rs6.net", "constantcontact.com", "cmail19.com", "cmail20.com", "createsend1.com"),
        *("createsend.com", "klclick.com", "klclick1.com", "klclick3.com", "exct.net"),
        *("en25.com", "exacttarget.com", "customeriomail.com", "awstrack.me", "sailthru.com"),
        *("mkt7954.com", "mktoweb.com", "mailerlite.com", "mail.beehiiv.com"),
        *("getresponse.com", "gr8.com", "convertkit-mail.com", "convertkit-mail2.com"),
        *("sparkpostmail.com", "mimecast.com", "mimecastprotect.com", "emailprotection.link"),
        "vadesecure.com",
    ]
)

SHORTENERS = frozenset(
    [
        *("bit.ly", "bitly.com", "j.mp", "tinyurl.com", "goo.gl", "t.co", "ow.ly", "is.gd"),
        *("v.gd", "buff.ly", "rebrand.ly", "cutt.ly", "rb.gy", "shorturl.at", "tiny.cc", "t.ly"),
        *("urlz.fr", "lc.cx", "urlr.me", "huit.re", "frama.link", "link.infini.fr", "s.42l.fr"),
        *("lnkd.in", "fb.me", "wp.me", "amzn.to", "amzn.eu", "dlvr.it", "trib.al", "short.io"),
        *("shorturl.gg", "shrtco.de", "surl.li", "u.to", "bl.ink", "soo.gd", "clck.ru", "qr.ae"),
        *(
            "qrco.de",
            "me-qr.com",
            "tinylink.in",
            "x.gd",
            "n9.cl",
            "acortar.link",
            "tr.im",
            "1url.com",
        ),
    ]
)
