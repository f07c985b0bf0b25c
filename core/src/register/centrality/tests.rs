//! The whole way in memory: hand-worked, in any order, in any pieces, packed.

use super::*;
use crate::problem::Problems;
use crate::read::Head;
use std::collections::BTreeMap;

const UNITS: &str =
    "unit,municipality,population,jobs,services\na,M1,10,100,2\nb,M1,30,0,1\nc,M2,20,50,4\nd,M3,0,0,0\n";
const TRAVEL: &str = "from,to,minutes\na,b,10\nb,a,10\nb,c,20\nc,b,20\na,c,30\nc,a,30\nd,c,95\n";

fn units(text: &str) -> Units {
    Units::read("u.csv", text.as_bytes(), &UnitColumns::default(), None, &mut Problems::new()).unwrap()
}

fn travel(text: &str, problems: &mut Problems) -> Travel {
    let head = Head::find("t.csv", text.as_bytes(), true, problems).unwrap();
    Travel::new("t.csv", &head, &TravelColumns::default(), problems).unwrap()
}

/// The index from CSV in pieces of so many lines, in turn in so many states.
fn computed(
    units: &Units,
    text: &str,
    parameters: &Parameters,
    lines: usize,
    states: usize,
) -> (Option<Index>, Problems) {
    let mut problems = Problems::new();
    let plan = Plan::new(units, parameters);
    let travel = travel(text, &mut problems);
    let places = travel.places(units);
    let body: Vec<&str> = text[travel.start..].split_inclusive('\n').collect();
    let mut all: Vec<Pairs<'_>> = (0..states).map(|_| travel.pairs(&plan, &places)).collect();
    for (number, piece) in body.chunks(lines).enumerate() {
        all[number % states].piece(number as u64, piece.concat().as_bytes());
    }
    let mut merged = all.pop().unwrap();
    all.into_iter().for_each(|state| merged.merge(state));
    let lines_of = |wanted: &[(u32, u32)]| {
        let mut found = BTreeMap::new();
        let _ = travel.find(&text.as_bytes()[travel.start..], None, &places, wanted, parameters.symmetric, &mut found);
        found
    };
    let one_way = (0..3).map(|part| merged.one_way(part, 3)).sum();
    let reach = travel.reach(merged, &plan, one_way, lines_of, &mut problems);
    (reach.and_then(|reach| index("u.csv", &plan, &reach, &mut problems)), problems)
}

/// The index from the same, packed.
fn from_packed(units: &Units, text: &str, parameters: &Parameters) -> Index {
    let mut problems = Problems::new();
    let bytes = packed(units, text, parameters);
    let plan = Plan::new(units, parameters);
    let packed = Packed::read("t.bin", &bytes[..header_length(&bytes).unwrap()], &mut problems).unwrap();
    let counting = packed.counting("t.bin", &plan, &mut problems).unwrap();
    let mut states = [counting.start(), counting.start()];
    for block in 0..packed.blocks() {
        let place = packed.place(block);
        states[block % 2].block(block, &bytes[at(place.start)..at(place.end)]);
    }
    let [mut all, other] = states;
    all.merge(&other);
    let reach = all.reach("t.bin", &mut problems).unwrap();
    index("u.csv", &plan, &reach, &mut problems).unwrap()
}

fn at(place: u64) -> usize {
    usize::try_from(place).unwrap()
}

fn packed(units: &Units, text: &str, parameters: &Parameters) -> Vec<u8> {
    let mut problems = Problems::new();
    let travel = travel(text, &mut problems);
    let packing = Packing { limit: 200.0, unknown: parameters.unknown, symmetric: parameters.symmetric };
    let mut gathered = Gathered::new(packing);
    gathered.piece(&travel, &travel.places(units), 0, &text.as_bytes()[travel.start..]);
    gathered.pack(&travel, units, &mut problems).unwrap()
}

