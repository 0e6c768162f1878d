//! The trie: arcs over symbols, packed once it is complete.

use super::symbols::{ALWAYS, Mask, Numbering, Sets, Symbol};

pub(super) type NodeId = u32;

/// Where every phrase starts.
pub(super) const ROOT: NodeId = 0;
/// Where phrases start that want a sentence to start with them.
pub(super) const SENTENCE_ROOT: NodeId = 1;
/// The most arcs a trie may have; care in one language needs twenty thousand.
const MOST_ARCS: usize = 1 << 20;

const NONE: u32 = u32::MAX;
/// Arcs from this symbol on are gaps; the low byte is their length.
const GAP: Symbol = 0xFFFF_FF00;
const AT_TEXT_END: u32 = 1 << 31;
/// Marks a node from which a gap opens.
const OPENS_GAP: u32 = 1 << 31;
const SMALLEST: usize = 64;

/// A phrase that is complete at a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    pub(super) payload: u32,
    /// Only at the end of the text.
    pub(super) at_text_end: bool,
}

/// A trie that still grows. Every arc leads to a node of its own: the first to node 2, and so on.
pub(super) struct TrieBuilder {
    arcs: Vec<NewArc>,
    nodes: Vec<NewNode>,
    /// The arcs of nodes with many, found by node and symbol: their numbers, `NONE` where empty. Its length is a power
    /// of two, at least twice the arcs in it.
    slots: Vec<u32>,
    slotted: usize,
    outputs: Vec<(NodeId, u32)>,
}

#[derive(Clone, Copy)]
struct NewArc {
    node: NodeId,
    symbol: Symbol,
    /// The arc of the same node before it.
    before: u32,
}

#[derive(Clone, Copy)]
struct NewNode {
    last_arc: u32,
    arcs: u32,
}

/// Of a node with more arcs than this, those a token fits are searched; else they are gone through.
const MANY: usize = 48;
/// A node with more arcs than this has them in the slots.
const FEW: u32 = 6;

/// The symbol that stands for a gap.
pub(super) fn gap(words: u8) -> Symbol {
    GAP | u32::from(words)
}

impl TrieBuilder {
    pub(super) fn new() -> Self {
        let nodes = vec![NewNode { last_arc: NONE, arcs: 0 }; target(0) as usize];
        TrieBuilder { arcs: Vec::new(), nodes, slots: vec![NONE; SMALLEST], slotted: 0, outputs: Vec::new() }
    }

    /// The node an arc leads to, which is created where it is missing; `None` when there are too many.
    pub(super) fn child(&mut self, node: NodeId, symbol: Symbol) -> Option<NodeId> {
        let NewNode { last_arc, arcs } = *self.nodes.get(node as usize)?;
        if arcs > FEW {
            if let Ok(arc) = self.seek(node, symbol) {
                return Some(target(arc));
            }
        } else {
            let mut at = last_arc;
            while let Some(arc) = self.arcs.get(at as usize) {
                if arc.symbol == symbol {
                    return Some(target(at as usize));
                }
                at = arc.before;
            }
        }
        let arc = self.arcs.len();
        if arc >= MOST_ARCS {
            return None;
        }
        self.arcs.push(NewArc { node, symbol, before: last_arc });
        self.nodes.push(NewNode { last_arc: NONE, arcs: 0 });
        if let Some(node) = self.nodes.get_mut(node as usize) {
            *node = NewNode { last_arc: arc as u32, arcs: arcs + 1 };
        }
        if arcs > FEW {
            self.slot(arc as u32);
        } else if arcs == FEW {
            let mut at = arc as u32;
            while at != NONE {
                self.slot(at);
                at = self.arcs.get(at as usize).map_or(NONE, |arc| arc.before);
            }
        }
        Some(target(arc))
    }

