//! Codes of countries (ISO 3166-1) and languages (ISO 639). Owns the lists; their names are the browser's.
//!
//! Called by fields of these kinds. A list is one text, parted by blanks: a table of short texts is kilobytes in the
//! download.

/// Countries, two letters.
pub const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// The countries that stand first in the list.
pub const COMMON_COUNTRIES: &str = "SE FI NO DK";

/// Languages: two letters where there is such a code, otherwise three. Among them those of the national minorities and
/// those that mother tongue tuition is given in.
pub const LANGUAGES: &str = "aa ab af aii ak am apc ar arz as ast ay az ba bal bar be bem bg bm bn bo br bs ca ceb ckb cs cv cy da de din dv ee el en eo es et eu fa ff fi fil fit fj fo fr fy ga gd gl gn gu ha haz he hi hr ht hu hy id ig is it ja jv ka kab kg ki kk kl km kmr kn ko kri ks ku kun ky la lb lg li ln lo lt luo lv mai man mg mhr mi mk ml mn mr ms mt my nb nds ne nl nn no nso nus ny nyn om or os pa pap pl prs ps pt qu rhg rm rmf rmn rn ro rom ru rw sa sc sd se sg si sk sl sma smj sn so sq sr ss st su sv sw swg swl syr ta te tg th ti tig tk tl tn to tok tr ts tt tw tzm ug uk ur uz vi vmf wo xh yi yo yue zh zu";

/// The languages that stand first in the list.
pub const COMMON_LANGUAGES: &str = "sv en ar so fi";

/// True when the list holds the code.
pub fn holds(list: &str, code: &str) -> bool {
    list.split(' ').any(|known| known == code)
}
