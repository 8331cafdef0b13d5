//! Accessors to numbers (glTF 2.0, 3.6.2): interleaved, normalised, quantised, sparse.

use super::super::binary::{Component, components_of};
use super::container::Document;
use super::schema::Accessor;

/// The values of an accessor, one element after another.
#[derive(Debug, Clone)]
pub(super) struct Values {
    /// Components per element.
    pub components: usize,
    /// Number of elements.
    pub count: usize,
    pub numbers: Vec<f64>,
}

impl Values {
    /// Elements as arrays, missing components as 0.
    pub fn elements<const N: usize>(&self) -> impl Iterator<Item = [f64; N]> + '_ {
        self.numbers.chunks_exact(self.components).map(|element| {
            let mut array = [0.0; N];
            for (to, from) in array.iter_mut().zip(element) {
                *to = *from;
            }
            array
        })
    }

    /// Whole numbers from 0; anything else is `u32::MAX`.
    pub fn indices(&self) -> Vec<u32> {
        let whole = |number: f64| {
            let rounded = number.round();
            if (0.0..f64::from(u32::MAX)).contains(&rounded) {
                rounded as u32
            } else {
                u32::MAX
            }
        };
        self.elements::<1>().map(|[number]| whole(number)).collect()
    }
}

impl Document<'_> {
    /// Reads an accessor of at most `max_count` elements.
    pub(super) fn values(&self, index: usize, max_count: usize) -> Result<Values, String> {
        let in_accessor = |message: String| format!("accessors[{index}]: {message}");
        let accessor = self
            .gltf
            .accessors
            .get(index)
            .ok_or_else(|| format!("there is no accessors[{index}]"))?;
        if accessor.count > max_count {
            return Err(in_accessor(format!(
                "{} elements are more than the limit of {max_count}",
                accessor.count
            )));
        }
        let component = Component::from_gl(accessor.component_type).ok_or_else(|| {
            in_accessor(format!(
                "component type {} is not known",
                accessor.component_type
            ))
        })?;
        let components = components_of(&accessor.r#type)
            .ok_or_else(|| in_accessor(format!("type {} is not known", accessor.r#type)))?;
        let mut numbers = match accessor.buffer_view {
            Some(view) => self
                .dense_numbers(accessor, view, component, components)
                .map_err(in_accessor)?,
            None => vec![0.0; accessor.count * components],
        };
        if accessor.sparse.is_some() {
            self.apply_sparse(accessor, component, components, &mut numbers)
                .map_err(in_accessor)?;
        }
        if accessor.normalized {
            numbers
                .iter_mut()
                .for_each(|number| *number = component.normalize(*number));
        }
        Ok(Values {
            components,
            count: accessor.count,
            numbers,
        })
    }

    fn dense_numbers(
        &self,
        accessor: &Accessor,
        view_index: usize,
        component: Component,
        components: usize,
    ) -> Result<Vec<f64>, String> {
        let view = self.view(view_index)?;
        let element = component.size() * components;
        let stride = self.gltf.buffer_views[view_index]
            .byte_stride
            .filter(|stride| *stride > 0)
            .unwrap_or(element);
        if accessor.count == 0 {
            return Ok(Vec::new());
        }
        // The last element need not be followed by padding.
        let needed = (accessor.count - 1)
            .checked_mul(stride)
            .and_then(|bytes| bytes.checked_add(element))
            .and_then(|bytes| bytes.checked_add(accessor.byte_offset))
            .filter(|needed| *needed <= view.len());
        if needed.is_none() {
            return Err(format!(
                "{} elements reach beyond bufferViews[{view_index}]",
                accessor.count
            ));
        }
        let mut numbers = Vec::with_capacity(accessor.count * components);
        for i in 0..accessor.count {
            let start = accessor.byte_offset + i * stride;
            let bytes = &view[start..start + element];
            numbers.extend(
                bytes
                    .chunks_exact(component.size())
                    .map(|chunk| component.read(chunk)),
            );
        }
        Ok(numbers)
    }

    fn apply_sparse(
        &self,
        accessor: &Accessor,
        component: Component,
        components: usize,
        numbers: &mut [f64],
    ) -> Result<(), String> {
        let Some(sparse) = &accessor.sparse else {
            return Ok(());
        };
        let index_component = sparse
            .indices
            .component_type
            .and_then(Component::from_gl)
            .ok_or("the sparse indices have no known component type")?;
        let packed = |view: usize, offset: usize, size: usize| -> Result<&[u8], String> {
            let length = sparse.count.saturating_mul(size);
            let end = offset
                .checked_add(length)
                .ok_or("the sparse part is too long")?;
            self.view(view)?
                .get(offset..end)
                .ok_or_else(|| format!("the sparse part reaches beyond bufferViews[{view}]"))
        };
        let element = component.size() * components;
        let indices = packed(
            sparse.indices.buffer_view,
            sparse.indices.byte_offset,
            index_component.size(),
        )?;
        let values = packed(
            sparse.values.buffer_view,
            sparse.values.byte_offset,
            element,
        )?;
        for (index, value) in indices
            .chunks_exact(index_component.size())
            .zip(values.chunks_exact(element))
        {
            let at = (index_component.read(index) as usize).saturating_mul(components);
            let target = numbers
                .get_mut(at..at.saturating_add(components))
                .ok_or("a sparse index is out of range")?;
            for (to, from) in target.iter_mut().zip(value.chunks_exact(component.size())) {
                *to = component.read(from);
            }
        }
        Ok(())
    }
}
