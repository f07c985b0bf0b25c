//! Text to the parts of an expression: the grammar of XPath 1.0 as XLSForm uses it.

use super::{Expression, ExpressionError, Fault, Node, Operator};

/// Parentheses that may stand within each other.
const DEPTH: usize = 60;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Reference(String),
    LastSaved(String),
    Number(f64),
    Text(String),
    /// A function, an axis, a step of a path, or a word operator.
    Name(String),
    Symbol(&'static str),
}

/// A token and where it begins and ends, in characters.
type Placed = (Token, usize, usize);

pub(super) fn parse(source: &str) -> Result<Node, ExpressionError> {
    let letters: Vec<char> = source.chars().collect();
    if letters.len() > Expression::LIMIT {
        return Err(ExpressionError { column: Expression::LIMIT, found: String::new(), fault: Fault::TooDeep });
    }
    let tokens = tokens(&letters)?;
    let mut parser = Parser { letters: &letters, tokens: &tokens, next: 0, depth: 0 };
    let node = parser.or()?;
    if parser.next < tokens.len() { Err(parser.unexpected()) } else { Ok(node) }
}

const SYMBOLS: [&str; 24] = [
    "!=", "<=", ">=", "//", "..", "::", "==", "&&", "||", "=", "<", ">", "+", "-", "*", "(", ")", "[", "]", ",", "/",
    ".", "|", "@",
];

fn tokens(letters: &[char]) -> Result<Vec<Placed>, ExpressionError> {
    let mut tokens = Vec::new();
    let mut place = 0;
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    while let Some(&letter) = letters.get(place) {
        let rest = &letters[place..];
        let fault = |fault, found: &str| ExpressionError { column: place + 1, found: found.into(), fault };
        let until = |end: char| rest.iter().skip(1).position(|other| *other == end).map(|found| found + 1);
        let (token, length) = if letter.is_whitespace() {
            place += 1;
            continue;
        } else if rest.starts_with(&['$', '{']) {
            let end = until('}').ok_or_else(|| fault(Fault::UnclosedReference, ""))?;
            let name: String = rest[2..end].iter().collect();
            let name = name.trim();
            match name.strip_prefix("last-saved#") {
                Some(name) => (Token::LastSaved(name.into()), end + 1),
                None if name.is_empty() => return Err(fault(Fault::Unexpected, "${}")),
                None => (Token::Reference(name.into()), end + 1),
            }
        } else if matches!(letter, '\'' | '"') {
            let end = until(letter).ok_or_else(|| fault(Fault::UnclosedText, ""))?;
            (Token::Text(rest[1..end].iter().collect()), end + 1)
        } else if letter.is_ascii_digit() || (letter == '.' && rest.get(1).is_some_and(char::is_ascii_digit)) {
            let length = rest.iter().take_while(|other| other.is_ascii_digit() || **other == '.').count();
            let text: String = rest[..length].iter().collect();
            let number = text.parse().map_err(|_| fault(Fault::Unexpected, &text))?;
            (Token::Number(number), length)
        } else if letter.is_alphabetic() || letter == '_' {
            let mut length = rest.iter().take_while(|other| is_name(**other)).count();
            // A prefix, as in `jr:choice-name`; two colons are an axis.
            if rest.get(length) == Some(&':') && rest.get(length + 1).is_some_and(|next| next.is_alphabetic()) {
                length += 1 + rest[length + 1..].iter().take_while(|other| is_name(**other)).count();
            }
            (Token::Name(rest[..length].iter().collect()), length)
        } else {
            let found = SYMBOLS.iter().find(|symbol| symbol.chars().eq(rest.iter().take(symbol.len()).copied()));
            match found.copied() {
                Some(symbol @ ("==" | "&&" | "||")) => return Err(fault(Fault::OtherLanguage, symbol)),
                Some(symbol) => (Token::Symbol(symbol), symbol.len()),
                None => return Err(fault(Fault::Unexpected, &letter.to_string())),
            }
        };
        tokens.push((token, place, place + length));
        place += length;
    }
    Ok(tokens)
}

