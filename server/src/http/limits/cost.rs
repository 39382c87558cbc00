//! What a request costs, by the name of its endpoint: the one table of it. Called by `limits`.

/// What is taken from a person's bucket, and whether it waits for one of few turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) units: u32,
    pub(super) heavy: bool,
}

const ORDINARY: Cost = Cost { units: 1, heavy: false };

/// Files that are written or read whole, and pictures that are decoded.
const HEAVY: [(&str, Cost); 10] = [
    ("GetRetention", Cost { units: 20, heavy: true }),
    ("AskTrail", Cost { units: 20, heavy: true }),
    ("ExportPictureConsents", Cost { units: 40, heavy: true }),
    ("ExportInventory", Cost { units: 20, heavy: true }),
    ("CheckInventoryFile", Cost { units: 20, heavy: true }),
    ("ImportInventory", Cost { units: 20, heavy: true }),
    ("ReadFormFile", Cost { units: 20, heavy: true }),
    // Looking into a picture has a queue of its own, two at a time, in `usecase::files`.
    ("FinishFile", Cost { units: 5, heavy: false }),
    ("GetMunicipality", Cost { units: 2, heavy: false }),
    ("GetRoundFigures", Cost { units: 2, heavy: false }),
];

pub(super) fn cost_of(endpoint: &str) -> Cost {
    HEAVY.iter().find(|(name, _)| *name == endpoint).map_or(ORDINARY, |(_, cost)| *cost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::api::described;

    #[test]
    fn every_name_is_an_endpoints() {
        let endpoints = described();
        for (name, cost) in HEAVY {
            assert!(endpoints.iter().any(|endpoint| endpoint.name == name), "{name}");
            assert!(cost.units > 1, "{name}");
        }
        assert_eq!(cost_of("GetHome"), ORDINARY);
    }
}