    /// The arc of a node with many, or the slot it belongs into.
    fn seek(&self, node: NodeId, symbol: Symbol) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut at = place(node, symbol) & mask;
        loop {
            match self.slots.get(at).copied() {
                None | Some(NONE) => return Err(at),
                Some(arc) => match self.arcs.get(arc as usize) {
                    Some(found) if found.node == node && found.symbol == symbol => return Ok(arc as usize),
                    _ => at = (at + 1) & mask,
                },
            }
        }
    }

    fn slot(&mut self, arc: u32) {
        if (self.slotted + 1) * 2 > self.slots.len() {
            let size = self.slots.len() * 4;
            let old = std::mem::replace(&mut self.slots, vec![NONE; size]);
            self.slotted = 0;
            for arc in old.into_iter().filter(|&arc| arc != NONE) {
                self.slot(arc);
            }
        }
        let Some(&NewArc { node, symbol, .. }) = self.arcs.get(arc as usize) else { return };
        if let Some(slot) = self.seek(node, symbol).err().and_then(|at| self.slots.get_mut(at)) {
            *slot = arc;
            self.slotted += 1;
        }
    }

    pub(super) fn output(&mut self, node: NodeId, output: Output) {
        let mark = if output.at_text_end { AT_TEXT_END } else { 0 };
        self.outputs.push((node, output.payload | mark));
    }

    /// Packs the trie, numbering the symbols it asks for: first those with which phrases begin and never go on, then the
    /// others with which they begin, at last those with which they only go on.
    pub(super) fn finish(mut self, numbering: &mut Numbering, sets: &Sets) -> Trie {
        let mut inner = numbering.places();
        let mut first = Vec::new();
        for arc in self.arcs.iter().filter(|arc| arc.symbol < GAP) {
            if arc.node <= SENTENCE_ROOT {
                first.push(arc.symbol);
            } else {
                inner.tick(numbering, arc.symbol);
            }
        }
        for &symbol in &first {
            if !inner.is_ticked(numbering, symbol) {
                numbering.number(symbol);
            }
        }
        let first_inner = numbering.len() as Symbol;
        for symbol in first {
            numbering.number(symbol);
        }
        let mut trie = Trie { roots: vec![Root::default(); numbering.len()], first_inner, ..Trie::default() };
        trie.nodes.reserve_exact(self.nodes.len() + 1);
        trie.arcs.reserve_exact(self.arcs.len());
        self.outputs.sort_unstable();
        self.outputs.dedup();
        let mut outputs = self.outputs.iter().peekable();
        for (number, node) in (0..).zip(&self.nodes) {
            let start = trie.arcs.len();
            let mut at = node.last_arc;
            while let Some(arc) = self.arcs.get(at as usize) {
                let symbol = if arc.symbol < GAP { numbering.number(arc.symbol) } else { arc.symbol };
                trie.arcs.push((symbol, target(at as usize)));
                at = arc.before;
            }
            if let Some(arcs) = trie.arcs.get_mut(start..).filter(|arcs| arcs.len() > 1) {
                arcs.sort_unstable();
            }
            let opens_gap = trie.arcs.last().is_some_and(|arc| trie.arcs.len() > start && arc.0 >= GAP);
            let arcs = start as u32 | if opens_gap { OPENS_GAP } else { 0 };
            trie.nodes.push(Node { arcs, outputs: trie.outputs.len() as u32, mask: 0 });
            while let Some(&(_, output)) = outputs.next_if(|output| output.0 == number) {
                trie.outputs.push(output);
            }
        }
        let (arcs, outputs) = (trie.arcs.len() as u32, trie.outputs.len() as u32);
        trie.nodes.push(Node { arcs, outputs, mask: 0 });
        trie.masks = numbering.masks(sets);
        trie.mark();
        trie
    }
}

fn find(arcs: &[(Symbol, NodeId)], symbol: Symbol) -> Option<&(Symbol, NodeId)> {
    arcs.binary_search_by_key(&symbol, |arc| arc.0).ok().and_then(|at| arcs.get(at))
}

fn place(node: NodeId, symbol: Symbol) -> usize {
    let key = u64::from(node) << 32 | u64::from(symbol);
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

fn target(arc: usize) -> NodeId {
    arc as u32 + SENTENCE_ROOT + 1
}

/// Where the arcs and outputs of a node begin; they end where those of the next begin.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    arcs: u32,
    outputs: u32,
    /// What its arcs ask for, and whether it is to be looked at in any case: for a phrase or a gap.
    mask: Mask,
}

/// Where a phrase that begins with some symbol leads, anywhere and at the start of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Root {
    pub(super) nodes: [NodeId; 2],
    /// The masks of those nodes; zero where there is none.
    pub(super) masks: [Mask; 2],
}

impl Default for Root {
    fn default() -> Self {
        Root { nodes: [NONE; 2], masks: [0; 2] }
    }
}

