//! The word lists of the demo municipality. Owns their format; called while it is made.

use super::random::Random;

const NAMES: &str = include_str!("data/names.txt");
const PLACES: &str = include_str!("data/places.txt");

/// Who a name is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sex {
    Female,
    Male,
}

impl Sex {
    pub(super) fn any(random: &mut Random) -> Self {
        if random.per_mille(500) { Self::Female } else { Self::Male }
    }

    /// The SS 12000 word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Female => "Kvinna",
            Self::Male => "Man",
        }
    }
}

/// The names of one origin: women, men, girls, boys, families.
pub(super) struct Origin {
    name: &'static str,
    weight: usize,
    lists: [Vec<&'static str>; 5],
}

impl Origin {
    pub(super) fn adult(&self, sex: Sex, random: &mut Random) -> &'static str {
        pick(&self.lists[if sex == Sex::Female { 0 } else { 1 }], random)
    }

    pub(super) fn child(&self, sex: Sex, random: &mut Random) -> &'static str {
        pick(&self.lists[if sex == Sex::Female { 2 } else { 3 }], random)
    }

    pub(super) fn family(&self, random: &mut Random) -> &'static str {
        pick(&self.lists[4], random)
    }
}

/// Every list, read once.
pub(super) struct Words {
    origins: Vec<Origin>,
    weights: Vec<usize>,
}

impl Words {
    pub(super) fn load() -> Self {
        let origins: Vec<_> = NAMES.lines().filter_map(origin).collect();
        let weights = origins.iter().map(|origin| origin.weight).collect();
        Self { origins, weights }
    }

    /// Chooses an origin, as often as its weight says.
    pub(super) fn choose_origin(&self, random: &mut Random) -> usize {
        random.weighted(&self.weights)
    }

    /// A given name of an adult of the origin that is called so, or of the first origin.
    pub(super) fn named(&self, origin: &str, sex: Sex, random: &mut Random) -> &'static str {
        let found = self.origins.iter().find(|known| known.name == origin).or_else(|| self.origins.first());
        found.map_or("", |origin| origin.adult(sex, random))
    }

    /// A chosen origin.
    pub(super) fn origin(&self, chosen: usize) -> &Origin {
        &self.origins[chosen]
    }
}

/// What the first origin is called that has this family name.
pub(super) fn origin_of_family(family: &str) -> Option<&'static str> {
    let line = NAMES.lines().filter(|line| !line.starts_with('#')).find(|line| {
        line.rsplit('|').next().is_some_and(|names| names.split_whitespace().any(|name| name == family))
    });
    line?.split_whitespace().next()
}

fn origin(line: &'static str) -> Option<Origin> {
    let mut parts = line.split('|');
    let mut head = parts.next()?.split_whitespace();
    let (name, weight) = (head.next()?, head.next()?.parse().ok()?);
    let mut list = || parts.next().map(|part| part.split_whitespace().collect::<Vec<_>>());
    Some(Origin { name, weight, lists: [list()?, list()?, list()?, list()?, list()?] })
}

/// The words of a list in `places.txt`; `_` stands for a space.
pub(super) fn places(list: &str) -> Vec<String> {
    let lines = PLACES.lines().filter_map(|line| line.split_once(" = "));
    let found = lines.filter(|(name, _)| *name == list);
    found.flat_map(|(_, words)| words.split(' ')).map(|word| word.replace('_', " ")).collect()
}

pub(super) fn pick<T: Copy>(list: &[T], random: &mut Random) -> T {
    list[random.below(list.len())]
}
