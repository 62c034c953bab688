"""A school's story comes from stored records alone, says which future it is, and claims no more."""

import dataclasses
import shutil

import pandas as pd
import pytest

from outputs import store
from outputs.errors import BadResults
from outputs.story import plain, tell, write
from outputs.story_choice import choose_future
from outputs.story_lines import case_words
from outputs.story_school import differences_by_school, median_school
from outputs.story_words import gbp, years


@pytest.fixture(scope="module")
def stored(supported_folder):
    """The run as read from its folder."""
    return store.load(supported_folder)


@pytest.fixture(scope="module")
def first(stored):
    return tell(stored, school="first")


def said(story):
    return " ".join(plain(story).split())


def test_the_account_has_the_money_the_people_and_the_cases_with_their_dates(first):
    text = said(first)
    assert "Money. September 2025: the LA's award is not renewed (£100,000)." in text
    assert "July 2025: speech and language therapist goes after 4 years (funding ended)." in text
    assert "September 2026: speech and language therapist starts, 12 months after the last one left" in text
    assert (
        "September 2024: language cluster, need seen; first visit January 2025 after 11 weeks of waiting "
        "(speech and language therapist); 12 weeks of support, interrupted once; abandoned September 2025."
    ) in text


def test_what_both_scenarios_share_is_said_once(first):
    text = said(first)
    assert text.count("At the start: speech and language therapist in post since September 2021.") == 1
    assert text.index("Under both") < text.index("At the start")


def test_posts_that_never_served_the_school_are_left_out(first):
    assert "attendance officer" not in first.text


def test_what_made_the_difference_sets_both_scenarios_side_by_side(first):
    text = said(first).split("What made the difference")[1]
    assert "£203,000 (As things stand), £803,000" in text
    assert "held 84 of 96 months (As things stand), held 96 of 96 months" in text
    assert "1 case, 0 completed, 12 weeks of support, interrupted 1 time, 11 weeks waited" in text
    assert "0.100 between-school SD higher" in text
    assert "more support, and practice and results went the same way" in text


def test_it_ends_with_how_sure_it_is(first):
    text = said(first).split("How sure")[1]
    assert "one simulated future (draw" in text
    assert "of 40: of the 5 whose events were kept" in text
    assert "In all 40 futures, this school's results in the last 3 years differ by 5.0" in text
    assert "over 95 in 100" in text
    assert "The whole place, over all runs: Testshire" in text
    assert text.endswith("no forecast of this school, and no judgement of it.")


def test_results_that_go_the_other_way_are_not_explained_away(stored):
    worse = stored.schools.copy()
    other = worse["scenario"] == "tutoring"
    worse.loc[other, "ks2_rwm_expected"] = 120 - worse.loc[other, "ks2_rwm_expected"]
    text = said(tell(dataclasses.replace(stored, schools=worse), school="900001"))
    assert "percentage points lower under" in text
    assert "more support, but practice or results did not go the same way" in text


def test_a_school_without_cases_is_told_as_such(stored):
    tables = {**stored.institutions, "cases": stored.institutions["cases"].iloc[:0]}
    text = said(tell(dataclasses.replace(stored, institutions=tables), school=900001))
    assert "Support: no case of this school under either." in text
    assert "no specialist post served this school under either" in text


def test_the_median_school_is_the_middle_one_of_those_whose_support_differs(stored):
    cases = stored.institutions["cases"]
    schools = [stored.schools.assign(
        urn=900010 + n, school=f"School {n}",
        ks2_rwm_expected=60.0 + n * (stored.schools["scenario"] == "tutoring"),
    ).loc[stored.schools["urn"] == 900001] for n in (5, 1, 9, 3)]  # fmt: skip
    told = [cases.assign(urn=900010 + n).iloc[::2] for n in (5, 1, 3)]
    many = dataclasses.replace(
        stored,
        schools=pd.concat(schools, ignore_index=True),
        institutions={**stored.institutions, "cases": pd.concat(told, ignore_index=True)},
    )
    future = choose_future(many, "testshire", "baseline", "tutoring")
    assert list(differences_by_school(many, future).sort_values("urn")["difference"]) == [1, 3, 5, 9]
    chosen = median_school(many, future)
    assert chosen.urn == 900013
    assert "Of the 3 schools whose support differs between the two (of 3 with a case" in chosen.rule
    assert chosen.rule in tell(many).text


