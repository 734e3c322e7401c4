//! Trains the parser (averaged perceptron, beam search with updates at the largest violation) and the
//! naming of relations.

use super::pack::WeightedRow;
use super::perceptron::{Perceptron, Random};
use super::tags::{self, TaggedSentence, best};
use crate::annotation::label::{Deprel, Upos};
use crate::annotation::relation::{self, Children, Siblings, Tree};
use crate::annotation::tag::TagId;
use crate::annotation::tree::{BEAM, LEFT, LONGEST, Node, RIGHT, SHIFT, STEPS, State, features};
use crate::annotation::word::{KeyMap, Word};

/// A sentence with its tree and the tags that a tagger which has not seen it gives.
pub(super) struct TreeSentence {
    pub words: Vec<Word>,
    pub tags: Vec<TagId>,
    pub upos: Vec<Upos>,
    /// The root's head is the number of words.
    pub heads: Vec<u16>,
    pub labels: Vec<Deprel>,
}

/// Tags each fifth of the sentences with a tagger trained on the other four.
pub(super) fn jackknife(
    sentences: &[TaggedSentence],
    classes: usize,
    epochs: usize,
) -> Vec<Vec<TagId>> {
    const FOLDS: usize = 5;
    let mut tags = vec![Vec::new(); sentences.len()];
    for fold in 0..FOLDS {
        let others: Vec<TaggedSentence> = (0..sentences.len())
            .filter(|i| i * FOLDS / sentences.len() != fold)
            .map(|i| sentences[i].clone())
            .collect();
        let rows: KeyMap<Vec<(u8, f32)>> = tags::train(&others, classes, epochs, 1)
            .into_iter()
            .collect();
        let (mut found, mut scores) = (Vec::new(), vec![0.0; classes]);
        for i in (0..sentences.len()).filter(|i| i * FOLDS / sentences.len() == fold) {
            for at in 0..sentences[i].words.len() {
                crate::annotation::tag::features(&sentences[i].words, at, &tags[i], &mut found);
                scores.fill(0.0);
                for row in found.iter().filter_map(|f| rows.get(f)) {
                    row.iter().for_each(|w| scores[usize::from(w.0)] += w.1);
                }
                tags[i].push(best(&scores));
            }
        }
    }
    tags
}

#[derive(Default, Clone, Copy)]
struct StepWeights {
    now: [f32; STEPS],
    changes: [f64; STEPS],
}

/// An averaged perceptron over the three steps.
#[derive(Default)]
struct StepPerceptron {
    rows: KeyMap<StepWeights>,
    step: f64,
}

impl StepPerceptron {
    fn score(&self, features: &[u64]) -> [f32; STEPS] {
        let mut sums = [0.0; STEPS];
        for row in features.iter().filter_map(|f| self.rows.get(f)) {
            for (sum, weight) in sums.iter_mut().zip(&row.now) {
                *sum += weight;
            }
        }
        sums
    }

    fn change(&mut self, features: &[u64], step: usize, by: f32) {
        for &feature in features {
            let row = self.rows.entry(feature).or_default();
            row.now[step] += by;
            row.changes[step] += f64::from(by) * self.step;
        }
    }

    fn averaged(&self) -> Vec<(u64, [f32; STEPS])> {
        let mut rows: Vec<(u64, [f32; STEPS])> = self
            .rows
            .iter()
            .map(|(&key, row)| {
                let mut weights = [0.0; STEPS];
                for (i, weight) in weights.iter_mut().enumerate() {
                    *weight = (f64::from(row.now[i]) - row.changes[i] / self.step.max(1.0)) as f32;
                }
                (key, weights)
            })
            .collect();
        rows.sort_by_key(|r| r.0);
        rows
    }
}

