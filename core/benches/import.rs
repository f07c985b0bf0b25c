//! A whole import beside one parse with the `csv` crate on the same bytes: `cargo bench -p bygdepuls-core --bench import`.

use bygdepuls_core::problem::Problems;
use bygdepuls_core::questionnaire::Questionnaire;
use bygdepuls_core::questionnaire::import::{Import, Options};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn questionnaire() -> Questionnaire {
    let sheets = [
        include_bytes!("../../tests/data/exports/questionnaire/xlsform_survey.csv").as_slice(),
        include_bytes!("../../tests/data/exports/questionnaire/xlsform_choices.csv"),
    ];
    Questionnaire::from_csv(("survey", sheets[0]), ("choices", sheets[1]), None, &mut Problems::new())
}

struct Random(u64);

impl Random {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }
}

/// Invented answers to every question, as Nettskjema writes them with codes or as a table of labels.
fn answers(questionnaire: &Questionnaire, rows: usize, labels: bool) -> String {
    let quote = if labels { "" } else { "\"" };
    let mut text = format!("{quote}$submission_id{quote};{quote}$created{quote}");
    let variables: Vec<_> = questionnaire.variables().collect();
    for item in &variables {
        match questionnaire.choices(item).filter(|_| item.written_type.starts_with("select_multiple")) {
            Some(list) => {
                list.choices.iter().for_each(|choice| text += &format!(";{quote}{}.{}{quote}", item.name, choice.code));
            }
            None => text += &format!(";{quote}{}{quote}", item.name),
        }
    }
    text.push('\n');
    let mut random = Random(1);
    for row in 0..rows {
        text += &format!("{quote}{}{quote};{quote}2025-03-04T10:15:02+01:00{quote}", 90_000_000 + row);
        for item in &variables {
            let list = questionnaire.choices(item);
            let cell = match (list, item.written_type.split(' ').next()) {
                (Some(list), Some("select_multiple")) => {
                    for _ in &list.choices {
                        text += &format!(";{quote}{}{quote}", usize::from(random.below(5) == 0));
                    }
                    continue;
                }
                (Some(list), _) => {
                    let choice = &list.choices[random.below(list.choices.len())];
                    if labels { choice.label[0].clone() } else { choice.code.clone() }
                }
                (None, Some("integer")) => random.below(20).to_string(),
                (None, Some("hidden")) => "2025".into(),
                _ if item.name == "panelkode" => format!("KO{row}"),
                _ if item.name.contains("epost") || random.below(4) > 0 => String::new(),
                _ => "Bra sted, men få jobber".into(),
            };
            // A label may hold the delimiter.
            let quote = if cell.contains(';') { "\"" } else { quote };
            text += &format!(";{quote}{cell}{quote}");
        }
        text.push('\n');
    }
    text
}

/// Both passes, in blocks as from a file; how many bytes of answers.
fn whole(questionnaire: &Questionnaire, bytes: &[u8]) -> usize {
    const BLOCK: usize = 1 << 20;
    let mut problems = Problems::new();
    let mut first = Import::new(questionnaire, Options::default());
    first.open("export");
    bytes.chunks(BLOCK).for_each(|block| first.push(block, &mut problems));
    first.close(&mut problems);
    let Some(mut second) = first.ready(&mut problems) else { return 0 };
    let mut written = second.header().len();
    let mut answers = Vec::new();
    second.open("export");
    for block in bytes.chunks(BLOCK) {
        second.push(block, &mut answers);
        written += answers.len();
        answers.clear();
    }
    second.close(&mut answers);
    written + second.finish(answers, &mut problems).answers.len()
}

fn import(criterion: &mut Criterion) {
    let questionnaire = questionnaire();
    for (name, labels) in [("codes, quoted", false), ("labels, plain", true)] {
        let text = answers(&questionnaire, 20_000, labels);
        let bytes = text.as_bytes();
        let mut group = criterion.benchmark_group(format!("import: {name}"));
        group.throughput(Throughput::Bytes(bytes.len() as u64)).sample_size(10);
        group.bench_function("csv", |bencher| {
            bencher.iter(|| {
                let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(black_box(bytes));
                let (mut record, mut sum) = (csv::ByteRecord::new(), 0);
                while reader.read_byte_record(&mut record).is_ok_and(|more| more) {
                    sum += record.len();
                }
                sum
            });
        });
        group.bench_function("ours, both passes", |bencher| bencher.iter(|| whole(&questionnaire, black_box(bytes))));
        group.finish();
    }
}

criterion_group!(benches, import);
criterion_main!(benches);
