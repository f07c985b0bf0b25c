//! Names in use that the register does not have: Sámi and Kven names of municipalities whose name in the standard is only
//! Norwegian, genitives as before "suohkan", "tjïelte" and "komuuni", and forms that SSB's tables print.
//!
//! # Source
//!
//! `Oslove` and `Yykeä`: SSB, table 07459, names of regions in 2026. Genitives, `Fuosko` and `Dielddanuori`: SSB's catalogue of
//! municipalities and the list of names in several languages of Slektshistoriewiki (genealogi.no). The others: the names in
//! Sámi and Kven that the municipalities and Kartverket's register of place names use.

/// By the code of 2024.
pub(super) const OTHER_NAMES: [(u16, &[&str]); 42] = [
    (301, &["Oslo - Oslove", "Oslove"]),
    (1804, &["Bådåddjo"]),
    (1806, &["Áhkanjárga"]),
    (1826, &["Aarborten"]),
    (1841, &["Fuosko"]),
    (1875, &["Hábmera"]),
    (5007, &["Nåavmesjenjaelmien"]),
    (5041, &["Snåasen"]),
    (5042, &["Lijre"]),
    (5043, &["Raarvihken"]),
    (5044, &["Nååmesjevuemie"]),
    (5045, &["Kråangke"]),
    (5501, &["Romsa", "Romssa", "Tromssa"]),
    (5503, &["Hársttáid"]),
    (5512, &["Dielddanuori"]),
    (5516, &["Rivttága"]),
    (5520, &["Beardu"]),
    (5524, &["Málatvuopmi"]),
    (5530, &["Sážžá"]),
    (5532, &["Báhccavuotna"]),
    (5536, &["Lyngen - Ivgu - Yykeä", "Yykeä"]),
    (5540, &["Gáivuona", "Kaivuonon"]),
    (5542, &["Skiervá", "Kierua"]),
    (5546, &["Návuotna", "Naavuono"]),
    (5601, &["Áltá", "Alattio"]),
    (5603, &["Hámmerfeastta"]),
    (5605, &["Mátta-Várjjat"]),
    (5607, &["Čáhcesuolu", "Vesisaari"]),
    (5610, &["Kárášjoga"]),
    (5612, &["Guovdageainnu"]),
    (5614, &["Láhppi"]),
    (5616, &["Ákŋoluokta"]),
    (5618, &["Muosát"]),
    (5620, &["Davvinjárga"]),
    (5622, &["Porsáŋggu"]),
    (5624, &["Davvesiida"]),
    (5626, &["Gáŋgaviika"]),
    (5628, &["Deanu"]),
    (5630, &["Bearalváhki"]),
    (5632, &["Báhcavuotna"]),
    (5634, &["Várggát", "Vuorea"]),
    (5636, &["Unjárgga"]),
];
