"""What a document of an edition would say now: the key by which two can be told apart."""

from coproduction.fingerprints import fingerprint
from coproduction.projects.models import Project
from plan.models import Edition, Rendering
from plan.queries.masking import Mask, mask_of


def rendering_key(edition: Edition, mask: Mask) -> str:
    """Return a fingerprint of all that may differ between two renderings of one edition.

    Of quotes that is only which are shown: those that are say what they said at publication.
    """
    project = edition.project
    parts = [
        str(edition.uuid),
        [project.slug, project.name.entries, project.place, project.is_invented],
        [str(correction.uuid) for correction in mask.corrections],
        [str(quote.uuid) for quote in mask.quotes],
    ]
    return fingerprint(parts)


def outdated_renderings(project: Project) -> list[Rendering]:
    """Return the project's finished files, of whatever edition, that would be different now."""
    ready = Rendering.objects.of(project).filter(ready_at__isnull=False, retired_at__isnull=True)
    files = list(ready.select_related("edition__project"))
    editions = {file.edition_id: file.edition for file in files}
    keys = {pk: rendering_key(edition, mask_of(edition)) for pk, edition in editions.items()}
    return [file for file in files if file.key != keys[file.edition_id]]
