//! An expression with some of its values known, written again as XPath.

use super::{Expression, Node, Operator};
use std::fmt::Write as _;

impl Expression {
    /// The expression for those of whom some values are known: what then always holds is left out. `None` when the whole of
    /// it always holds. An expression with paths in it, and one with a fault, is left as it is.
    ///
    /// ```
    /// use bygdepuls_core::questionnaire::Expression;
    /// let asked = Expression::parse("(${wave} = '3' or ${wave} = '4') and (${home} != '')");
    /// let in_wave = |wave: &'static str| asked.knowing(&|name| (name == "wave").then_some(wave));
    /// assert_eq!(in_wave("3").unwrap().source(), "${home} != ''");
    /// assert_eq!(in_wave("1").unwrap().source(), "false()");
    /// ```
    #[must_use]
    pub fn knowing<'a>(&self, value: &dyn Fn(&str) -> Option<&'a str>) -> Option<Self> {
        if self.evaluate(value) == Some(true) {
            return None;
        }
        let mut whole = true;
        self.node.visit(&mut |node| whole &= !matches!(node, Node::Path(_) | Node::LastSaved(_) | Node::Broken(_)));
        if !whole {
            return Some(self.clone());
        }
        let node = simpler(&self.node, value);
        Some(Self { source: Self::written(&node), node })
    }
}

impl Expression {
    /// A part of an expression as XPath.
    pub(in crate::questionnaire) fn written(node: &Node) -> String {
        let mut out = String::new();
        write(&mut out, node, 0);
        out
    }
}

fn simpler<'a>(node: &Node, value: &dyn Fn(&str) -> Option<&'a str>) -> Node {
    let truth = |node: &Node| super::evaluate::truth(node, value);
    let call = |name: &str| Node::Call(name.into(), Vec::new());
    match node {
        Node::And(parts) | Node::Or(parts) => {
            let is_and = matches!(node, Node::And(_));
            if let Some(known) = truth(node) {
                return call(if known { "true" } else { "false" });
            }
            let open: Vec<Node> =
                parts.iter().filter(|part| truth(part).is_none()).map(|part| simpler(part, value)).collect();
            match open.as_slice() {
                [one] => one.clone(),
                _ if is_and => Node::And(open),
                _ => Node::Or(open),
            }
        }
        Node::Compare(operator, left, right) => match truth(node) {
            Some(known) => call(if known { "true" } else { "false" }),
            None => Node::Compare(*operator, simpler(left, value).into(), simpler(right, value).into()),
        },
        Node::Arithmetic(operator, left, right) => {
            Node::Arithmetic(*operator, simpler(left, value).into(), simpler(right, value).into())
        }
        Node::Negate(inner) => Node::Negate(simpler(inner, value).into()),
        Node::Call(name, arguments) => {
            Node::Call(name.clone(), arguments.iter().map(|argument| simpler(argument, value)).collect())
        }
        Node::Reference(name) => value(name).map_or_else(|| node.clone(), |text| Node::Text(text.into())),
        _ => node.clone(),
    }
}

/// How tightly a node binds; what binds looser than where it stands is put in parentheses.
fn strength(node: &Node) -> u8 {
    match node {
        Node::Or(_) => 1,
        Node::And(_) => 2,
        Node::Compare(..) => 3,
        Node::Arithmetic(Operator::Add | Operator::Subtract, ..) => 4,
        Node::Arithmetic(..) => 5,
        Node::Negate(_) => 6,
        _ => 7,
    }
}

fn write(out: &mut String, node: &Node, around: u8) {
    let own = strength(node);
    if own < around {
        out.push('(');
        write(out, node, 0);
        out.push(')');
        return;
    }
    let list = |out: &mut String, parts: &[Node], between: &str, strength| {
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                out.push_str(between);
            }
            write(out, part, strength);
        }
    };
    match node {
        Node::Or(parts) => list(out, parts, " or ", own + 1),
        Node::And(parts) => list(out, parts, " and ", own + 1),
        Node::Compare(operator, left, right) | Node::Arithmetic(operator, left, right) => {
            // Chains of sums bind from the left; comparisons have none.
            write(out, left, if own == 3 { own + 1 } else { own });
            let _ = write!(out, " {} ", operator.symbol());
            write(out, right, own + 1);
        }
        Node::Negate(inner) => {
            out.push('-');
            write(out, inner, own);
        }
        Node::Call(name, arguments) => {
            out.push_str(name);
            out.push('(');
            list(out, arguments, ", ", 0);
            out.push(')');
        }
        Node::Reference(name) => {
            let _ = write!(out, "${{{name}}}");
        }
        Node::This => out.push('.'),
        Node::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Node::Text(text) => {
            let quote = if text.contains('\'') { '"' } else { '\'' };
            let _ = write!(out, "{quote}{text}{quote}");
        }
        Node::LastSaved(_) | Node::Path(_) | Node::Broken(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::Expression;

    #[test]
    fn written_again_it_says_the_same() {
        for source in [
            "(${a} = 1 or ${b} = '2') and not(selected(${c}, 'x'))",
            "1 - (2 - ${a}) > -${b} div (3 + 4)",
            "${a} = \"it's\"",
            "count-selected(.) <= 3 and (. != '' or ${a} = 1)",
        ] {
            let parsed = Expression::parse(source);
            let again = parsed.knowing(&|_| None).unwrap();
            assert_eq!(Expression::parse(again.source()).node(), parsed.node(), "{source}: {}", again.source());
        }
    }

    #[test]
    fn what_is_known_is_left_out() {
        let simpler = |source: &str| {
            let known = Expression::parse(source).knowing(&|name| (name == "w").then_some("1"));
            known.map(|known| known.source().to_owned())
        };
        assert_eq!(simpler("${w} = '1'"), None);
        assert_eq!(simpler("${w} = '2'").unwrap(), "false()");
        assert_eq!(simpler("${w} = '2' or ${a} = ${w}").unwrap(), "${a} = '1'");
        assert_eq!(simpler("not(${w} = '2' and ${a} = '1') and ${b} > 2").unwrap(), "${b} > 2");
    }
}
