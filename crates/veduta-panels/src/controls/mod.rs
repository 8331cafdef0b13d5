//! Small controls that more than one panel uses. Each has a name in the accessibility tree, also where it shows only an icon.

mod button;
mod freshness_mark;
mod row;
mod scenario_chooser;
mod search_field;
mod section;
mod sparkline;
mod tick;

pub(crate) use button::{
    eye_toggle, icon_button, icon_toggle, menu_in_bar, name_control, outlined,
};
pub(crate) use freshness_mark::{freshness_icon, paint_freshness, paint_hatch};
pub(crate) use row::row;
pub(crate) use scenario_chooser::{scenario_chooser, scenario_name};
pub(crate) use search_field::search_field;
pub(crate) use section::{hint, section, small};
pub(crate) use sparkline::sparkline;
pub(crate) use tick::nice_step;
