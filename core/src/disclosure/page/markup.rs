//! HTML and SVG as a tree, read as a browser reads well-formed markup. What is not well nested is not audited but
//! refused: browsers repair it, each rule of that repair could hide something.

use html5gum::{DefaultEmitter, Span, Token, Tokenizer};

/// An element.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) line: usize,
    /// Where it is, from the root: `body > table > tr[3]`.
    pub(super) path: String,
    pub(super) children: Vec<Child>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Child {
    Node(Node),
    Text { text: String, line: usize },
    Comment { text: String, line: usize },
}

/// Why markup is refused: the line, and the tag that does not fit.
#[derive(Debug)]
pub(super) struct NotNested {
    pub(super) line: usize,
    pub(super) tag: String,
}

/// Deeper than any page of ours.
const DEPTH: usize = 100;

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

impl Node {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| if let Child::Node(node) = child { Some(node) } else { None })
    }

    /// All text below it, parts kept apart.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text { text, .. } => out.push_str(text),
                Child::Node(node) => {
                    // The parts of a list or a table are words of their own.
                    let block =
                        !matches!(node.name.as_str(), "b" | "i" | "em" | "strong" | "span" | "tspan" | "sup" | "sub");
                    out.push_str(if block { " " } else { "" });
                    node.push_text(out);
                    out.push_str(if block { " " } else { "" });
                }
                Child::Comment { .. } => {}
            }
        }
    }
}

/// Reads a document or a fragment under a root without a name. Nothing may stand open at its end.
pub(super) fn read(text: &str) -> Result<Node, NotNested> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let breaks: Vec<usize> = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let line = |span: Span<usize>| breaks.partition_point(|&at| at < span.start) + 1;
    let root = Node { name: String::new(), attributes: Vec::new(), line: 1, path: String::new(), children: Vec::new() };
    let mut open = vec![root];
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = words(&tag.name);
                let line = line(tag.span);
                if open.len() > DEPTH {
                    return Err(NotNested { line, tag: name });
                }
                let attributes = tag.attributes.iter().map(|(name, value)| (words(name), words(&value.value)));
                let attributes: Vec<(String, String)> = attributes.collect();
                let path = path(&open, &name);
                let drawn = name == "svg" || open.iter().any(|node| node.name == "svg");
                let node = Node { name, attributes, line, path, children: Vec::new() };
                if VOID.contains(&node.name.as_str()) || tag.self_closing && drawn {
                    push(&mut open, Child::Node(node));
                } else {
                    open.push(node);
                }
            }
            Token::EndTag(tag) => {
                let name = words(&tag.name);
                match open.pop() {
                    Some(node) if node.name == name && !open.is_empty() => push(&mut open, Child::Node(node)),
                    _ => return Err(NotNested { line: line(tag.span), tag: format!("/{name}") }),
                }
            }
            Token::String(text) => {
                let line = line(text.span);
                match open.last_mut().and_then(|node| node.children.last_mut()) {
                    Some(Child::Text { text: before, .. }) => before.push_str(&words(&text.value)),
                    _ => push(&mut open, Child::Text { text: words(&text.value), line }),
                }
            }
            Token::Comment(comment) => {
                let line = line(comment.span);
                push(&mut open, Child::Comment { text: words(&comment.value), line });
            }
            Token::Doctype(_) => {}
            // Duplicate attributes and what else a browser drops in silence.
            Token::Error(error) => return Err(NotNested { line: line(error.span), tag: error.value.to_string() }),
        }
    }
    match (open.pop(), open.len()) {
        (Some(root), 0) => Ok(root),
        (node, _) => Err(NotNested { line: text.lines().count(), tag: node.map(|node| node.name).unwrap_or_default() }),
    }
}

fn push(open: &mut [Node], child: Child) {
    if let Some(node) = open.last_mut() {
        node.children.push(child);
    }
}

/// The last four steps to an element, with its number among those of its name.
fn path(open: &[Node], name: &str) -> String {
    let Some(parent) = open.last() else { return name.to_owned() };
    let number = parent.nodes().filter(|node| node.name == name).count() + 1;
    let steps: Vec<&str> = parent.path.split(" > ").filter(|step| !step.is_empty()).collect();
    let from = steps.len().saturating_sub(4);
    let step = if number > 1 { format!("{name}[{number}]") } else { name.to_owned() };
    steps[from..].iter().copied().chain([step.as_str()]).collect::<Vec<_>>().join(" > ")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
