"""Choices made by hand for ``make_catalog.py``; the numbers are GeoNames ids."""

__all__ = ["ALIASES", "CAPITALS", "NOTES", "NOT_CITIES", "PROVINCES", "TOWNS"]

# Capitals that the gazetteer's country list leaves out, spells in its own way or has moved.
CAPITALS: dict[str, int | None] = {
    "AG": 3576022,
    "BR": 3469058,
    "CR": 3621849,
    "CW": 3513090,
    "EH": 2462881,
    "IO": 7503195,
    "KZ": 1526273,
    "MN": 2028462,
    "PS": 282239,  # Ramallah, seat of government
    "PW": 8063361,
    "TF": 1546102,
    "US": 4140963,
    "AN": None,  # no longer a country
    "CS": None,
}

# Smaller places that cases on Vostochny and North Korea name.
TOWNS = [
    2026609,  # Blagoveshchensk
    2036973,  # Heihe
    2036656,  # Huma
    2022890,  # Khabarovsk
    6641869,  # Tsiolkovskiy
    2015833,  # Svobodnyy
    2013159,  # Yakutsk
    2021851,  # Komsomolsk-on-Amur
    2119441,  # Yuzhno-Sakhalinsk
    2014006,  # Ussuriysk
    2012593,  # Zeya
    2014718,  # Tynda
    511196,  # Perm
    542420,  # Krasnodar
    1877449,  # Hamhung
    1866923,  # Wonsan
    2040893,  # Sinuiju
    1873757,  # Nampo
    1876373,  # Kaesong
    2042645,  # Rajin
    2044757,  # Chongjin
    1856035,  # Naha
    2129211,  # Misawa
    1848313,  # Yokosuka
    5879400,  # Anchorage
    5856195,  # Honolulu
    1621177,  # Yogyakarta
    1648844,  # Biak
    2057087,  # Kupang
    1238992,  # Sri Jayewardenepura Kotte
]

# Entries of a million that are quarters or districts of a city listed by itself.
NOT_CITIES = {
    "Abobo",
    "Al Başrah al Qadīmah",
    "Al Mawşil al Jadīdah",
    "Bao'an",
    "Baoshan",
    "Brooklyn",
    "Budta",
    "Camayenne",
    "Guankou",
    "Gustavo Adolfo Madero",
    "Hong Kong Island",
    "Iztapalapa",
    "Jiading",
    "Kowloon",
    "Luohu District",
    "Malingao",
    "Manhattan",
    "Minhang",
    "Najafgarh",
    "New Territories",
    "Pest",
    "Pimpri",
    "Pudong",
    "Putuo",
    "Puxi",
    "Qingpu",
    "Queens",
    "Ra’s Bayrūt",
    "Sadr City",
    "Shivaji Nagar",
    "Songjiang",
    "Teni",
    "The Bronx",
    "Xuhui",
    "Yangpu",
}

# Two cities of one name in one country: (name, country, first-level code) -> province.
PROVINCES = {
    ("Suzhou", "CN", "04"): "Jiangsu",
    ("Suzhou", "CN", "01"): "Anhui",
    ("Fuzhou", "CN", "07"): "Fujian",
    ("Fuzhou", "CN", "03"): "Jiangxi",
    ("Taizhou", "CN", "04"): "Jiangsu",
    ("Taizhou", "CN", "02"): "Zhejiang",
}

# What a reader must know of a place.
NOTES = {
    281184: "Its status as a capital is disputed.",
    282239: "Seat of government; East Jerusalem is claimed as the capital.",
    3903987: "Capital by law; the government sits in La Paz.",
    1248991: "Largest city; the parliament sits in Sri Jayewardenepura Kotte.",
}

# Other names by which readers may look for a place.
ALIASES: dict[int, list[str]] = {
    703448: ["Kiev", "Киев", "Київ"],
    1816670: ["Peking", "北京"],
    524901: ["Moskva", "Moskwa", "Moskow", "Москва"],
    1835848: ["서울"],
    1871859: ["Pjöngjang", "평양", "Пхеньян"],
    1850147: ["Tokio", "東京"],
    1642911: ["Djakarta", "DKI Jakarta"],
    498817: ["St. Petersburg", "Sankt-Peterburg", "Leningrad", "Санкт-Петербург"],
    520555: ["Nizhny Novgorod", "Gorky"],
    1486209: ["Ekaterinburg"],
    1275339: ["Bombay"],
    1275004: ["Calcutta"],
    1264527: ["Madras"],
    1277333: ["Bangalore"],
    1809858: ["Canton"],
    1819729: ["Hongkong"],
    1566083: ["Saigon"],
    1298824: ["Rangoon"],
    5128581: ["New York"],
    3530597: ["Ciudad de México"],
    1880252: ["Singapura"],
    2800866: ["Bruxelles", "Brussel"],
    2761369: ["Wien"],
    3169070: ["Roma"],
    360630: ["Kairo"],
    264371: ["Athena"],
    756135: ["Warszawa"],
    3067696: ["Praha"],
    2267057: ["Lisboa", "Lisabon"],
    2618425: ["København", "Kopenhagen"],
    792680: ["Beograd"],
    683506: ["București"],
    618426: ["Kishinev"],
    112931: ["Teheran"],
    2886242: ["Cologne"],
    2867714: ["München"],
    1526273: ["Nur-Sultan", "Tselinograd", "Астана"],
    2028462: ["Ulaanbaatar", "Ulan-Bator"],
    4140963: ["Washington, D.C.", "Washington DC"],
    1838524: ["Pusan"],
    3576022: ["St. John's"],
    2462881: ["El Aaiún", "El-Aaiun"],
    2026609: ["Blagoveschensk", "Благовещенск"],
    2036973: ["Aihui", "黑河"],
    2036656: ["呼玛"],
    2022890: ["Chabarowsk", "Хабаровск"],
    6641869: ["Tsiolkovsky", "Uglegorsk (Amur)", "Циолковский"],
    2015833: ["Svobodny town"],
    2012593: ["Зея"],
    1877449: ["Hamheung"],
    2042645: ["Rason", "Najin"],
}