/// How many gold arcs each step puts out of reach; `usize::MAX` if it is not possible.
fn costs(state: &State, heads: &[u16]) -> [usize; STEPS] {
    let mut costs = [usize::MAX; STEPS];
    let possible = state.possible();
    let next = state.next;
    let on_stack = |word: u16| state.stack.contains(&word);
    let top = state.stack.last().copied();
    if possible[SHIFT] {
        let head = heads[usize::from(next)];
        let mut cost = usize::from(Some(head) != top && head < next && on_stack(head));
        cost += state
            .stack
            .iter()
            .filter(|&&s| heads[usize::from(s)] == next)
            .count();
        costs[SHIFT] = cost;
    }
    if let Some(top) = top {
        let head = heads[usize::from(top)];
        let lost = (usize::from(next)..heads.len())
            .filter(|&d| heads[d] == top)
            .count();
        if possible[LEFT] {
            let below = state.stack.len().checked_sub(2).map(|i| state.stack[i]);
            costs[LEFT] = lost + usize::from(head > next || Some(head) == below);
        }
        if possible[RIGHT] {
            costs[RIGHT] = lost + usize::from(head >= next);
        }
    }
    costs
}

/// The steps that build the true tree, or the nearest that the parser can.
fn gold_steps(heads: &[u16], state: &mut State) -> Vec<usize> {
    let mut steps = Vec::with_capacity(2 * heads.len());
    state.reset(heads.len());
    while !state.is_done() {
        let costs = costs(state, heads);
        let least = costs.iter().copied().min().unwrap_or(usize::MAX);
        let Some(step) = [LEFT, RIGHT, SHIFT]
            .into_iter()
            .find(|&s| costs[s] == least)
        else {
            break;
        };
        state.apply(step);
        steps.push(step);
    }
    steps
}

/// A way through the search.
#[derive(Default)]
struct Path {
    state: State,
    score: f32,
    steps: Vec<u8>,
}

/// Buffers of the search in training.
#[derive(Default)]
struct Search {
    beam: Vec<Path>,
    grown: Vec<Path>,
    options: Vec<(f32, usize, usize)>,
    features: Vec<u64>,
}

impl Search {
    /// Searches with a beam along the true steps. The steps of the rival whose lead over the
    /// truth was largest (max violation, Huang, Fayong, Guo 2012), if any led; and the heads found.
    fn run(&mut self, model: &StepPerceptron, nodes: &[Node], gold: &[usize]) -> Option<Vec<u8>> {
        let Self {
            beam,
            grown,
            options,
            features: found,
        } = self;
        beam.resize_with(BEAM, Path::default);
        grown.resize_with(BEAM, Path::default);
        beam[0].state.reset(nodes.len() - 1);
        beam[0].score = 0.0;
        beam[0].steps.clear();
        let mut truth = State::default();
        truth.reset(nodes.len() - 1);
        let (mut live, mut truth_score, mut largest, mut rival) = (1, 0.0, 0.0, None);
        for (at, &right) in gold.iter().enumerate() {
            options.clear();
            let mut truth_step = None;
            for (i, path) in beam[..live].iter().enumerate() {
                features(nodes, &path.state, found);
                let scores = model.score(found);
                let is_true = path
                    .steps
                    .iter()
                    .zip(gold)
                    .all(|(a, b)| usize::from(*a) == *b);
                if is_true {
                    truth_step = Some(scores[right]);
                }
                for (step, possible) in path.state.possible().into_iter().enumerate() {
                    if possible {
                        options.push((path.score + scores[step], i, step));
                    }
                }
            }
            truth_score += truth_step.unwrap_or_else(|| {
                features(nodes, &truth, found);
                model.score(found)[right]
            });
            truth.apply(right);
            options.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
            options.truncate(BEAM);
            live = options.len();
            for (&(score, from, step), path) in options.iter().zip(grown.iter_mut()) {
                path.state.copy_from(&beam[from].state);
                path.state.apply(step);
                path.score = score;
                path.steps.clone_from(&beam[from].steps);
                path.steps.push(step as u8);
            }
            std::mem::swap(beam, grown);
            let is_true = beam[0]
                .steps
                .iter()
                .zip(gold)
                .all(|(a, b)| usize::from(*a) == *b);
            let lead = beam[0].score - truth_score;
            if !is_true && lead >= largest && at > 0 {
                largest = lead;
                rival = Some(beam[0].steps.clone());
            }
        }
        rival
    }
}