/// A complete trie.
#[derive(Clone, Debug, Default)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    arcs: Vec<(Symbol, NodeId)>,
    outputs: Vec<u32>,
    /// By the symbol with which phrases begin.
    roots: Vec<Root>,
    /// The leaves of each symbol.
    masks: Vec<Mask>,
    /// With the symbols before this one no phrase goes on.
    first_inner: Symbol,
}

impl Trie {
    /// Gives every node its mask, and the roots those of the nodes they lead to.
    fn mark(&mut self) {
        for at in 0..self.nodes.len() {
            let Some([node, next]) = self.pair(at as NodeId) else { break };
            let arcs = self.arcs_of(at as NodeId).iter();
            let mut mask =
                arcs.fold(0, |mask, arc| mask | self.masks.get(arc.0 as usize).copied().unwrap_or(0));
            if node.arcs & OPENS_GAP != 0 || node.outputs != next.outputs {
                mask |= ALWAYS;
            }
            if let Some(node) = self.nodes.get_mut(at) {
                node.mask = mask;
            }
        }
        for root in [ROOT, SENTENCE_ROOT] {
            for (symbol, to) in self.arcs_of(root).to_vec() {
                let mask = self.mask(to);
                if let Some(entry) = self.roots.get_mut(symbol as usize) {
                    if let (Some(node), Some(slot)) =
                        (entry.nodes.get_mut(root as usize), entry.masks.get_mut(root as usize))
                    {
                        (*node, *slot) = (to, mask);
                    }
                }
            }
        }
    }

    /// Where phrases lead that begin with a symbol; none do from the first on for which there is no answer.
    pub(super) fn root(&self, symbol: Symbol) -> Option<&Root> {
        self.roots.get(symbol as usize)
    }

    /// Of symbols that ascend, how many are such that no phrase goes on with them.
    pub(super) fn only_first(&self, symbols: &[Symbol]) -> usize {
        symbols.partition_point(|&symbol| symbol < self.first_inner)
    }

    pub(super) fn mask(&self, node: NodeId) -> Mask {
        self.nodes.get(node as usize).map_or(0, |node| node.mask)
    }

    /// Calls `found` with every node an arc of `node` leads to on a symbol of a token: the lists ascend, the mask is the
    /// token's.
    pub(super) fn follow(
        &self,
        node: NodeId,
        mask: Mask,
        lists: [&[Symbol]; 3],
        mut found: impl FnMut(NodeId),
    ) {
        let arcs = self.arcs_of(node);
        if arcs.len() > MANY {
            for symbol in lists.into_iter().flatten() {
                if let Some(arc) = find(arcs, *symbol) {
                    found(arc.1);
                }
            }
            return;
        }
        for &(symbol, to) in arcs {
            let may_fit = self.masks.get(symbol as usize).is_some_and(|leaves| leaves & mask != 0);
            if may_fit && lists.into_iter().any(|list| list.binary_search(&symbol).is_ok()) {
                found(to);
            }
        }
    }

    /// The gaps a node opens: the node behind each, and how many words it may span.
    pub(super) fn gaps(&self, node: NodeId) -> impl Iterator<Item = (NodeId, u8)> + '_ {
        let opens = self.nodes.get(node as usize).is_some_and(|node| node.arcs & OPENS_GAP != 0);
        let arcs = if opens { self.arcs_of(node) } else { &[] };
        arcs.iter().rev().take_while(|arc| arc.0 >= GAP).map(|&(symbol, to)| (to, (symbol & 0xFF) as u8))
    }

    pub(super) fn outputs(&self, node: NodeId) -> impl Iterator<Item = Output> + '_ {
        let outputs = match self.pair(node) {
            Some([node, next]) => self.outputs.get(node.outputs as usize..next.outputs as usize),
            None => None,
        };
        outputs
            .unwrap_or_default()
            .iter()
            .map(|&output| Output { payload: output & !AT_TEXT_END, at_text_end: output & AT_TEXT_END != 0 })
    }

    fn arcs_of(&self, node: NodeId) -> &[(Symbol, NodeId)] {
        let start = |node: Node| (node.arcs & !OPENS_GAP) as usize;
        match self.pair(node) {
            Some([node, next]) => self.arcs.get(start(node)..start(next)).unwrap_or_default(),
            None => &[],
        }
    }

    fn pair(&self, node: NodeId) -> Option<[Node; 2]> {
        self.nodes.get(node as usize..)?.first_chunk().copied()
    }
}
