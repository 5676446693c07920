"""Changing what the office says of itself on its site."""

from django.db import transaction

from speeches import site
from speeches.models.site import SiteSettings
from speeches.services import outbox


@transaction.atomic
def save_site_settings(*, row: SiteSettings) -> SiteSettings:
    """Check and store the settings of the site, and return them.

    Raises ValidationError for a colour that cannot be read and for an unknown column or block.
    """
    row.pk = 1
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
    outbox.everything_changed()
    transaction.on_commit(site.forget)
    return row
