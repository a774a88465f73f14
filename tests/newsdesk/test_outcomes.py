"""Every outcome has its fate and its sentence: nothing ends unnamed."""

from __future__ import annotations

from newsdesk.links import Fate, Outcome, PollOutcome


def test_every_outcome_of_a_link_has_a_fate_and_a_sentence() -> None:
    for outcome in Outcome:
        assert outcome.fate in Fate
        assert outcome.sentence.endswith(".")
        assert len(outcome.sentence) > 15


def test_every_outcome_of_a_poll_has_a_sentence() -> None:
    for outcome in PollOutcome:
        assert outcome.sentence.endswith(".")


def test_sentences_tell_outcomes_apart() -> None:
    for kind in (Outcome, PollOutcome):
        sentences = [outcome.sentence for outcome in kind]
        assert len(set(sentences)) == len(sentences)


def test_only_an_article_is_kept_and_what_may_pass_is_tried_again() -> None:
    assert {outcome for outcome in Outcome if outcome.fate is Fate.KEPT} == {Outcome.STORED, Outcome.SAME_ARTICLE}
    assert {Outcome.TIMEOUT, Outcome.SERVER_ERROR, Outcome.TOO_MANY_REQUESTS, Outcome.ROBOTS_UNREACHABLE} <= {
        outcome for outcome in Outcome if outcome.fate is Fate.RETRY
    }
    assert Outcome.ROBOTS_DENIED.fate is Fate.ENDED


def test_an_outcome_of_a_poll_and_of_a_link_never_share_a_name() -> None:
    assert {outcome.value for outcome in Outcome}.isdisjoint({outcome.value for outcome in PollOutcome})


def test_a_source_that_was_read_did_not_fail() -> None:
    assert not any(outcome.is_failure for outcome in (PollOutcome.READ, PollOutcome.NOT_MODIFIED, PollOutcome.SAME_BODY, PollOutcome.EMPTY))
    assert PollOutcome.NOT_A_FEED.is_failure