fn bands() -> Parameters {
    let decay = Decay::parse("bands:0=1,10=0.5,20=0.25").unwrap();
    Parameters { jobs_decay: decay.clone(), services_decay: decay, ..Parameters::default() }
}

#[test]
fn worked_by_hand() {
    let (index, problems) = computed(&units(UNITS), TRAVEL, &bands(), 100, 1);
    let index = index.unwrap();
    assert_eq!(problems.list().len(), 0);
    // A: a 100; b 100/2 + 50/4; c 50. B: a 2 + 1/2; b 1 + 2/2 + 4/4; c 4 + 1/4.
    let access: Vec<[f64; 2]> = index.units.iter().map(|unit| unit.access).collect();
    assert_eq!(access, [[100.0, 2.5], [62.5, 3.0], [50.0, 4.25], [0.0, 0.0]]);
    assert_eq!(index.largest, [100.0, 4.25]);
    let central: Vec<Option<Central>> = index.municipalities.iter().map(|one| one.central).collect();
    let first = central[0].unwrap();
    assert_eq!(first.access, [(10.0 * 100.0 + 30.0 * 62.5) / 40.0, (10.0 * 2.5 + 30.0 * 3.0) / 40.0]);
    assert_eq!((first.part[0], first.index), (0.71875, 1000.0));
    // (2/3 · 1/2 + 1/3) / (2/3 · 23/32 + 1/3 · 23/34) = 544/575.
    assert!((central[1].unwrap().index - 1000.0 * 544.0 / 575.0).abs() < 1e-10);
    assert_eq!(central[2], None, "nobody lives there");
    assert_eq!(index.tally, Tally { counted: 6, beyond: 1, unknown: 0, one_way: 1, own_added: 4 });
    assert_eq!(index.empty_units, [1, 0]);
}

#[test]
fn the_unit_itself() {
    let own = |own, more: &str| {
        let parameters = Parameters { own, ..bands() };
        let (index, _) = computed(&units(UNITS), &(TRAVEL.to_owned() + more), &parameters, 1, 1);
        index.unwrap().units.iter().map(|unit| unit.access[0]).collect::<Vec<_>>()
    };
    assert_eq!(own(OwnUnit::AsInFile, ""), [0.0, 62.5, 0.0, 0.0]);
    assert_eq!(own(OwnUnit::AsInFile, "a,a,5\n"), [50.0, 62.5, 0.0, 0.0]);
    assert_eq!(own(OwnUnit::Add(0.0), "a,a,5\n"), [50.0, 62.5, 50.0, 0.0], "the file's minutes go first");
    assert_eq!(own(OwnUnit::Add(15.0), ""), [25.0, 62.5, 12.5, 0.0]);
}

#[test]
fn one_direction_stands_for_both() {
    let parameters = Parameters { symmetric: true, ..bands() };
    let (both, _) = computed(&units(UNITS), "from,to,minutes\nb,a,10\nb,c,20\na,c,30\n", &parameters, 1, 1);
    let (index, _) = computed(&units(UNITS), TRAVEL, &bands(), 1, 1);
    assert_eq!(both.unwrap().units, index.unwrap().units);
    let (refused, problems) = computed(&units(UNITS), TRAVEL, &parameters, 2, 2);
    assert!(refused.is_none());
    assert_eq!(problems.list().iter().map(|one| one.line.unwrap()).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7]);
}

/// A country of a hundred units, drawn without a generator of random numbers.
fn country(decimals: bool) -> (String, Vec<String>, Vec<String>) {
    let draw = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40;
    let head = "unit;municipality;population;jobs;f1;f2;f3\n".to_owned();
    let unit = |n: u64| {
        let f = |k: u64| u64::from(draw(n * 7 + k) % 4 == 0);
        format!("{n:08};{};{};{};{};{};{}\n", n % 9, draw(n) % 900, draw(n + 1000) % 5000, f(1), f(2), f(3))
    };
    let pairs = (0..100_u64).flat_map(|a| (0..100_u64).map(move |b| (a, b)));
    let pair = |(a, b): (u64, u64)| {
        let minutes = draw(a * 100 + b) % 1000;
        (minutes < 700 && a != b).then(|| match decimals {
            true => format!("{a:08};{b:08};{},{}\n", minutes / 10, minutes % 10),
            false => format!("{a:08};{b:08};{}\n", minutes / 7),
        })
    };
    (head, (0..100).map(unit).collect(), pairs.filter_map(pair).collect())
}

