"""What the public site is made from, told in a few numbers that change with every change."""

from django.db.models import Count, Max

from organizations.models import Organization, Speaker
from speeches.models.editions import MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.models.site import SiteSettings


def public_basis() -> dict[str, list[int]]:
    """Return numbers that differ whenever an edition was published or closed since.

    Editions are only added and closed, so their count and the count of the closed ones tell it
    all, whatever the clocks say and however long a transaction took. For bodies, people and
    the settings of the site the last entry of their history counts.
    """
    basis = {
        model._meta.model_name: list(
            model.objects.aggregate(all=Count("pk"), closed=Count("closed_at")).values()
        )
        for model in (MeetingEdition, SpeechEdition, WorkItemEdition)
    }
    for model in (Organization, Speaker, SiteSettings):
        last = model.history.model.objects.aggregate(last=Max("history_id"))["last"]
        basis[model._meta.model_name] = [last or 0]
    return basis
