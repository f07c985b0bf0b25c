//! The edition of one wave: what it is asked, and nothing about the others.

use crate::questionnaire::{Expression, Item, Questionnaire, Routing};

impl Questionnaire {
    /// The questionnaire as one wave meets it: questions that are never put to it are left out, and conditions say only
    /// what is still open. The wave variable stays, with the wave as its value beforehand.
    #[must_use]
    pub fn for_wave(&self, wave: &str) -> Self {
        let routing = Routing::of(self);
        let wave_name = self.wave_variable().map(|item| item.name.clone()).unwrap_or_default();
        let kept = |place: usize| {
            let around = routing.groups(place).iter().chain([&place]);
            around.into_iter().all(|at| routing.asked(wave, *at) != Some(false))
        };
        let known = |name: &str| -> Option<&str> {
            if name == wave_name {
                return Some(wave);
            }
            let place = self.items.iter().position(|item| item.name == name && !item.kind.is_end())?;
            (!kept(place)).then_some("")
        };
        let simpler = |expression: &Option<Expression>| expression.as_ref().and_then(|own| own.knowing(&known));
        let mut own = self.clone();
        own.items = Vec::new();
        // Whether each open group is kept; one that is left empty is taken away again.
        let mut open: Vec<bool> = Vec::new();
        for (place, item) in self.items.iter().enumerate() {
            let is_kept = if item.kind.is_end() { open.pop().unwrap_or(true) } else { kept(place) };
            if item.kind.is_begin() {
                open.push(is_kept);
            }
            if !is_kept {
                continue;
            }
            if item.kind.is_end() && own.items.last().is_some_and(|last: &Item| last.kind.is_begin()) {
                own.items.pop();
                continue;
            }
            let mut item = item.clone();
            item.relevant = simpler(&item.relevant);
            item.constraint = simpler(&item.constraint);
            if item.name == wave_name {
                item.default = wave.into();
            }
            own.items.push(item);
        }
        own.lists.retain(|list| {
            let of_items = own.items.iter().any(|item| item.kind.list() == Some(&list.name));
            of_items || !self.items.iter().any(|item| item.kind.list() == Some(&list.name))
        });
        let list = self.wave_variable().and_then(|item| self.choices(item));
        if let Some(choice) = list.and_then(|list| list.choice(wave)) {
            own.settings.title = format!("{}: {}", own.settings.title, self.text(&choice.label).nb);
        }
        own.settings.id = format!("{}_{wave}", own.settings.id);
        own
    }
}

#[cfg(test)]
mod tests {
    use crate::problem::Problems;
    use crate::questionnaire::Questionnaire;

    #[test]
    fn one_wave() {
        let survey = "type,name,label,relevant\nhidden,bolge,Wave,\nselect_one yn,home,Home,${bolge} = '2'\n\
                      begin group,g,G,${bolge} = '2'\ntext,in,In,\nend group,,,\ntext,why,Why,${bolge} = '1' or ${home} = '1'\n";
        let choices = "list_name,name,label\nyn,1,Y\nyn,2,N\nbolge,1,First\nbolge,2,Second\n";
        let sheets = (("s", survey.as_bytes()), ("c", choices.as_bytes()));
        let whole = Questionnaire::from_csv(sheets.0, sheets.1, None, &mut Problems::new());
        let csv = |wave| String::from_utf8(whole.for_wave(wave).to_sheets()[0].to_csv()).unwrap();
        assert_eq!(csv("1"), "type,name,label,relevant,default\nhidden,bolge,Wave,,1\ntext,why,Why,,\n");
        assert_eq!(
            csv("2"),
            "type,name,label,relevant,default\nhidden,bolge,Wave,,2\nselect_one yn,home,Home,,\nbegin group,g,G,,\n\
             text,in,In,,\nend group,,,,\ntext,why,Why,${home} = '1',\n"
        );
        assert_eq!(whole.for_wave("1").lists.len(), 1, "only the waves");
    }
}