#[test]
fn order_and_pieces_and_packing_do_not_matter() {
    let columns = UnitColumns { services: ["f1", "f2", "f3"].map(str::to_owned).to_vec(), ..UnitColumns::default() };
    for decimals in [false, true] {
        let (head, mut rows, mut pairs) = country(decimals);
        for decay in ["bands:10=1,30=0.5,60=0.1", "exponential:tenth=45", "gaussian:sigma=20"] {
            for services in [ServiceRule::Sum, ServiceRule::Distinct] {
                let decay = Decay::parse(decay).unwrap();
                let parameters =
                    Parameters { jobs_decay: decay.clone(), services_decay: decay, services, ..Parameters::default() };
                let read = |rows: &[String]| {
                    let text = head.clone() + &rows.concat();
                    Units::read("u.csv", text.as_bytes(), &columns, None, &mut Problems::new()).unwrap()
                };
                let text = |pairs: &[String]| "from;to;minutes\n".to_owned() + &pairs.concat();
                let (first, problems) = computed(&read(&rows), &text(&pairs), &parameters, usize::MAX, 1);
                assert_eq!(problems.list().len(), 0);
                let first = first.unwrap();
                for (lines, states) in [(1, 3), (100, 2), (999, 5)] {
                    assert_eq!(
                        computed(&read(&rows), &text(&pairs), &parameters, lines, states).0.as_ref(),
                        Some(&first)
                    );
                }
                assert_eq!(from_packed(&read(&rows), &text(&pairs), &parameters), first);
                let bytes = packed(&read(&rows), &text(&pairs), &parameters);
                rows.sort_by_key(|row| row.bytes().rev().collect::<Vec<u8>>());
                pairs.sort_by_key(|pair| pair.bytes().rev().collect::<Vec<u8>>());
                assert_eq!(computed(&read(&rows), &text(&pairs), &parameters, 77, 2).0.as_ref(), Some(&first));
                assert_eq!(packed(&read(&rows), &text(&pairs), &parameters), bytes);
                rows.rotate_left(37);
                pairs.rotate_left(1234);
            }
        }
    }
}

#[test]
fn pairs_twice_are_located_whichever_piece_they_are_in() {
    let text = TRAVEL.to_owned() + "b,a,12\nc,a,30\nb,a,10\n";
    for (lines, states) in [(100, 1), (1, 1), (3, 2), (1, 4)] {
        let (index, problems) = computed(&units(UNITS), &text, &bands(), lines, states);
        assert!(index.is_none());
        let found: Vec<_> = problems.list().iter().map(|one| (one.line.unwrap(), one.value.clone().unwrap())).collect();
        let expected = [(3, "b → a"), (7, "c → a"), (9, "b → a"), (10, "c → a"), (11, "b → a")];
        assert_eq!(found, expected.map(|(line, value)| (line, value.to_owned())));
    }
}

#[test]
fn flaws_are_located_whichever_piece_they_are_in() {
    let text = "from,to,minutes\na,b,10\nb,x,10\n\na,c,-5\na,c,nan\nc,a\n";
    for (lines, states) in [(100, 1), (1, 3), (2, 2)] {
        let (index, problems) = computed(&units(UNITS), text, &bands(), lines, states);
        assert!(index.is_none());
        let found: Vec<_> = problems.list().iter().map(|one| (one.line.unwrap(), one.what.code())).collect();
        assert_eq!(found, [(3, "unknown-unit"), (5, "negative"), (6, "no-minutes"), (7, "field-count")]);
    }
    let skip = Parameters { unknown: Unknown::Skip, ..bands() };
    let (index, _) = computed(&units(UNITS), "from,to,minutes\na,b,10\nx,y,10\nb,x,1\n", &skip, 1, 2);
    assert_eq!(index.unwrap().tally.unknown, 2);
}

