//! LimeSurvey's tables of questions: read as questions, and their exports as answers.

use bygdepuls_core::problem::Problems;
use bygdepuls_core::questionnaire::import::{Options, import};
use bygdepuls_core::questionnaire::{ItemKind, Questionnaire};

const SURVEY: &str = "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tmandatory\n\
    S\t\tlanguage\t\tnb\t\t\t\n\
    S\t\tadditional_languages\t\ten\t\t\t\n\
    SL\t\tsurveyls_title\t\tSkjema\t\tnb\t\n\
    G\t\tSkjema\t1\t\t\tnb\t\n\
    Q\tL\tja\t1\tBor du her?\t\tnb\tY\n\
    A\t0\t1\t\tJa\t\tnb\t\n\
    A\t0\t2\t\tNei\t\tnb\t\n\
    Q\tF\tviktig\tja.NAOK == '1'\tHvor viktig er dette?\tSvar på alle\tnb\tN\n\
    SQ\t\tSQ001\t1\tRelevante jobber\t\tnb\t\n\
    SQ\t\tbolig\tja.NAOK == '2'\tPassende bolig\t\tnb\t\n\
    A\t0\tA1\t\tIkke viktig\t\tnb\t\n\
    A\t0\tA5\t\tSvært viktig\t\tnb\t\n\
    A\t0\tA9\t\tVet ikke\t\tnb\t\n\
    Q\tF\tkjent\tviktig_SQ001.NAOK == 'A5'\tHvor kjent er dette?\t\tnb\tN\n\
    SQ\t\tSQ001\t\tNAV\t\tnb\t\n\
    A\t0\tA1\t\tIkke viktig\t\tnb\t\n\
    A\t0\tA5\t\tSvært viktig\t\tnb\t\n\
    A\t0\tA9\t\tVet ikke\t\tnb\t\n\
    Q\tC\tsant\t1\tEr det sant?\t\tnb\tN\n\
    SQ\t\tx\t\tAt det er fint\t\tnb\t\n\
    Q\tA\tfem\t1\tFem poeng\t\tnb\tN\n\
    SQ\t\tx\t\tTing\t\tnb\t\n\
    Q\tK\tantall\t1\tHvor mange?\t\tnb\tN\n\
    SQ\t\tx\t\tSøsken\t\tnb\t\n\
    G\t\tForm\t1\t\t\ten\t\n\
    Q\tL\tja\t1\tDo you live here?\t\ten\tY\n\
    A\t0\t1\t\tYes\t\ten\t\n\
    A\t0\t2\t\tNo\t\ten\t\n\
    Q\tF\tviktig\t1\tHow important is this?\t\ten\tN\n\
    SQ\t\tSQ001\t1\tRelevant jobs\t\ten\t\n\
    SQ\t\tbolig\t1\tSuitable housing\t\ten\t\n\
    A\t0\tA1\t\tNot important\t\ten\t\n\
    A\t0\tA5\t\tVery important\t\ten\t\n\
    A\t0\tA9\t\tDon't know\t\ten\t\n";

fn form() -> Questionnaire {
    let mut problems = Problems::new();
    assert!(Questionnaire::is_limesurvey(SURVEY.as_bytes()));
    let form = Questionnaire::from_limesurvey("limesurvey.txt", SURVEY.as_bytes(), &mut problems);
    assert_eq!(problems.list().len(), 0, "{problems:?}");
    form
}

#[test]
fn each_row_is_a_question() {
    let form = form();
    let names: Vec<&str> = form.variables().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["ja", "viktig_SQ001", "viktig_bolig", "kjent_SQ001", "sant_x", "fem_x", "antall_x"]);
    let item = |name: &str| form.item(name).unwrap();
    let first = item("viktig_SQ001");
    assert_eq!(first.label[0], "Hvor viktig er dette? – Relevante jobber");
    assert_eq!(first.label[1], "How important is this? – Relevant jobs");
    let choices = |name: &str| {
        let list = form.choices(item(name)).unwrap();
        list.choices.iter().map(|choice| format!("{} {}", choice.code, choice.label[0])).collect::<Vec<_>>()
    };
    assert_eq!(choices("viktig_bolig"), ["A1 Ikke viktig", "A5 Svært viktig", "A9 Vet ikke"]);
    assert_eq!(choices("sant_x"), ["Y Ja", "U Usikker", "N Nei"]);
    assert_eq!(choices("fem_x"), ["1 1", "2 2", "3 3", "4 4", "5 5"]);
    assert_eq!(item("antall_x").kind, ItemKind::Decimal);
    // One list for both rows; conditions of the table and of the row; a condition on a row.
    assert_eq!(item("viktig_SQ001").kind, item("viktig_bolig").kind);
    let relevant = |name: &str| item(name).relevant.as_ref().map(|own| own.source().to_owned()).unwrap_or_default();
    assert_eq!(relevant("viktig_SQ001"), "${ja} = '1'");
    assert_eq!(relevant("viktig_bolig"), "(${ja} = '1') and (${ja} = '2')");
    assert_eq!(relevant("kjent_SQ001"), "${viktig_SQ001} = 'A5'");
}

#[test]
fn exports_of_codes_and_of_words_are_the_same_answers() {
    let form = form();
    let codes = "id;submitdate;ja;viktig[SQ001];viktig[bolig];kjent[SQ001];sant[x];fem[x];antall[x]\n\
        1;2027-04-01 10:00:00;1;A5;A1;A9;Y;3;2\n2;2027-04-01 10:00:00;2;;;;N;;\n";
    let words = "Response ID,Date submitted,Bor du her?,Hvor viktig er dette? [Relevante jobber],\
        Hvor viktig er dette? [Passende bolig],Hvor kjent er dette? [NAV],Er det sant? [At det er fint],Fem poeng [Ting],\
        Hvor mange? [Søsken]\n\
        1,2027-04-01 10:00:00,Ja,Svært viktig,Ikke viktig,Vet ikke,Ja,3,2\n2,2027-04-01 10:00:00,Nei,,,,Nei,,\n";
    let read = |export: &str| {
        let mut problems = Problems::new();
        let outcome = import(&form, &[("export", export.as_bytes())], Options::default(), &mut problems).unwrap();
        assert_eq!(problems.errors(), 0, "{problems:?}");
        String::from_utf8(outcome.answers).unwrap()
    };
    let expected = "ja,viktig_SQ001,viktig_bolig,kjent_SQ001,sant_x,fem_x,antall_x\n1,A5,A1,A9,Y,3,2\n2,,,,N,,\n";
    assert_eq!(read(codes), expected);
    assert_eq!(read(words), expected);
}

#[test]
fn a_table_with_two_scales_is_refused_by_its_line() {
    let mut problems = Problems::new();
    let survey = SURVEY.replace("Q\tC\tsant", "Q\t1\tsant");
    let _ = Questionnaire::from_limesurvey("limesurvey.txt", survey.as_bytes(), &mut problems);
    let found: Vec<_> = problems.list().iter().map(|one| (one.what.code(), one.line, one.column.as_deref())).collect();
    assert_eq!(found, [("unknown-type", Some(20), Some("type/scale"))]);
}
