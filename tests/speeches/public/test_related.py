"""What else there is to read, and posts and figures over time."""

from datetime import date

import pytest

from organizations.models import Appointment
from speeches.enums import FigureBound
from speeches.models import Indicator, SpeechSpeaker
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    draft = build.meeting()
    build.published(draft)
    return draft


def published_speech(of, title, **fields):
    draft = build.speech(of, title=title, **fields)
    build.published(draft)
    return draft


def test_what_shares_most_stands_first_and_strangers_stay_away(page, of):
    place = build.body()
    main = published_speech(of, "主", tags=("民生", "提案"), organization=place)
    published_speech(of, "只同单位的发言", organization=place)
    published_speech(of, "同两个主题的发言", tags=("民生", "提案"))
    published_speech(of, "同一个主题的发言", tags=("民生",))
    published_speech(of, "毫不相干的发言", tags=("教育",))
    text = page("speech", main.pk).partition('id="related-title"')[2]
    places = [
        text.find(f">{title}<")
        for title in ("同两个主题的发言", "同一个主题的发言", "只同单位的发言")
    ]
    assert -1 not in places
    assert places == sorted(places)
    assert ">毫不相干的发言<" not in text


def test_a_speech_with_the_same_indicator_is_related_and_its_work_too(page, of):
    measure = {"indicator": Indicator.objects.create(name="提案办理", unit="件")}
    pieces = []
    for title in ("甲", "乙"):
        draft = published_speech(of, f"{title}的发言")
        figures = ({**build.EXACT_FIGURE, **measure},)
        build.published(build.work(title=f"{title}的工作", speech=draft, figures=figures))
        pieces.append(draft)
    text = page("speech", pieces[0].pk)
    own, _title, related = text.partition('id="related-title"')
    assert "甲的工作" in own
    assert "乙的发言" in related
    assert "乙的工作" in related
    build.withdrawn(pieces[1])
    assert "乙的发言" not in page("speech", pieces[0].pk).partition('id="related-title"')[2]


def test_neighbours_follow_the_order_of_the_meeting(page, of):
    drafts = [published_speech(of, f"第{n}篇", position=n // 2) for n in range(4)]
    text = page("speech", drafts[1].pk)
    assert f'rel="prev" href="/speeches/{drafts[0].pk}/"' in text
    assert f'rel="next" href="/speeches/{drafts[2].pk}/"' in text
    assert 'rel="prev"' not in page("speech", drafts[0].pk)
    assert 'rel="next"' not in page("speech", drafts[3].pk)


def held(of, person, place, posts, *, start=None, end=None, **fields):
    draft = build.speech(of, organization=place, posts_printed=posts, **fields)
    post = Appointment.objects.create(
        speaker=person, organization=place, post_title=posts[0], start_date=start, end_date=end
    )
    SpeechSpeaker.objects.create(speech=draft, speaker=person, appointment=post)
    build.published(draft)
    return draft


def test_posts_stand_as_they_were_with_the_latest_first(page, of):
    person, place = build.person(), build.body()
    held(of, person, place, ["副主席"], start=date(2017, 3, 1), end=date(2022, 2, 1))
    held(of, person, place, ["党组书记", "主席"], start=date(2022, 2, 2))
    for name, key in (("speaker", person.pk), ("organization", place.pk)):
        text = page(name, key)
        line = text.partition('class="timeline"')[2]
        assert line.find("党组书记、主席") < line.find("副主席")
        assert '<time datetime="2017-03-01">' in line
        assert '<time datetime="2022-02-01">' in line


def test_a_post_without_dates_has_the_years_of_the_meetings(page, of):
    person, place = build.person(), build.body()
    draft = build.speech(of, organization=place, speakers=(person,), posts_printed=["主任"])
    build.published(draft)
    assert "2024年" in page("speaker", person.pk).partition('class="timeline-time">')[2][:20]


def test_posts_that_no_public_speech_names_are_not_shown(page, of):
    person, place = build.person(), build.body()
    draft = held(of, person, place, ["主席"])
    Appointment.objects.create(speaker=person, organization=place, post_title="从未公开的职务")
    assert "从未公开的职务" not in page("speaker", person.pk) + page("organization", place.pk)
    published_speech(of, "另一篇", organization=place)
    build.withdrawn(draft)
    assert "主席" not in page("organization", place.pk).partition('class="timeline"')[2]


def test_figures_of_a_body_stand_year_by_year_and_are_never_added_up(page, of):
    place = build.body()
    measure = Indicator.objects.create(name="提案办理", unit="件")
    speech = published_speech(of, "来源", organization=place)
    more = {"printed": "30余件", "low": 30, "high": 40, "bound": FigureBound.RANGE}
    for year, changed in ((2022, {}), (2023, more)):
        figure = {**build.EXACT_FIGURE, **changed, "indicator": measure}
        draft = build.work(
            organization=place, year=year, speech=speech, paragraph="p3", figures=(figure,)
        )
        build.published(draft)
    table = (
        page("organization", place.pk).partition('id="series-title"')[2].partition("</table>")[0]
    )
    assert table.find("2023") < table.find("2022")
    assert table.count("<svg") == 2
    assert table.count(f'href="/speeches/{speech.pk}/#p3"') == 2
    assert f'href="/work/compare/{measure.pk}/"' in table
    assert "49" not in table


def test_work_is_narrowed_to_an_indicator(page):
    measure = Indicator.objects.create(name="提案办理", unit="件")
    build.published(
        build.work(title="量过的工作", figures=({**build.EXACT_FIGURE, "indicator": measure},))
    )
    build.published(build.work(title="没有量过的工作"))
    assert "没有量过的工作" in page("work_items")
    text = page("work_items", query=f"?indicator={measure.pk}")
    assert ">量过的工作<" in text
    assert "没有量过的工作" not in text
