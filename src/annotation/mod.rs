//! Owns the trained model and what it says of each token: part of speech, lemma, place in the
//! dependency tree, name. Must not know news, events or who anybody is.
//!
//! ```
//! use newsgraph::annotation::{Annotator, Deprel, NameLabel, Upos};
//! use newsgraph::document::Document;
//!
//! let document = Document::new("Angela Merkel met Emmanuel Macron in Paris on Monday.", &[]);
//! let annotation = Annotator::embedded().annotate(&document);
//! assert_eq!(annotation.tokens[2].upos, Upos::Verb);
//! assert_eq!(annotation.tokens[2].lemma, "meet");
//! assert_eq!(annotation.names[0].label, NameLabel::Person);
//! assert_eq!(annotation.names[0].tokens, 0..2);
//! ```

mod agreement;
pub mod conllu;
mod gazetteer;
mod label;
mod lemma;
mod name;
mod relation;
mod tag;
#[cfg(feature = "train")]
pub mod train;
mod tree;
mod weights;
mod word;

use std::ops::Range;
use std::sync::LazyLock;

pub use label::{Deprel, NameLabel, NameTag, UnknownLabel, Upos, Xpos};

use gazetteer::Gazetteer;
use lemma::Lemmatiser;
use name::{Context, NameFinder};
use relation::{Children, Labeller, Tree};
use tag::{TagId, Tagger};
use tree::Parser;
use weights::{Clusters, Sections};
pub(crate) use word::is_bound;
use word::{Word, WordMaker, words_of};

use crate::document::{Document, TokenId};

/// What the model says of one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenAnnotation {
    pub upos: Upos,
    pub xpos: Xpos,
    /// Dictionary form; lower case but for names.
    pub lemma: String,
    /// The token that this one depends on; `None` for the root of a sentence.
    pub head: Option<TokenId>,
    pub deprel: Deprel,
    pub name: NameTag,
}

/// A name: a stretch of tokens with what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSpan {
    pub tokens: Range<TokenId>,
    pub label: NameLabel,
}

/// The layer of grammar and names over a [`Document`], a record a token.
///
/// Every sentence is a tree with exactly one root, and heads never leave the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Annotation {
    pub tokens: Vec<TokenAnnotation>,
    /// In order of the text, not overlapping, never across sentences.
    pub names: Vec<NameSpan>,
    /// Dependents of all tokens, one token after another; `first_child[i]..first_child[i + 1]`.
    children: Vec<TokenId>,
    first_child: Vec<usize>,
}

impl Annotation {
    /// Puts the layers together and indexes the tree and the names.
    pub fn new(tokens: Vec<TokenAnnotation>) -> Self {
        let mut first_child = vec![0; tokens.len() + 1];
        for head in tokens.iter().filter_map(|t| t.head) {
            first_child[head + 1] += 1;
        }
        for i in 0..tokens.len() {
            first_child[i + 1] += first_child[i];
        }
        let mut next = first_child.clone();
        let mut children = vec![0; first_child.last().copied().unwrap_or(0)];
        for (id, token) in tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[next[head]] = id;
                next[head] += 1;
            }
        }
        let names = find_names(tokens.iter().map(|t| t.name));
        Self {
            tokens,
            names,
            children,
            first_child,
        }
    }

    /// The token that `id` depends on.
    pub fn head(&self, id: TokenId) -> Option<TokenId> {
        self.tokens[id].head
    }

    /// The tokens that depend on `id`, in order of the text.
    pub fn children(&self, id: TokenId) -> &[TokenId] {
        &self.children[self.first_child[id]..self.first_child[id + 1]]
    }

    /// The dependents of `id` with this relation, in order of the text.
    pub fn children_with(&self, id: TokenId, deprel: Deprel) -> impl Iterator<Item = TokenId> + '_ {
        self.children(id)
            .iter()
            .copied()
            .filter(move |&c| self.tokens[c].deprel == deprel)
    }

    /// The heads above `id`, from its own head to the root.
    pub fn ancestors(&self, id: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        std::iter::successors(self.head(id), |&above| self.head(above))
    }

    /// Whether `id` lies in the subtree of `above` (a token lies in its own).
    pub fn is_under(&self, id: TokenId, above: TokenId) -> bool {
        id == above || self.ancestors(id).any(|a| a == above)
    }

    /// From the first to the last token of the subtree of `id`.
    pub fn subtree(&self, id: TokenId) -> Range<TokenId> {
        let mut range = id..id + 1;
        let mut open = vec![id];
        while let Some(top) = open.pop() {
            range = range.start.min(top)..range.end.max(top + 1);
            open.extend_from_slice(self.children(top));
        }
        range
    }

    /// The name that holds a token.
    pub fn name_of(&self, id: TokenId) -> Option<&NameSpan> {
        let at = self.names.partition_point(|n| n.tokens.end <= id);
        self.names.get(at).filter(|n| n.tokens.contains(&id))
    }
}

