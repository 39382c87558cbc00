//! What receipts and lists say in words. They leave the browser, so they are put into words here.

use skolstart_shared::Locale;

/// The words of one language.
pub(super) struct Words {
    pub(super) in_service: &'static str,
    pub(super) on_paper: &'static str,
    pub(super) spoken: &'static str,
    pub(super) storage: &'static str,
    pub(super) retention: &'static str,
    pub(super) withdrawal: &'static str,
    pub(super) rights: [&'static str; 4],
    pub(super) authority: &'static str,
    /// What a list is called, as a file.
    pub(super) list: &'static str,
    pub(super) group: &'static str,
    pub(super) family_name: &'static str,
    pub(super) given_name: &'static str,
    pub(super) true_at: &'static str,
    pub(super) taken_out_by: &'static str,
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
}

const SV: Words = Words {
    in_service: "Du svarade själv i tjänsten Skolstart.",
    on_paper: "Du svarade på papper. Skolan förde in svaret.",
    spoken: "Du svarade muntligt. Skolan förde in svaret.",
    storage: "Kommunens databas för skolstart.",
    retention: "Tills samtycket tas tillbaka eller barnet slutar på skolan.",
    withdrawal: "Öppna barnet under Mina barn i Skolstart och tryck på Nej, eller säg till skolan. Det gäller direkt.",
    rights: [
        "Du kan ta tillbaka samtycket när som helst.",
        "Du kan få veta vilka uppgifter som finns.",
        "Du kan få felaktiga uppgifter rättade.",
        "Du kan få uppgifter raderade när de inte behövs.",
    ],
    authority: "Integritetsskyddsmyndigheten (IMY), imy.se",
    list: "bildsamtycken",
    group: "Grupp",
    family_name: "Efternamn",
    given_name: "Förnamn",
    true_at: "Gällde",
    taken_out_by: "Uttagen av",
    yes: "Ja",
    no: "Nej",
};

const EN: Words = Words {
    in_service: "You answered yourself in the service Skolstart.",
    on_paper: "You answered on paper. The school entered the answer.",
    spoken: "You answered in person. The school entered the answer.",
    storage: "The municipality's database for the school start.",
    retention: "Until the consent is withdrawn or the child leaves the school.",
    withdrawal: "Open the child under My children in Skolstart and press No, or tell the school. It holds at once.",
    rights: [
        "You can withdraw the consent at any time.",
        "You can ask which details are kept.",
        "You can have wrong details corrected.",
        "You can have details erased when they are not needed.",
    ],
    authority: "The Swedish Authority for Privacy Protection (IMY), imy.se",
    list: "picture-consents",
    group: "Group",
    family_name: "Family name",
    given_name: "First name",
    true_at: "True at",
    taken_out_by: "Taken out by",
    yes: "Yes",
    no: "No",
};

/// The words of this language; of English where there are none.
pub(super) fn in_locale(locale: Locale) -> &'static Words {
    match locale {
        Locale::Sv => &SV,
        _ => &EN,
    }
}
