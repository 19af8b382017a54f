"""What the ground floor keeps, with Django's and allauth's own: whose it is, why and how long."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduction.kept import Erasure, Kept, KeptFile, Leaves, Whose

_PROJECT = _("What the project says of itself")
_KNOWN_BY = _("So that people know what this is, and whom to ask.")
_TEAM = _("The name and e-mail address of people who work here, and what they do")
_SIGN_IN = _("So that they can sign in, and nobody else.")
_PASSES = _("To whom a link was given that lets them do one thing")
_TRAIL = _("Who changed what and when, without any words")
_NOT_REWRITTEN = _("So that nobody can change the record unseen.")
_LETTERS = _("Letters by e-mail, until they are sent")
_SENT_ONCE = _("So that each letter arrives, once.")
_SIGNED_IN = _("Which browser is signed in, and a form that was not sent yet")
_SIGNED_IN_STILL = _("So that people need not sign in with every page, and lose nothing.")
_MACHINE = _("What the programme needs to run")
_RUNS = _("So that the programme works.")
_TRIES = _("How often somebody tried to sign in or to answer")


def _of_machine(model: str, *open_text: str) -> Kept:
    """Return the entry of rows that the programme needs, and that tell of nobody."""
    return Kept(
        model=model,
        what=_MACHINE,
        whose=Whose.INSTALLATION,
        why=_RUNS,
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
        open=open_text,
    )


def _of_sign_in(
    model: str, *private: str, who: tuple[str, ...], open_text: tuple[str, ...] = ()
) -> Kept:
    """Return the entry of rows by which somebody signs in: they go with the person's account."""
    return Kept(
        model=model,
        what=_TEAM,
        whose=Whose.MEMBER,
        why=_SIGN_IN,
        leaves=Leaves.STAYS,
        erasure=Erasure.DELETED,
        private=private,
        who=who,
        open=open_text,
    )


# Models of what we build on. Those of a part that is not in use here wait for it.
OTHERS: tuple[Kept, ...] = (
    _of_machine("auth.Permission", "name", "codename"),
    _of_machine("auth.Group", "name"),
    _of_machine("auth.Group_permissions"),
    _of_machine("contenttypes.ContentType", "app_label", "model"),
    # Ours is projects.Session; nothing writes to Django's.
    _of_machine("sessions.Session", "session_key", "session_data"),
    _of_sign_in("account.EmailAddress", "email", who=("user",)),
    _of_sign_in("account.EmailConfirmation", "key", who=("email_address",)),
    _of_sign_in("mfa.Authenticator", "data", who=("user",)),
    _of_sign_in(
        "socialaccount.SocialAccount", "uid", "extra_data", who=("user",), open_text=("provider",)
    ),
    _of_sign_in("socialaccount.SocialToken", "token", "token_secret", who=("account",)),
    _of_machine(
        "socialaccount.SocialApp",
        *("provider", "provider_id", "name", "client_id", "secret", "key", "settings"),
    ),
)