struct Parser<'a> {
    letters: &'a [char],
    tokens: &'a [Placed],
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn unexpected(&self) -> ExpressionError {
        match self.tokens.get(self.next) {
            Some((_, start, end)) => {
                let found = self.letters[*start..*end].iter().collect();
                ExpressionError { column: start + 1, found, fault: Fault::Unexpected }
            }
            None => ExpressionError { column: self.letters.len() + 1, found: String::new(), fault: Fault::Unexpected },
        }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, ..)| token)
    }

    fn take(&mut self, symbol: &'static str) -> bool {
        let found = self.peek() == Some(&Token::Symbol(symbol));
        self.next += usize::from(found);
        found
    }

    fn need(&mut self, symbol: &'static str) -> Result<(), ExpressionError> {
        if self.take(symbol) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Name(name)) if name == word);
        self.next += usize::from(found);
        found
    }

    fn or(&mut self) -> Result<Node, ExpressionError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(ExpressionError { fault: Fault::TooDeep, ..self.unexpected() });
        }
        let mut parts = vec![self.and()?];
        while self.take_word("or") {
            parts.push(self.and()?);
        }
        self.depth -= 1;
        Ok(one_or(parts, Node::Or))
    }

    fn and(&mut self) -> Result<Node, ExpressionError> {
        let mut parts = vec![self.comparison()?];
        while self.take_word("and") {
            parts.push(self.comparison()?);
        }
        Ok(one_or(parts, Node::And))
    }

    fn comparison(&mut self) -> Result<Node, ExpressionError> {
        let left = self.sum()?;
        let operators = [
            ("=", Operator::Equal),
            ("!=", Operator::NotEqual),
            ("<=", Operator::AtMost),
            (">=", Operator::AtLeast),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        match operators.into_iter().find(|(symbol, _)| self.take(symbol)) {
            Some((_, operator)) => Ok(Node::Compare(operator, left.into(), self.sum()?.into())),
            None => Ok(left),
        }
    }

    fn sum(&mut self) -> Result<Node, ExpressionError> {
        let mut left = self.product()?;
        let mut many = 0;
        loop {
            let operator = if self.take("+") {
                Operator::Add
            } else if self.take("-") {
                Operator::Subtract
            } else {
                return Ok(left);
            };
            many = self.one_more(many)?;
            left = Node::Arithmetic(operator, left.into(), self.product()?.into());
        }
    }

    fn product(&mut self) -> Result<Node, ExpressionError> {
        let mut left = self.unary()?;
        let mut many = 0;
        loop {
            let operator = if self.take("*") {
                Operator::Multiply
            } else if self.take("|") {
                Operator::Union
            } else if self.take_word("div") {
                Operator::Divide
            } else if self.take_word("mod") {
                Operator::Remainder
            } else {
                return Ok(left);
            };
            many = self.one_more(many)?;
            left = Node::Arithmetic(operator, left.into(), self.unary()?.into());
        }
    }

    /// Chains grow a tree as deep as they are long.
    fn one_more(&self, many: usize) -> Result<usize, ExpressionError> {
        if many >= 10 * DEPTH {
            return Err(ExpressionError { fault: Fault::TooDeep, ..self.unexpected() });
        }
        Ok(many + 1)
    }

    fn unary(&mut self) -> Result<Node, ExpressionError> {
        let mut negative = false;
        while self.take("-") {
            negative = !negative;
        }
        let node = self.primary()?;
        Ok(if negative { Node::Negate(node.into()) } else { node })
    }

    fn primary(&mut self) -> Result<Node, ExpressionError> {
        let error = self.unexpected();
        let Some(token) = self.peek().cloned() else { return Err(error) };
        self.next += 1;
        let node = match token {
            Token::Reference(name) => Node::Reference(name),
            Token::LastSaved(name) => Node::LastSaved(name),
            Token::Number(number) => Node::Number(number),
            Token::Text(text) => Node::Text(text),
            Token::Symbol("(") => {
                let inner = self.or()?;
                self.need(")")?;
                inner
            }
            Token::Symbol(".") => Node::This,
            Token::Symbol("..") => Node::Path(Vec::new()),
            Token::Symbol("/" | "//") => {
                self.next -= 1;
                Node::Path(Vec::new())
            }
            Token::Name(name) if self.take("(") => {
                let mut arguments = Vec::new();
                if !self.take(")") {
                    arguments.push(self.or()?);
                    while self.take(",") {
                        arguments.push(self.or()?);
                    }
                    self.need(")")?;
                }
                Node::Call(name, arguments)
            }
            // A step: a column of the choices in a choice filter, a child in a path.
            Token::Name(name) if !matches!(name.as_str(), "and" | "or" | "div" | "mod") => {
                if self.take("::") {
                    self.step()?;
                }
                Node::Path(Vec::new())
            }
            Token::Symbol("@") => {
                self.step()?;
                Node::Path(Vec::new())
            }
            _ => return Err(error),
        };
        self.rest_of_path(node)
    }

    /// `/step`, `[predicate]`: what makes a path of what stood before.
    fn rest_of_path(&mut self, first: Node) -> Result<Node, ExpressionError> {
        let mut inside = Vec::new();
        let mut is_path = false;
        loop {
            if self.take("/") || self.take("//") {
                self.step()?;
            } else if self.take("[") {
                inside.push(self.or()?);
                self.need("]")?;
            } else {
                break;
            }
            is_path = true;
        }
        if !is_path {
            return Ok(first);
        }
        match first {
            Node::Path(before) => inside.splice(0..0, before),
            other => inside.splice(0..0, vec![other]),
        };
        Ok(Node::Path(inside))
    }

    fn step(&mut self) -> Result<(), ExpressionError> {
        if self.take("*") || self.take(".") || self.take("..") {
            return Ok(());
        }
        self.take("@");
        if !matches!(self.peek(), Some(Token::Name(_) | Token::Reference(_))) {
            return Err(self.unexpected());
        }
        self.next += 1;
        if self.take("::") {
            return self.step();
        }
        if self.take("(") {
            self.need(")")?;
        }
        Ok(())
    }
}