/// Bytes that begin at a line of the processor's cache, as the model's tables are laid out.
#[repr(C, align(64))]
struct Lined<T: ?Sized> {
    bytes: T,
}

static MODEL: &Lined<[u8]> = &Lined {
    bytes: *include_bytes!("../../models/annotation.bin"),
};

/// The trained model: tagger, lemmatiser, name recogniser, parser.
pub struct Annotator {
    clusters: Clusters,
    gazetteer: Gazetteer,
    tagger: Tagger,
    lemmatiser: Lemmatiser,
    parser: Parser,
    labeller: Labeller,
    names: NameFinder,
}

impl Annotator {
    /// The model inside the binary; made ready at the first call.
    pub fn embedded() -> &'static Annotator {
        static EMBEDDED: LazyLock<Annotator> = LazyLock::new(|| {
            Annotator::from_bytes(&MODEL.bytes)
                .expect("the embedded model is whole: a test loads it")
        });
        &EMBEDDED
    }

    /// The model in the bytes of a model file; `None` if they are none. The weights are read in
    /// place, so nothing is copied.
    pub fn from_bytes(bytes: &'static [u8]) -> Option<Self> {
        let sections = Sections::new(bytes)?;
        Some(Self {
            clusters: Clusters::new(sections.get("clusters")?)?,
            gazetteer: Gazetteer::new(sections.get("known")?)?,
            tagger: Tagger::new(sections.get("tagset")?, sections.get("tags")?)?,
            lemmatiser: Lemmatiser::new(sections.get("edits")?, sections.get("lemmas")?)?,
            parser: Parser::new(sections.get("heads")?)?,
            labeller: Labeller::new(sections.get("labels")?)?,
            names: NameFinder::new(
                sections.get("names")?,
                sections.get("follows")?,
                sections.get("agree")?,
            )?,
        })
    }

    /// The class of words that a word is used like; 0 for a word that the model does not know.
    pub(crate) fn class_of(&self, word: &str) -> u16 {
        let bound = (false, false);
        WordMaker::default()
            .make(word, bound, &self.clusters)
            .cluster
    }

    /// The part of speech of each token, without anything else.
    pub fn tags(&self, document: &Document) -> Vec<(Upos, Xpos)> {
        let words = words_of(document, &self.clusters);
        self.tag_ids(document, &words)
            .into_iter()
            .map(|t| self.tagger.tag_of(t))
            .collect()
    }

    /// The names of a document, without the tree.
    pub fn names(&self, document: &Document) -> Vec<NameSpan> {
        let words = words_of(document, &self.clusters);
        let tags = self.tag_ids(document, &words);
        find_names(self.name_tags(document, &words, &tags).into_iter())
    }

    /// Tags, lemmatises, parses and names a document. Linear in its length; the same document
    /// gives the same annotation whatever came before it.
    pub fn annotate(&self, document: &Document) -> Annotation {
        self.annotate_some(document, |_| true, true)
    }

    /// What finding facts needs: no lemmas, and trees only of the sentences that `parses` picks. In
    /// the others every token depends on the first.
    pub fn annotate_where(
        &self,
        document: &Document,
        parses: impl Fn(&Range<TokenId>) -> bool,
    ) -> Annotation {
        self.annotate_some(document, parses, false)
    }

    fn annotate_some(
        &self,
        document: &Document,
        parses: impl Fn(&Range<TokenId>) -> bool,
        lemmas: bool,
    ) -> Annotation {
        let words = words_of(document, &self.clusters);
        let tags = self.tag_ids(document, &words);
        let names = self.name_tags(document, &words, &tags);
        let upos: Vec<Upos> = tags.iter().map(|t| self.tagger.tag_of(*t).0).collect();
        let mut scratch = tree::Scratch::default();
        let (mut heads, mut labels) = (Vec::new(), Vec::new());
        let (mut index, mut features) = (Children::default(), Vec::new());
        let mut tokens = Vec::with_capacity(words.len());
        for sentence in &document.sentences {
            let range = sentence.tokens.clone();
            let start = range.start;
            let (words, tags) = (&words[range.clone()], &tags[range.clone()]);
            if parses(&sentence.tokens) {
                self.parser.parse(words, tags, &mut scratch, &mut heads);
                index.fill(&heads);
                let tree = Tree {
                    words,
                    tags,
                    upos: &upos[range],
                    heads: &heads,
                    index: &index,
                };
                self.labeller.label(&tree, &mut features, &mut labels);
            } else {
                flat(words.len(), &mut heads, &mut labels);
            }
            for at in 0..words.len() {
                let id = start + at;
                let (upos, xpos) = self.tagger.tag_of(tags[at]);
                tokens.push(TokenAnnotation {
                    upos,
                    xpos,
                    lemma: if lemmas {
                        self.lemmatiser.lemma(document.word(id), upos, xpos)
                    } else {
                        String::new()
                    },
                    head: heads[at].map(|h| start + h),
                    deprel: labels[at],
                    name: names[id],
                });
            }
        }
        Annotation::new(tokens)
    }

    fn tag_ids(&self, document: &Document, words: &[Word]) -> Vec<TagId> {
        let mut tags = Vec::with_capacity(words.len());
        let (mut features, mut found) = (Vec::new(), Vec::new());
        for sentence in &document.sentences {
            self.tagger
                .tag(&words[sentence.tokens.clone()], &mut features, &mut found);
            tags.extend_from_slice(&found);
        }
        tags
    }

    fn name_tags(&self, document: &Document, words: &[Word], tags: &[TagId]) -> Vec<NameTag> {
        let sentences: Vec<Range<TokenId>> = document
            .sentences
            .iter()
            .map(|s| s.tokens.clone())
            .collect();
        let context = Context::new(words, tags, &sentences, &self.gazetteer, &self.tagger);
        let states = self.names.find(words, &context, &sentences);
        states
            .into_iter()
            .map(|s| name::name_tag(usize::from(s)))
            .collect()
    }
}

/// A tree without structure: every token hangs on the first.
fn flat(length: usize, heads: &mut Vec<Option<usize>>, labels: &mut Vec<Deprel>) {
    heads.clear();
    labels.clear();
    heads.extend((0..length).map(|at| (at > 0).then_some(0)));
    labels.extend((0..length).map(|at| if at > 0 { Deprel::Dep } else { Deprel::Root }));
}

/// Names out of their tags.
fn find_names(tags: impl Iterator<Item = NameTag>) -> Vec<NameSpan> {
    let mut names: Vec<NameSpan> = Vec::new();
    for (id, tag) in tags.enumerate() {
        match tag {
            NameTag::Outside => {}
            NameTag::Begin(label) => names.push(NameSpan {
                tokens: id..id + 1,
                label,
            }),
            NameTag::Inside(label) => match names.last_mut() {
                Some(name) if name.tokens.end == id && name.label == label => {
                    name.tokens.end = id + 1;
                }
                _ => names.push(NameSpan {
                    tokens: id..id + 1,
                    label,
                }),
            },
        }
    }
    names
}
