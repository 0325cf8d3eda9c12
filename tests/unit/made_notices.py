"""Notices that tests share: real ones of public bodies, and one made from its items.

Texts with a source are quoted as facts: numbers, coordinates and times that were sent out.
"""

from datetime import datetime

from kosmodrom.launch.notices.read import read_notices

# NGA, NAVAREA IV 1177/22 of 7 November 2022 (as in the tests of ngageoint/marlin-ios)
CANAVERAL = """\
NAVAREA IV 1177/22(11,26).
WESTERN NORTH ATLANTIC.
FLORIDA.
1. HAZARDOUS OPERATIONS, ROCKET LAUNCHING
   121606Z TO 121854Z NOV, ALTERNATE
   131606Z TO 131854Z AND 1607Z TO 1854Z DAILY
   14 THRU 18 NOV IN AREAS BOUND BY:
   A. 28-39.92N 080-38.33W, 28-40.00N 079-44.00W,
      28-28.00N 079-40.00W, 28-29.97N 080-32.29W
   B. 27-51.00N 073-56.00W, 28-37.00N 073-55.00W,
      28-40.00N 071-21.00W, 28-13.00N 069-58.00W,
      27-31.00N 069-58.00W, 27-21.00N 071-43.00W.
2. CANCEL NAVAREA IV 1165/22.
3. CANCEL THIS MSG 181954Z NOV 22.
"""
# NAVAREA XII 656/2019, quoted by B. Christy, satobs.org/seesat/Aug-2021/0031.html
STARLINER = """\
NAVAREA XII 656/2019 (17,83)

(Cancelled by NAVAREA XII 657/2019)

   A. 221223Z TO 221312Z DEC IN AREA BOUND BY
      08-10.42N 126-49.22W, 14-39.10N 122-02.28W,
      16-43.41N 124-59.39W, 10-12.18N 129-44.25W.
   B. ALTERNATE 222012Z TO 222258Z DEC
      49-18.12N 145-12.23W, 47-02.48N 133-53.14W,
      48-44.00N 132-43.20W, 51-35.22N 144-23.29W.
2. CANCEL THIS MSG 222358Z DEC 19.
"""
NOTAM = """\
{number}/24 NOTAM{letter}
Q) ZLHW/QRDCA/IV/BO/W/000/999/3946N10009E016
A) ZLHW B) {begin} C) {end}
{schedule}E) {text}
F) {lower} G) {upper}"""
EAST = "35-10N 124-30E, 36-05N 124-30E, 36-05N 123-30E"
WEST = "35-10N 114-30E, 36-05N 114-30E, 36-05N 113-30E"
QUAD = "N3940E10028-N3944E09948-N3954E09950-N3950E10029,BACK TO START."


def notam(text=QUAD, **items):
    filled = {
        "number": "A1231",
        "letter": "N",
        "begin": "2405210402",
        "end": "2405210445",
        "schedule": "",
        "lower": "SFC",
        "upper": "UNL",
    } | items
    if filled["schedule"]:
        filled["schedule"] = f"D) {filled['schedule']}\n"
    return NOTAM.format(text=text, **filled)


def one(text, **options):
    notices = read_notices(text, source="file", **options)
    assert len(notices) == 1
    return notices[0]


def same_corners(area, expected, within=1e-6):
    """Tell whether a ring has these corners and no others, in whatever order."""
    read = area.ring[:-1].tolist()
    return len(read) == len(expected) and all(
        any(abs(a - lat) < within and abs(b - lon) < within for a, b in read)
        for lat, lon in expected
    )


def stamps(windows):
    return [f"{window.begin:%y%m%d %H%M} {window.end:%y%m%d %H%M}" for window in windows]


def codes(findings):
    return sorted({finding.code for finding in findings})


def instant(text):
    return datetime.fromisoformat(text)
