"""What must hold for every number, whatever it is."""

from hypothesis import given
from hypothesis import strategies as st

from kosmodrom.assess.grades import Grade
from kosmodrom.assess.model import Claim, Evidence, Observed, Rule
from kosmodrom.assess.verdicts import judge

values = st.floats(min_value=1.0, max_value=1e9, allow_nan=False)
percents = st.floats(min_value=0.0, max_value=90.0)
spans = st.tuples(values, values).map(sorted)
grades = st.builds(Grade, st.sampled_from("ABCDEF"), st.integers(1, 6))


def claim_of(value, percent, unit="km"):
    return Claim(
        id="c",
        kind="quantity",
        asserted={"value": f"{value:.6f} {unit}", "about": True},  # three digits are ambiguous
        rule=Rule(kind="percent", percent=percent),
        voices=frozenset({"paper"}),
    )


def seen(low, high, unit="km", *, computed=True, group="g", grade=None):
    return Evidence(
        origin="s.f",
        computed=computed,
        observed=Observed(value=(low + high) / 2, low=low, high=high, unit=unit),
        stance=None,
        under=None,
        bears_on=None,
        group=group,
        voices=frozenset({group}),
        grade=grade or Grade("A", 2),
    )


ORDER = {"contradicted": 0, "unproven": 1, "supported": 2}


@given(values, spans, percents, percents)
def test_a_wider_allowance_never_turns_support_into_refutation(value, span, one, other):
    narrow, wide = sorted((one, other))
    before = judge(claim_of(value, narrow), [seen(*span)]).verdict
    after = judge(claim_of(value, wide), [seen(*span)]).verdict
    assert ORDER[after] >= ORDER[before]


@given(values, spans, percents)
def test_the_unit_of_the_evidence_changes_nothing(value, span, percent):
    km = judge(claim_of(value, percent), [seen(*span)]).verdict
    metres = judge(claim_of(value, percent), [seen(span[0] * 1e3, span[1] * 1e3, "m")]).verdict
    near_the_edge = any(
        abs(end - value * (1 + sign * percent / 100)) < 1e-6 * value
        for end in span
        for sign in (-1, 1)
    )
    assert km == metres or near_the_edge


@given(values, spans, percents)
def test_a_wider_span_decides_no_more_than_a_narrow_one(value, span, percent):
    middle = (span[0] + span[1]) / 2
    narrow = judge(claim_of(value, percent), [seen(middle, middle)]).verdict
    wide = judge(claim_of(value, percent), [seen(*span)]).verdict
    assert wide in {narrow, "unproven"}


@given(values, values, grades, st.integers(1, 6))
def test_copies_of_one_voice_change_nothing(value, number, grade, copies):
    item = seen(number, number, computed=False, grade=grade)
    one = judge(claim_of(value, 10.0), [item])
    many = judge(claim_of(value, 10.0), [item] * copies)
    assert (one.verdict, one.likelihood, one.confidence) == (
        many.verdict,
        many.likelihood,
        many.confidence,
    )


@given(st.lists(st.tuples(values, grades, st.sampled_from("abc")), max_size=6), st.randoms())
def test_the_order_of_evidence_changes_nothing(items, random):
    evidence = [seen(n, n, computed=False, grade=grade, group=g) for n, grade, g in items]
    shuffled = list(evidence)
    random.shuffle(shuffled)
    first, second = (judge(claim_of(1000.0, 50.0), each) for each in (evidence, shuffled))
    assert (first.verdict, first.likelihood, first.confidence) == (
        second.verdict,
        second.likelihood,
        second.confidence,
    )


@given(values, values)
def test_a_claim_and_its_source_alone_prove_nothing(value, number):
    item = seen(number, number, computed=False, group="paper", grade=Grade("A", 1))
    assert judge(claim_of(value, 10.0), [item]).verdict in {"unproven", "contradicted"}