KEPT: tuple[Kept | KeptFile, ...] = (
    Kept(
        model="projects.Project",
        what=_PROJECT,
        whose=Whose.PROJECT,
        why=_KNOWN_BY,
        leaves=Leaves.STRIPPED,
        erasure=Erasure.EMPTIED,
        private=("safeguarding_lead",),
        # The address to write to stands on the project's public pages.
        open=("slug", "place", "name", "scope", "languages", "contact_email", "figures_are_public"),
        through="pk",
    ),
    Kept(
        model="projects.Retention",
        what=_PROJECT,
        whose=Whose.PROJECT,
        why=_KNOWN_BY,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        through="project",
    ),
    Kept(
        model="projects.RetentionNotice",
        what=_("What was announced to go, and what went, in numbers"),
        whose=Whose.PROJECT,
        why=_("So that nothing goes unseen."),
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
        who=("put_off_by",),
        open=("months", "counts", "put_off_why"),
        through="project",
    ),
    Kept(
        model="projects.Blueprint",
        what=_("From which other project this one was begun"),
        whose=Whose.PROJECT,
        why=_("So that what was written for another place is read before it is used."),
        # Which other project is on this installation is nobody's to know elsewhere.
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
        open=("origin_place", "groups"),
        through="project",
    ),
    Kept(
        model="projects.TextTemplate",
        what=_("Texts that a new record may begin with"),
        whose=Whose.PROJECT,
        why=_("So that nobody begins with an empty page."),
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("kind", "name", "boxes"),
        through="project",
    ),
    Kept(
        model="projects.Organisation",
        what=_("Which organisations take part"),
        whose=Whose.PROJECT,
        why=_("So that everybody can see who does what."),
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("name",),
        through="project",
    ),
    Kept(
        model="projects.User",
        what=_TEAM,
        whose=Whose.MEMBER,
        why=_SIGN_IN,
        leaves=Leaves.STRIPPED,
        erasure=Erasure.EMPTIED,
        private=("email", "name", "password"),
        who=("closed_by",),
        open=("language",),
    ),
    Kept(
        model="projects.DataComplaint",
        what=_("A complaint about how somebody's data is looked after, and what we answered"),
        whose=Whose.HEARD,
        why=_("So that it is answered, and we can show that it was."),
        leaves=Leaves.STAYS,
        erasure=Erasure.DELETED,
        private=("name", "email", "text", "reply"),
        who=("by",),
        open=("language",),
        through="project",
    ),
    Kept(
        model="projects.Membership",
        what=_TEAM,
        whose=Whose.MEMBER,
        why=_SIGN_IN,
        leaves=Leaves.STRIPPED,
        erasure=Erasure.EMPTIED,
        private=("invited_as",),
        who=("user",),
        through="project",
    ),
    Kept(
        model="projects.Pass",
        what=_PASSES,
        whose=Whose.MEMBER,
        why=_("So that somebody without an account can answer, and the record says who did."),
        leaves=Leaves.WHOLE,
        erasure=Erasure.EMPTIED,
        private=("holder",),
        who=("given_by",),
        open=("scope", "language", "token_digest", "code_digest"),
        through="project",
    ),
    Kept(
        model="projects.AuditHead",
        what=_TRAIL,
        whose=Whose.PROJECT,
        why=_NOT_REWRITTEN,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("digest", "key", "signature", "public_state", "counts_state", "counts_before"),
        through="project",
    ),
    Kept(
        model="projects.TrailHead",
        what=_TRAIL,
        whose=Whose.PROJECT,
        why=_NOT_REWRITTEN,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        open=("digest", "key", "signature"),
        through="project",
    ),
    Kept(
        model="projects.AuditEntry",
        what=_TRAIL,
        whose=Whose.MEMBER,
        why=_NOT_REWRITTEN,
        leaves=Leaves.WHOLE,
        erasure=Erasure.NOTHING,
        who=("by", "given_pass"),
        open=(
            *("verb", "subject_kind", "subject_id", "was", "now", "digests", "digests_salt"),
            *("salt", "previous", "digest", "subject_key"),
        ),
        through="project",
    ),
    Kept(
        model="projects.Letter",
        what=_LETTERS,
        whose=Whose.MEMBER,
        why=_SENT_ONCE,
        period="letters",
        leaves=Leaves.STAYS,
        erasure=Erasure.EMPTIED,
        private=("to", "reply_to", "subject", "text"),
        open=("kind", "message_id", "language"),
        through="project",
    ),
    Kept(
        model="projects.Sending",
        what=_("A fingerprint of each form that was sent"),
        whose=Whose.INSTALLATION,
        why=_("So that what is sent twice is kept once."),
        days=int(settings.SIGNED_IN_DAYS),
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
        open=("content", "subject_kind", "subject_key"),
        through="project",
    ),
    Kept(
        model="projects.Session",
        what=_SIGNED_IN,
        whose=Whose.MEMBER,
        why=_SIGNED_IN_STILL,
        days=int(settings.SIGNED_IN_DAYS),
        leaves=Leaves.STAYS,
        erasure=Erasure.DELETED,
        private=("session_data",),
        who=("user",),
        open=("session_key",),
    ),
    KeptFile(
        where="DATA_DIR/mail",
        what=_LETTERS,
        whose=Whose.MEMBER,
        # Where no mail server is set: on a machine that tries things out.
        why=_("So that letters can be read where none is sent."),
        leaves=Leaves.STAYS,
        erasure=Erasure.DELETED,
    ),
    KeptFile(
        where="DATA_DIR/keys",
        what=_MACHINE,
        whose=Whose.INSTALLATION,
        why=_NOT_REWRITTEN,
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
    ),
    *(
        KeptFile(
            where=f"DATA_DIR/{name}",
            what=_MACHINE,
            whose=Whose.INSTALLATION,
            why=_RUNS,
            leaves=Leaves.STAYS,
            erasure=Erasure.NOTHING,
        )
        for name in ("secret-key", "demo-key")
    ),
    KeptFile(
        where="CACHES/default",
        what=_TRIES,
        whose=Whose.INSTALLATION,
        why=_RUNS,
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
    ),
    KeptFile(
        where="CACHES/pages",
        # Pages as they were drawn, with the words that stand in them.
        what=_("What people told us, in their own words"),
        whose=Whose.HEARD,
        why=_("So that pages open quickly."),
        leaves=Leaves.STAYS,
        erasure=Erasure.DELETED,
    ),
    KeptFile(
        where="table:django_migrations",
        what=_MACHINE,
        whose=Whose.INSTALLATION,
        why=_RUNS,
        leaves=Leaves.STAYS,
        erasure=Erasure.NOTHING,
    ),
)
