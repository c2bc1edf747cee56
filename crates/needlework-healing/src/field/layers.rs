//! Where the layers of the tissue lie: epidermis, dermis of the mark and fat, from the surface down, and the edges of
//! cells in them.

/// The layers, from the surface down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layers {
    /// Epidermis, mm.
    pub epidermis_mm: f64,
    /// Dermis of the mark, mm.
    pub dermis_mm: f64,
    /// Fat below it that is computed with, mm.
    pub fat_mm: f64,
}

impl Layers {
    /// Depth edges with cells of about `cell_mm` in epidermis and dermis and growing ones in fat; layers begin and end
    /// on edges.
    #[must_use]
    pub fn edges(&self, cell_mm: f64) -> Vec<f64> {
        // numerical: cells in fat, where nothing happens but spreading, grow by a third each
        const GROWTH: f64 = 1.33;
        let mut edges = vec![0.0];
        for (top, thickness) in [(0.0, self.epidermis_mm), (self.epidermis_mm, self.dermis_mm)] {
            let count = (thickness / cell_mm).round().max(1.0);
            edges.extend((1..=count as usize).map(|i| top + thickness * i as f64 / count));
        }
        let bottom = self.epidermis_mm + self.dermis_mm;
        let mut sizes = Vec::new();
        let mut filled = 0.0;
        let mut size = cell_mm;
        // numerical: more cells than fat ever takes, so that cells without size have an end too
        const MOST_IN_FAT: usize = 500;
        // Ends: there are no more cells than the bound.
        while filled < self.fat_mm && sizes.len() < MOST_IN_FAT {
            size *= GROWTH;
            sizes.push(size);
            filled += size;
        }
        let mut depth = 0.0;
        for size in sizes {
            depth += size / filled;
            edges.push(bottom + depth * self.fat_mm);
        }
        edges
    }
}