#[test]
fn units_are_checked() {
    let codes = |text: &str| {
        let mut problems = Problems::new();
        assert!(
            Units::read("u.csv", text.as_bytes(), &UnitColumns::default(), None, &mut problems).is_none(),
            "{text}"
        );
        problems.list().iter().map(|one| (one.line.unwrap(), one.what.code())).collect::<Vec<_>>()
    };
    let head = "u,kom,pop,jobs,services\n";
    assert_eq!(codes(&format!("{head}a,1,1,1,1\na,1,2,1,1\n")), [(3, "unit-twice")]);
    assert_eq!(codes(&format!("{head},1,1,1,1\nb,,1,1,1\n")), [(2, "empty-field"), (3, "empty-field")]);
    assert_eq!(codes(&format!("{head}a,1,-1,1,1\nb,1,1,,1\n")), [(3, "not-a-number"), (2, "negative")]);
    assert_eq!(codes("u,kom,pop,jobs\na,1,1,1\n"), [(1, "missing-column")]);
}

#[test]
fn a_damaged_file_is_refused() {
    let units = units(UNITS);
    let plain = bands();
    let bytes = packed(&units, TRAVEL, &plain);
    let plan = Plan::new(&units, &plain);
    // Any byte that is not as it was, and any end that is not where it was.
    for place in 0..bytes.len() {
        let mut other = bytes.clone();
        other[place] ^= 0x10;
        for other in [other, bytes[..place].to_vec()] {
            let mut problems = Problems::new();
            let Some(length) = header_length(&other).filter(|length| *length <= other.len()) else { continue };
            let Some(head) = Packed::read("t.bin", &other[..length], &mut problems) else { continue };
            let counting = head.counting("t.bin", &plan, &mut problems).unwrap();
            let mut state = counting.start();
            for block in 0..head.blocks() {
                let place = head.place(block);
                let (from, to) = (at(place.start), at(place.end).min(other.len()));
                state.block(block, other.get(from..to).unwrap_or_default());
            }
            assert!(state.reach("t.bin", &mut problems).is_none(), "byte {place}");
            assert_eq!(problems.errors(), 1);
        }
    }
}

#[test]
fn a_packed_file_holds_what_it_says() {
    let units = units(UNITS);
    let bytes = packed(&units, TRAVEL, &bands());
    let head = Packed::read("t.bin", &bytes[..header_length(&bytes).unwrap()], &mut Problems::new()).unwrap();
    assert_eq!((head.pairs, head.limit, head.blocks()), (7, 200.0, 1));
    let far = Parameters { limit: 300.0, ..bands() };
    let mut problems = Problems::new();
    assert!(head.counting("t.bin", &Plan::new(&units, &far), &mut problems).is_none());
    assert_eq!(problems.list()[0].what.code(), "packed-limit");
    let fewer = self::units(&UNITS.replace("c,M2", "x,M2"));
    let mut problems = Problems::new();
    assert!(head.counting("t.bin", &Plan::new(&fewer, &bands()), &mut problems).is_none());
    assert_eq!(problems.list()[0].what.code(), "unknown-unit");
    let skip = Parameters { unknown: Unknown::Skip, ..bands() };
    let index = from_packed(&units, TRAVEL, &skip);
    let (csv, _) = computed(&fewer, TRAVEL, &skip, 1, 1);
    let of_b = |index: &Index| index.units[1].access[0];
    assert_eq!((of_b(&index), of_b(&csv.unwrap())), (62.5, 50.0));
}