def test_the_future_told_is_the_kept_one_nearest_the_middle(stored):
    comparison = stored.trajectories.loc[
        (stored.trajectories["measure"] == "ks2_rwm_expected")
        & (stored.trajectories["group"] == "gap")
        & (stored.trajectories["kind"] == "simulated")
    ].astype({"scenario": str})
    wide = comparison.groupby(["scenario", "draw"])["value"].mean().unstack("scenario")
    away = ((wide["tutoring"] - wide["baseline"]) - (wide["tutoring"] - wide["baseline"]).median()).abs()
    future = choose_future(stored, "testshire", "baseline", "tutoring")
    assert future.draw == away.loc[1:5].idxmin()
    assert (future.pairs, future.kept) == (40, 5)


def test_a_wrong_name_gives_the_nearest(stored):
    with pytest.raises(BadResults, match="nearest: First"):
        tell(stored, school="frist")
    with pytest.raises(BadResults, match="found 12"):
        tell(stored, school=12)
    with pytest.raises(BadResults, match="nearest: tutoring"):
        tell(stored, other="tutring")


def test_a_name_that_two_schools_have_asks_for_the_urn(stored):
    same = dataclasses.replace(stored, schools=stored.schools.assign(school="St Mary's"))
    with pytest.raises(BadResults, match=r"a URN: 900001 \(Testshire\), 900002 \(Testshire\)"):
        tell(same, school="st mary's")


def test_a_run_without_detail_says_what_to_do(supported_alone, compared, supported):
    with pytest.raises(BadResults, match="lepsim compare"):
        tell(supported_alone)
    settings = {**supported.manifest["settings"], "detail": "none"}
    bare = dataclasses.replace(
        supported, institutions={}, schools=None, manifest={**supported.manifest, "settings": settings}
    )
    with pytest.raises(BadResults, match=r"found detail=none; allowed: the same again with detail=some"):
        tell(bare)
    with pytest.raises(BadResults, match="none of its scenarios has institutions"):
        tell(compared)


def test_a_story_is_written_with_its_timeline_and_description(first, tmp_path):
    written = write(first, tmp_path / "s")
    names = [path.name for path in written.files]
    chart = "story_900001_tutoring_chart"
    assert names == ["story_900001_tutoring.md", *(f"{chart}.{end}" for end in ("csv", "png", "svg", "txt"))]
    assert (tmp_path / "s" / "story_900001_tutoring.md").read_text(encoding="utf-8") == first.text
    drawn = pd.read_csv(tmp_path / "s" / f"{chart}.csv")
    assert set(drawn["what"]) == {"money", "post held", "waiting", "support", "result"}
    assert "1 completed" in first.chart.alt
    assert f"]({chart}.png)" in first.text


def test_a_folder_with_a_story_in_it_may_still_be_replaced(supported, supported_folder, first, tmp_path):
    out = shutil.copytree(supported_folder, tmp_path / "r")
    write(first, out)
    store.save(supported, out, overwrite=True, charts=False)
    assert not list(out.glob("story*"))


@pytest.mark.parametrize(
    ("amount", "text"), [(250.4, "£250"), (100_000.01, "£100,000"), (41_499.0, "£41,000")]
)
def test_money_is_said_no_finer_than_it_means(amount, text):
    assert gbp(amount) == text


def test_lengths_are_said_in_years():
    assert [years(length) for length in (1.0, 2 + 1 / 3, 10.0)] == ["1 year", "2.3 years", "10 years"]


def test_a_need_turned_away_has_no_visit(stored):
    row = stored.institutions["cases"].iloc[1].copy()
    row["state"], row["triaged"] = "turned away", pd.NaT
    assert case_words(row) == "January 2025: reading fluency, need seen; turned away."