fn one_or(mut parts: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    match parts.pop() {
        Some(one) if parts.is_empty() => one,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => many(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Expression, Fault, Node, Operator};

    fn error(source: &str) -> (usize, Fault) {
        let parsed = Expression::parse(source);
        let error = parsed.error().unwrap_or_else(|| panic!("{source}: {:?}", parsed.node()));
        (error.column, error.fault)
    }

    #[test]
    fn what_binds_tighter() {
        let reference = |name: &str| Node::Reference(name.into());
        let equal =
            |name, code: &str| Node::Compare(Operator::Equal, reference(name).into(), Node::Text(code.into()).into());
        let parsed = Expression::parse("${a} = '1' or ${b}='2' and not(${c} = \"3\")");
        let not = Node::Call("not".into(), vec![equal("c", "3")]);
        assert_eq!(*parsed.node(), Node::Or(vec![equal("a", "1"), Node::And(vec![equal("b", "2"), not])]));
        let parsed = Expression::parse("1 + 2 * 3 - -4 >= . div 2");
        assert_eq!(parsed.evaluate(&|_| Some("22")), Some(true));
        assert_eq!(parsed.evaluate(&|_| Some("23")), Some(false));
    }

    #[test]
    fn what_is_not_computed_is_read() {
        for source in [
            "regex(., '^[A-Z]{2}$')",
            "position(..) = 1",
            "instance('cities')/root/item[name = ${city}]/label != ''",
            "jr:choice-name(${a}, '${a}') = 'x'",
            "count(${repeat}/child::name) > 1",
            "../other = 3 and /data/@id != ''",
            "region = ${region}",
            "string-length(.) <= 3 and today() > date('2026-01-01')",
            "${last-saved#a} = 1",
        ] {
            assert_eq!(Expression::parse(source).error(), None, "{source}");
        }
        let inside = Expression::parse("instance('c')/root/item[name = ${city}]/label");
        assert_eq!(inside.references(), ["city"]);
    }

    #[test]
    fn faults_are_located() {
        assert_eq!(error("${a} = 'x"), (8, Fault::UnclosedText));
        assert_eq!(error("${a = 1"), (1, Fault::UnclosedReference));
        assert_eq!(error("${a} == 1"), (6, Fault::OtherLanguage));
        assert_eq!(error("${a} = 1 && ${b} = 1"), (10, Fault::OtherLanguage));
        assert_eq!(error("(${a} = 1"), (10, Fault::Unexpected));
        assert_eq!(error("${a} = 1)"), (9, Fault::Unexpected));
        assert_eq!(error("${a} = 1 ${b} = 1"), (10, Fault::Unexpected));
        assert_eq!(error(""), (1, Fault::Unexpected));
        assert_eq!(error("and ${a}"), (1, Fault::Unexpected));
        assert_eq!(error("selected(${a}, '1'"), (19, Fault::Unexpected));
        assert_eq!(error("${} = 1"), (1, Fault::Unexpected));
        assert_eq!(error("${å} = æ#"), (9, Fault::Unexpected), "characters, not bytes");
        assert_eq!(error(&"(".repeat(1000)).1, Fault::TooDeep);
        assert_eq!(error(&"1+".repeat(5000)).1, Fault::TooDeep);
        assert_eq!(error(&"1".repeat(30_000)).1, Fault::TooDeep);
        assert!(Expression::parse(&"${a} = 1 or ".repeat(1000)).error().is_some());
    }
}
