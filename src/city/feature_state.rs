//! One value per feature, in a buffer the shaders read: colour, visibility, highlight.
//!
//! There is one buffer per side of the window, because two scenarios stand side by side over the
//! same meshes. A restyle, a scrub or a scenario switch rewrites values here and nothing else.

use bevy::{prelude::*, render::storage::ShaderBuffer};
use bytemuck::{Pod, Zeroable};

use super::features::FeatureIndex;

/// Not drawn, casts no shadow, is not picked.
pub const HIDDEN: u32 = 1;
/// Drawn in the accent colour.
pub const SELECTED: u32 = 2;
/// Under the pointer.
pub const HOVERED: u32 = 4;
/// Lies inside something else: a room, furniture.
pub const INTERIOR: u32 = 8;
/// Part of a design that a scenario adds.
pub const DESIGN: u32 = 16;

/// State of one feature as the shaders read it (`shaders/city_bindings.wgsl`).
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct FeatureState {
    /// sRGB, 8 bits each, red lowest; alpha is how much of it replaces the palette.
    pub color: u32,
    /// [`HIDDEN`] and its siblings.
    pub flags: u32,
    /// What lies higher than this is cut away: metres up in the scene's east-north-up frame.
    pub cut_m: f32,
}

/// The cut of a feature that is whole.
pub const UNCUT_M: f32 = f32::MAX;

impl Default for FeatureState {
    fn default() -> Self {
        Self {
            color: 0,
            flags: 0,
            cut_m: UNCUT_M,
        }
    }
}

impl FeatureState {
    /// Whether a point of the feature at this height, metres up, is cut away.
    pub fn cuts(&self, height_m: f64) -> bool {
        height_m > f64::from(self.cut_m)
    }
}

/// One of the two views of a window.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The only view, or the left of two.
    Left,
    /// The right of two.
    Right,
}

impl Side {
    /// Both, left first.
    pub const BOTH: [Self; 2] = [Self::Left, Self::Right];

    /// 0 or 1.
    pub fn index(self) -> usize {
        self as usize
    }
}

/// The states of all features, per side.
#[derive(Resource, Debug)]
pub struct FeatureStates {
    states: [Vec<FeatureState>; 2],
    buffers: [Handle<ShaderBuffer>; 2],
    dirty: [bool; 2],
    hidden_revision: [u64; 2],
    uploaded_len: [usize; 2],
    has_cuts: bool,
}

impl FromWorld for FeatureStates {
    fn from_world(world: &mut World) -> Self {
        let mut buffers = world.resource_mut::<Assets<ShaderBuffer>>();
        // A storage buffer may not be empty.
        let mut empty = || {
            buffers.add(ShaderBuffer::new(
                bytemuck::cast_slice(&[FeatureState::default()]),
                bevy::asset::RenderAssetUsages::default(),
            ))
        };
        Self {
            buffers: [empty(), empty()],
            states: default(),
            dirty: [false; 2],
            hidden_revision: [0; 2],
            uploaded_len: [0; 2],
            has_cuts: false,
        }
    }
}

impl FeatureStates {
    /// The buffer that a side's materials read.
    pub fn buffer(&self, side: Side) -> Handle<ShaderBuffer> {
        self.buffers[side.index()].clone()
    }

    /// Replaces all states of a side.
    pub fn set_all(&mut self, side: Side, states: Vec<FeatureState>) {
        let index = side.index();
        let known = &self.states[index];
        if *known == states {
            return;
        }
        let hidden = |states: &[FeatureState], at: usize| {
            states
                .get(at)
                .is_some_and(|state| state.flags & HIDDEN != 0)
        };
        let longest = known.len().max(states.len());
        let cut = |states: &[FeatureState], at: usize| {
            states.get(at).map_or(UNCUT_M, |state| state.cut_m)
        };
        let is_other =
            |at| hidden(known, at) != hidden(&states, at) || cut(known, at) != cut(&states, at);
        if (0..longest).any(is_other) {
            self.hidden_revision[index] += 1;
        }
        self.states[index] = states;
        self.dirty[index] = true;
        let mut all = self.states.iter().flatten();
        self.has_cuts = all.any(|state| state.cut_m < UNCUT_M);
    }

    /// Whether any feature is cut.
    pub fn has_cuts(&self) -> bool {
        self.has_cuts
    }

    /// The state of one feature; the default where none was set.
    pub fn get(&self, side: Side, index: FeatureIndex) -> FeatureState {
        let states = &self.states[side.index()];
        states.get(index as usize).copied().unwrap_or_default()
    }

    /// Grows when features of a side are hidden, shown or cut.
    pub fn hidden_revision(&self, side: Side) -> u64 {
        self.hidden_revision[side.index()]
    }
}

/// Says that states were written for the GPU.
#[derive(Message, Debug, Clone, Copy)]
pub struct FeatureStatesUploaded {
    /// The buffer was made anew, so that materials must bind it anew; else it was written in place.
    pub resized: bool,
}

/// Writes changed states into the buffers.
pub fn upload_feature_states(
    mut states: ResMut<FeatureStates>,
    mut buffers: ResMut<Assets<ShaderBuffer>>,
    mut uploaded: MessageWriter<FeatureStatesUploaded>,
) {
    for side in Side::BOTH {
        let index = side.index();
        if !states.dirty[index] {
            continue;
        }
        let mut values = states.states[index].clone();
        // Room to grow: a buffer of another size has to be bound anew by every material.
        values.resize(values.len().next_power_of_two(), FeatureState::default());
        let resized = states.uploaded_len[index] != values.len();
        states.uploaded_len[index] = values.len();
        let Some(mut buffer) = buffers.get_mut(&states.buffers[index]) else {
            continue;
        };
        *buffer = ShaderBuffer::new(
            bytemuck::cast_slice(&values),
            bevy::asset::RenderAssetUsages::default(),
        );
        states.dirty[index] = false;
        uploaded.write(FeatureStatesUploaded { resized });
    }
}