/// Trains the choice of steps with the search that the parser uses.
pub(super) fn train_steps(
    sentences: &[TreeSentence],
    epochs: usize,
    seed: u64,
) -> Vec<(u64, [f32; STEPS])> {
    let mut model = StepPerceptron::default();
    let mut random = Random(seed);
    let mut state = State::default();
    let ready: Vec<(Vec<Node>, Vec<usize>, &TreeSentence)> = sentences
        .iter()
        .filter(|s| s.words.len() <= LONGEST)
        .map(|sentence| {
            let pairs = sentence.words.iter().zip(&sentence.tags);
            let mut nodes: Vec<Node> = pairs.map(|(w, t)| Node::new(w, *t)).collect();
            nodes.push(Node::root());
            let gold = gold_steps(&sentence.heads, &mut state);
            (nodes, gold, sentence)
        })
        .collect();
    let mut order: Vec<usize> = (0..ready.len()).collect();
    let mut search = Search::default();
    let mut found = Vec::new();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let (mut right, mut all) = (0, 0);
        for &i in &order {
            let (nodes, gold, sentence) = &ready[i];
            model.step += 1.0;
            if let Some(rival) = search.run(&model, nodes, gold) {
                let same = rival
                    .iter()
                    .zip(gold)
                    .take_while(|(a, b)| usize::from(**a) == **b)
                    .count();
                let theirs: Vec<usize> = rival.iter().map(|s| usize::from(*s)).collect();
                for (steps, by) in [(&gold[..rival.len()], 1.0), (&theirs[..], -1.0)] {
                    state.reset(nodes.len() - 1);
                    for (at, &step) in steps.iter().enumerate() {
                        if at >= same {
                            features(nodes, &state, &mut found);
                            model.change(&found, step, by);
                        }
                        state.apply(step);
                    }
                }
            }
            for (at, &head) in sentence.heads.iter().enumerate() {
                all += 1;
                right += u32::from(search.beam[0].state.head[at] == head);
            }
        }
        eprintln!(
            "steps: epoch {} UAS {:.2} %",
            epoch + 1,
            100.0 * f64::from(right) / f64::from(all)
        );
    }
    model.averaged()
}

/// Trains the naming of relations on the true trees.
pub(super) fn train_relations(
    sentences: &[TreeSentence],
    epochs: usize,
    seed: u64,
) -> Vec<WeightedRow> {
    let mut model = Perceptron::default();
    let mut random = Random(seed);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let (mut found, mut labels, mut index) = (Vec::new(), Vec::new(), Children::default());
    let mut scores = [0.0; Deprel::ALL.len()];
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let (mut right, mut all) = (0, 0);
        for &i in &order {
            let sentence = &sentences[i];
            let count = sentence.words.len();
            let heads: Vec<Option<usize>> = sentence
                .heads
                .iter()
                .map(|&h| Some(usize::from(h)).filter(|&h| h < count))
                .collect();
            index.fill(&heads);
            let tree = Tree {
                words: &sentence.words,
                tags: &sentence.tags,
                upos: &sentence.upos,
                heads: &heads,
                index: &index,
            };
            labels.clear();
            labels.resize(count, Deprel::Root);
            let mut siblings = Siblings::default();
            for &word in &index.downwards {
                let Some(head) = heads[word] else { continue };
                siblings.enter(head);
                relation::features(&tree, word, head, &labels, &siblings, &mut found);
                scores.fill(0.0);
                model.score(&found, &mut scores);
                scores[Deprel::Root as usize] = f32::MIN;
                let guess = best(&scores);
                let truth = sentence.labels[word] as u8;
                model.tick();
                all += 1;
                if guess == truth {
                    right += 1;
                } else {
                    model.change(&found, truth, 1.0);
                    model.change(&found, guess, -1.0);
                }
                labels[word] = Deprel::ALL[usize::from(guess)];
                siblings.add(Deprel::ALL[usize::from(guess)]);
            }
        }
        eprintln!(
            "relations: epoch {} {:.2} %",
            epoch + 1,
            100.0 * f64::from(right) / f64::from(all)
        );
    }
    model.averaged()
}
