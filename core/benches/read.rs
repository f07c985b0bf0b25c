//! The reader's parts beside the `csv` crate and `simd-csv` on the same bytes: `cargo bench -p bygdepuls-core`.

use bygdepuls_core::estimate::{Grouped, Plan, Question, Statistic};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::scan::{Flaw, Layout, Record, Spot, Visit, cut, scan};
use bygdepuls_core::read::{Codebook, Head, read_table};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// Answers as in a survey: 51 columns, 170 bytes a record, a quoted text in every twentieth.
fn answers(records: usize) -> String {
    let mut text = String::from("rid,year,kommune,cohort,weight,return_intent");
    (1..=44).for_each(|question| text += &format!(",q{question:02}"));
    text += ",free_text\n";
    let mut state = 1_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for record in 0..records {
        let (year, town, cohort) = (2015 + random(11), 1101 + random(357), random(4));
        text += &format!("{record},{year},{town},K{cohort},{}.{:06},{}", random(3), random(1_000_000), 1 + random(5));
        (0..44).for_each(|_| text += &format!(",{}", random(100)));
        text += if record % 20 == 0 { ",\"flytte hjem, \"\"kanskje\"\"\nen dag\"\n" } else { ",\n" };
    }
    text
}

#[derive(Default)]
struct Bytes(usize);

impl Visit for Bytes {
    fn record(&mut self, record: &Record<'_>) {
        self.0 += record.field(4).len() + record.field(5).len();
    }
    fn flaw(&mut self, _spot: Spot, _flaw: Flaw, _value: &[u8]) {}
}

fn records(criterion: &mut Criterion) {
    let text = answers(20_000);
    let bytes = text.as_bytes();
    let mut group = criterion.benchmark_group("records");
    group.throughput(Throughput::Bytes(bytes.len() as u64)).sample_size(20);
    for (name, needed) in [("ours, first 6 of 51 fields", 6), ("ours, all fields", 51)] {
        let layout = Layout { delimiter: b',', columns: 51, needed };
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut found = Bytes::default();
                scan(black_box(bytes), layout, true, &mut found);
                found.0
            });
        });
    }
    group.bench_function("ours, cut only", |bencher| bencher.iter(|| cut(black_box(bytes), b',')));
    group.bench_function("csv, ByteRecord", |bencher| {
        bencher.iter(|| {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(black_box(bytes));
            let (mut record, mut sum) = (csv::ByteRecord::new(), 0);
            while reader.read_byte_record(&mut record).is_ok_and(|more| more) {
                sum += record[4].len() + record[5].len();
            }
            sum
        });
    });
    group.bench_function("simd-csv, ByteRecord", |bencher| {
        bencher.iter(|| {
            let mut reader = simd_csv::ReaderBuilder::new().has_headers(false).from_reader(black_box(bytes));
            let (mut record, mut sum) = (simd_csv::ByteRecord::new(), 0);
            while reader.read_byte_record(&mut record).is_ok_and(|more| more) {
                sum += record[4].len() + record[5].len();
            }
            sum
        });
    });
    group.bench_function("simd-csv, ZeroCopy", |bencher| {
        bencher.iter(|| {
            let mut reader = simd_csv::ZeroCopyReaderBuilder::new().has_headers(false).from_reader(black_box(bytes));
            let mut sum = 0;
            while let Ok(Some(record)) = reader.read_byte_record() {
                sum += record[4].len() + record[5].len();
            }
            sum
        });
    });
    group.finish();
}

fn figures(criterion: &mut Criterion) {
    let text = answers(20_000);
    let bytes = text.as_bytes();
    let mut group = criterion.benchmark_group("figures");
    group.throughput(Throughput::Bytes(bytes.len() as u64)).sample_size(20);
    let question = Question {
        statistics: vec![Statistic::Mean { column: "return_intent".into() }],
        design: bygdepuls_core::design::DesignQuestion { weights: Some("weight".into()), ..Default::default() },
        by: ["year", "cohort", "kommune"].map(str::to_owned).to_vec(),
        missing: vec!["9".into()],
        ..Question::default()
    };
    let head = Head::find("f", bytes, true, &mut Problems::new());
    let start = head.as_ref().map_or(0, |head| head.start);
    let plan = head.and_then(|head| Plan::new("f", head, &question, &mut Problems::new()));
    if let Some(plan) = &plan {
        group.bench_function("weighted mean by three columns, one thread", |bencher| {
            bencher.iter_batched(
                || Grouped::new(plan),
                |mut grouped| grouped.piece(0, black_box(&bytes[start..]), true),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

fn registers(criterion: &mut Criterion) {
    let mut text = String::from("kommunenr,year,age,total,female,male\n");
    (0..130_000_u32).for_each(|row| {
        text += &format!(
            "{},{},{},{},{},{}\n",
            3401 + row % 57,
            2005 + row % 22,
            row % 106,
            row % 300,
            row % 150,
            row % 149
        );
    });
    let schema = br#"{"fields":[{"name":"kommunenr","type":"string"},{"name":"year","type":"year"},{"name":"age",
        "type":"integer"},{"name":"total","type":"integer"},{"name":"female","type":"integer"},
        {"name":"male","type":"integer"}]}"#;
    let codebook = Codebook::from_table_schema("s", schema, &mut Problems::new());
    let mut group = criterion.benchmark_group("registers");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    group.bench_function("read_table, 130,000 records, 6 columns", |bencher| {
        bencher.iter(|| {
            read_table("f", black_box(text.as_bytes()), &codebook, &mut Problems::new()).map(|table| table.len())
        });
    });
    group.finish();
}

criterion_group!(benches, records, figures, registers);
criterion_main!(benches);
