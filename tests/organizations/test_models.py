from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from organizations.models import (
    Appointment,
    Organization,
    OrganizationAlias,
    Region,
    Speaker,
    SpeakerVariant,
)
from organizations.models.people import sort_key_of

# Bodies


def chain(*names: str) -> list[Organization]:
    """Stored bodies, each below the one before."""
    bodies: list[Organization] = []
    for name in names:
        parent = bodies[-1] if bodies else None
        bodies.append(Organization.objects.create(name=name, parent=parent))
    return bodies


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("steps", "message"),
    [(1, "不能.*自己"), (2, "“青禾市政协”是本单位的下级"), (3, "“白鹭县政协”是本单位的下级")],
)
def test_a_body_cannot_stand_below_itself(steps, message):
    bodies = chain("云岭省政协", "青禾市政协", "白鹭县政协")[:steps]
    bodies[0].parent = bodies[-1]
    with pytest.raises(ValidationError, match=message) as refused:
        bodies[0].full_clean()
    assert "parent" in refused.value.message_dict


@pytest.mark.django_db
def test_the_database_refuses_a_body_as_its_own_parent():
    (body,) = chain("云岭省政协")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=body.pk).update(parent=body.pk)


@pytest.mark.django_db
def test_a_body_may_move_below_another():
    province, city, county = chain("云岭省政协", "青禾市政协", "白鹭县政协")
    county.parent = province
    county.full_clean()
    assert list(county.ancestors()) == [province]
    assert list(city.ancestors()) == [province]
    assert list(province.ancestors()) == []


@pytest.mark.django_db
def test_a_cycle_in_old_data_ends_the_walk():
    first, second = chain("甲", "乙")
    Organization.objects.filter(pk=first.pk).update(parent=second)
    assert [body.name for body in Organization.objects.get(pk=first.pk).ancestors()] == ["乙", "甲"]


@pytest.mark.django_db
def test_a_new_body_is_checked_too():
    (province,) = chain("云岭省政协")
    Organization(name="青禾市政协", parent=province).full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("printed", ["政协青禾市委员会", "青禾市政协", "青禾政协"])
def test_a_body_is_found_once_by_each_of_its_names(printed):
    body = Organization.objects.create(name="政协青禾市委员会", short_name="青禾市政协")
    for alias in ("青禾政协", "青禾市政协"):
        OrganizationAlias.objects.create(organization=body, name=alias)
    Organization.objects.create(name="白鹭县政协")
    assert list(Organization.objects.named(printed)) == [body]
    assert not Organization.objects.named("不存在的单位").exists()


@pytest.mark.django_db
def test_only_public_bodies_have_a_page():
    shown = Organization.objects.create(name="青禾市政协")
    Organization.objects.create(name="内部单位", is_public=False)
    assert list(Organization.objects.public()) == [shown]
    assert shown.get_absolute_url() == reverse("organization", args=[shown.pk])


@pytest.mark.django_db
def test_two_bodies_have_two_names():
    chain("青禾市政协")
    with pytest.raises(ValidationError, match="已存在"):
        Organization(name="青禾市政协").full_clean()


@pytest.mark.django_db
def test_rows_are_named_as_staff_know_them():
    (body,) = chain("青禾市政协")
    speaker = Speaker(name="林清溪")
    assert str(body) == "青禾市政协"
    assert str(OrganizationAlias(name="青禾政协")) == "青禾政协"
    assert str(Region(code="990100", name="青禾市")) == "990100 青禾市"
    assert str(SpeakerVariant(name="林　清溪")) == "林　清溪"
    appointment = Appointment(speaker=speaker, organization=body, post_title="主席")
    assert str(appointment) == "林清溪 · 青禾市政协主席"


# Regions


@pytest.mark.django_db
def test_a_region_code_has_six_digits():
    Region(code="990100", name="青禾市").full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["99010", "9901000", "99010a", "９９０１００", "990100\n", ""])
def test_another_code_is_refused(code):
    with pytest.raises(ValidationError) as refused:
        Region(code=code, name="青禾市").full_clean()
    assert list(refused.value.message_dict) == ["code"]


@pytest.mark.django_db
def test_a_retired_code_may_be_used_again_from_another_day():
    Region.objects.create(code="990100", name="旧市", valid_from=date(1990, 1, 1))
    Region(code="990100", name="新市", valid_from=date(2010, 1, 1)).full_clean()
    with pytest.raises(ValidationError, match="代码"):
        Region(code="990100", name="又一市", valid_from=date(1990, 1, 1)).full_clean()


@pytest.mark.django_db
def test_a_region_does_not_end_before_it_starts():
    region = Region(
        code="990100", name="青禾市", valid_from=date(2010, 1, 1), valid_to=date(2009, 1, 1)
    )
    with pytest.raises(ValidationError):
        region.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        region.save()


# People


