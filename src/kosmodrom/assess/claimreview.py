"""Verdicts as schema.org ClaimReview, for search engines and archives of fact-checks.

References
----------
schema.org, type ClaimReview: https://schema.org/ClaimReview
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["claim_review"]

# Rating 1 (worst) to 5 (best); verdicts that are no place on that line carry no number.
_RATING = {"supported": 5, "supported_with_wording": 4, "contradicted": 1}


def _review(claim: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    source = document["sources"][claim["source"]]
    said = claim["says"]
    name = source["name"]
    item: dict[str, Any] = {
        "@type": "Claim",
        "author": {
            "@type": "Organization",
            "name": name if isinstance(name, str) else name.get("en") or next(iter(name.values())),
        },
        "inLanguage": "en" if "en" in said else next(iter(said)),
    }
    if source.get("published"):
        item["datePublished"] = source["published"]
    if source.get("url"):
        item["appearance"] = {"@type": "CreativeWork", "name": source["url"]}
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": claim["verdict"].replace("_", " "),
    }
    if claim["verdict"] in _RATING:
        rating |= {"ratingValue": _RATING[claim["verdict"]], "bestRating": 5, "worstRating": 1}
    return {
        "@type": "ClaimReview",
        "@id": f"#claim-{claim['id']}",
        "claimReviewed": said.get("en") or next(iter(said.values())),
        "inLanguage": "en",  # of the review; the claim says its own
        "itemReviewed": item,
        "reviewRating": rating,
        "reviewBody": " ".join(reason["text"] for reason in claim["reasons"]),
    }


def claim_review(document: Mapping[str, Any]) -> dict[str, Any]:
    """Write the judged claims of a results document as ClaimReview.

    Claims that await an analysis, failed or cannot be checked are left out: schema.org has no
    rating for them, and a made-up one would mislead.

    Parameters
    ----------
    document : Mapping
        The results document.

    Returns
    -------
    dict
        JSON-LD.
    """
    judged = [
        claim
        for claim in document["claims"]
        if claim["status"] == "done" and claim["verdict"] != "not_checkable"
    ]
    reviews = []
    for claim in judged:
        review = _review(claim, document)
        if document["as_of"]:
            review["datePublished"] = document["as_of"]
        reviews.append(review)
    return {"@context": "https://schema.org", "@graph": reviews}