def test_a_school_whose_support_is_the_same_is_told_only_where_none_differs(stored):
    future = choose_future(stored, "testshire", "baseline", "tutoring")
    assert median_school(stored, future).urn == 900001
    cases = stored.institutions["cases"]
    same = {**stored.institutions, "cases": cases.loc[cases["urn"] == 900002]}
    chosen = median_school(dataclasses.replace(stored, institutions=same), future)
    assert chosen.urn == 900002
    assert "support differs for none" in chosen.rule


def test_the_start_says_who_paid_in_the_year_before(first):
    assert "At the start: £100,000 in the year before (LA general fund £100,000)." in said(first)


def test_several_posts_of_a_kind_are_told_by_the_year(stored):
    posts = stored.institutions["posts"]
    second = posts.loc[posts["kind"] == "speech and language therapist"].assign(post=2)
    tables = {**stored.institutions, "posts": pd.concat([posts, second], ignore_index=True)}
    text = said(tell(dataclasses.replace(stored, institutions=tables), school="first"))
    assert "At the start: 2 in post as speech and language therapist." in text
    assert (
        "Posts of speech and language therapist: 2 left (2 in July 2025: funding ended); 0 in post at the "
        "year's end."
    ) in text


def test_money_of_another_la_is_left_out(stored):
    def of_la(results, la):
        ledger = results.institutions["ledger"].astype({"from": str, "to": str})
        names = {side: ledger[side].str.replace("Testshire", la) for side in ("from", "to")}
        return ledger.assign(**names)

    ledger = pd.concat([of_la(stored, "Testshire"), of_la(stored, "North Testshire")], ignore_index=True)
    schools = stored.schools.astype({"la": str})
    schools.loc[schools["urn"] == 900002, "la"] = "North Testshire"
    tables = {**stored.institutions, "ledger": ledger}
    both = dataclasses.replace(stored, institutions=tables, schools=schools)
    assert "£203,000 (As things stand), £803,000" in said(tell(both, school="first"))


def test_how_the_school_stands_is_told_apart_from_its_support(stored):
    events = stored.institutions["events"].astype({"kind": str, "text": str})
    each_run = events.drop_duplicates(["scenario", "draw", "replicate"]).assign(date=pd.Timestamp(2026, 9, 1))
    told = (
        ("inspected", "judged good", 900001, float("nan")),
        ("joins", "joins the partnership", 900001, float("nan")),
        ("maturity", "cluster 1 is emerging, was establishing", pd.NA, 0.0),
        ("trust founded", "by the council", pd.NA, 0.0),
    )
    more = [
        each_run.assign(kind=kind, text=text, urn=pd.array([urn] * len(each_run), "Int32"), amount_gbp=amount)
        for kind, text, urn, amount in told
    ]
    tables = {**stored.institutions, "events": pd.concat([events, *more], ignore_index=True)}
    text = said(tell(dataclasses.replace(stored, institutions=tables), school="first"))
    assert "Schools. September 2026: inspected, judged good." in text
    assert "Schools. September 2026: joins the partnership." in text
    assert "Schools. September 2026: trust founded, by the council." in text
    assert "cluster 1" not in text
    assert "(£0)" not in text


def test_help_that_others_broker_is_told_by_its_events_and_not_as_the_partnership_s_support(stored, first):
    cases = stored.institutions["cases"]
    others = cases.assign(broker="RISE", offer="targeted help", provider="supporting organisation")
    beside = {**stored.institutions, "cases": pd.concat([cases, others], ignore_index=True)}
    again = tell(dataclasses.replace(stored, institutions=beside), school="first")
    assert said(again) == said(first)


def test_practice_that_is_the_same_is_not_said_to_go_the_way_of_results(stored):
    alike = stored.schools.copy()
    alike["practice"] = 0.0
    text = said(tell(dataclasses.replace(stored, schools=alike), school="900001"))
    assert "Practice (a model index): the same in the last 3 years." in text
    assert "more support, and its practice is the same" in text
    assert "went the same way" not in text