@pytest.mark.django_db
def test_homonyms_are_two_people_told_apart_by_a_note():
    first = Speaker.objects.create(name="林清溪")
    with pytest.raises(ValidationError, match="已有同名发言人"):
        Speaker(name="林清溪").full_clean(exclude=["sort_key"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Speaker.objects.create(name="林清溪")
    second = Speaker.objects.create(name="林清溪", note="青禾市")
    assert set(Speaker.objects.named("林清溪")) == {first, second}
    assert [str(first), str(second)] == ["林清溪", "林清溪（青禾市）"]
    assert first.get_absolute_url() != second.get_absolute_url()


@pytest.mark.django_db
def test_a_person_is_found_by_a_printed_variant():
    speaker = Speaker.objects.create(name="胡革")
    for name in ("胡　革", "胡革"):
        SpeakerVariant.objects.create(speaker=speaker, name=name)
    assert list(Speaker.objects.named("胡　革")) == [speaker]
    assert list(Speaker.objects.named("胡革")) == [speaker]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("文克", "wen2 ke4"),
        ("曾庆禾", "zeng1 qing4 he2"),
        ("单清", "shan4 qing1"),
        ("仇禾", "qiu2 he2"),
        ("解清", "xie4 qing1"),
        ("区禾", "ou1 he2"),
        ("查清", "zha1 qing1"),
        ("朴禾", "piao2 he2"),
        ("任禾", "ren2 he2"),
        ("单于禾", "chan2 yu2 he2"),
        ("尉迟禾", "yu4 chi2 he2"),
        ("禾曾", "he2 ceng2"),
        ("曾·禾", "ceng2 he2"),
        ("胡　革", "hu2 ge2"),
        ("阿布拉·云", "a1 bu4 la1 yun2"),
        ("John Smith", "john smith"),
        ("", ""),
    ],
)
def test_names_sort_by_pinyin_with_the_reading_of_a_surname(name, key):
    assert sort_key_of(name) == key


def test_a_sorting_key_fits_its_column():
    assert len(sort_key_of("双" * 60)) <= Speaker._meta.get_field("sort_key").max_length


@pytest.mark.django_db
def test_people_are_listed_by_pinyin_and_tone():
    for name in ("曾禾", "白禾", "林禾", "李禾", "里禾"):
        Speaker.objects.create(name=name)
    names = list(Speaker.objects.values_list("name", flat=True))
    assert names == ["白禾", "李禾", "里禾", "林禾", "曾禾"]


@pytest.mark.django_db
def test_the_sorting_key_follows_a_changed_name():
    speaker = Speaker.objects.create(name="林禾")
    speaker.name = "曾禾"
    speaker.save()
    assert Speaker.objects.get().sort_key == "zeng1 he2"


@pytest.mark.django_db
def test_the_sorting_key_follows_when_only_the_name_is_saved():
    speaker = Speaker.objects.create(name="林禾")
    speaker.name = "曾禾"
    speaker.save(update_fields=["name"])
    assert Speaker.objects.get().sort_key == "zeng1 he2"


# Appointments


days = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 12))


@pytest.fixture
def held(db):
    """Make the only stored appointment one of the given dates."""
    body = Organization.objects.create(name="青禾市政协")
    speaker = Speaker.objects.create(name="林清溪")

    def hold(start: date | None, end: date | None) -> Appointment:
        Appointment.objects.all().delete()
        return Appointment.objects.create(
            speaker=speaker, organization=body, post_title="主席", start_date=start, end_date=end
        )

    return hold


def test_the_days_on_which_a_post_is_held_agree_with_the_query(held):
    @hypothesis_settings(max_examples=60, deadline=None)
    @given(days, days, st.dates(date(2019, 12, 30), date(2020, 1, 14)))
    def check(start: date | None, end: date | None, day: date) -> None:
        if start and end and end < start:
            start, end = end, start
        appointment = held(start, end)
        expected = (start or date.min) <= day <= (end or date.max)
        assert appointment.is_current(on=day) is expected
        assert Appointment.objects.current(on=day).exists() is expected

    check()


@pytest.mark.parametrize(
    ("start", "end", "current"), [(0, 0, True), (1, None, False), (None, -1, False)]
)
def test_without_a_day_today_counts(held, start, end, current):
    def day(offset: int | None) -> date | None:
        return None if offset is None else timezone.localdate() + timedelta(days=offset)

    appointment = held(day(start), day(end))
    assert appointment.is_current() is current
    assert Appointment.objects.current().exists() is current


def test_a_post_does_not_end_before_it_starts(held):
    with pytest.raises(IntegrityError), transaction.atomic():
        held(date(2020, 1, 2), date(2020, 1, 1))
    body, speaker = Organization.objects.get(), Speaker.objects.get()
    appointment = Appointment(
        speaker=speaker,
        organization=body,
        post_title="主席",
        start_date=date(2020, 1, 2),
        end_date=date(2020, 1, 1),
    )
    with pytest.raises(ValidationError):
        appointment.full_clean()


def test_the_latest_post_comes_first_and_undated_ones_last(held):
    first = held(date(2010, 1, 1), None)
    common = {"speaker": first.speaker, "organization": first.organization}
    undated = Appointment.objects.create(post_title="委员", **common)
    latest = Appointment.objects.create(post_title="副主席", start_date=date(2020, 1, 1), **common)
    assert list(Appointment.objects.all()) == [latest, first, undated]
