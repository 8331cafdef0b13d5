//! The members of a glTF document that are read, as serde sees them (glTF 2.0, clause 5).

use serde::Deserialize;
use serde_json::Value;

use super::super::ordered_object::OrderedObject;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Gltf {
    pub scene: Option<usize>,
    pub scenes: Vec<Scene>,
    pub nodes: Vec<Node>,
    pub meshes: Vec<Mesh>,
    pub accessors: Vec<Accessor>,
    pub buffer_views: Vec<BufferView>,
    pub buffers: Vec<Buffer>,
    pub materials: Vec<Material>,
    pub textures: Vec<Texture>,
    pub images: Vec<Image>,
    pub extensions_used: Vec<String>,
    pub extensions_required: Vec<String>,
    pub extensions: RootExtensions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RootExtensions {
    #[serde(rename = "CESIUM_RTC")]
    pub cesium_rtc: Option<CesiumRtc>,
    #[serde(rename = "EXT_structural_metadata")]
    pub structural_metadata: Option<StructuralMetadata>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct CesiumRtc {
    pub center: [f64; 3],
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Scene {
    pub nodes: Vec<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Node {
    pub name: Option<String>,
    pub children: Vec<usize>,
    pub mesh: Option<usize>,
    pub matrix: Option<[f64; 16]>,
    pub translation: Option<[f64; 3]>,
    pub rotation: Option<[f64; 4]>,
    pub scale: Option<[f64; 3]>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Mesh {
    pub name: Option<String>,
    pub primitives: Vec<MeshPrimitive>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct MeshPrimitive {
    pub attributes: std::collections::BTreeMap<String, usize>,
    pub indices: Option<usize>,
    pub material: Option<usize>,
    pub mode: Option<u32>,
    pub extensions: PrimitiveExtensions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PrimitiveExtensions {
    #[serde(rename = "EXT_mesh_features")]
    pub mesh_features: Option<MeshFeatures>,
    #[serde(rename = "KHR_draco_mesh_compression")]
    pub draco: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct MeshFeatures {
    pub feature_ids: Vec<FeatureIds>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct FeatureIds {
    pub feature_count: usize,
    pub null_feature_id: Option<u32>,
    pub label: Option<String>,
    pub attribute: Option<u32>,
    pub texture: Option<Value>,
    pub property_table: Option<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Accessor {
    pub buffer_view: Option<usize>,
    #[serde(default)]
    pub byte_offset: usize,
    pub component_type: u32,
    #[serde(default)]
    pub normalized: bool,
    pub count: usize,
    pub r#type: String,
    pub sparse: Option<Sparse>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Sparse {
    pub count: usize,
    pub indices: SparsePart,
    pub values: SparsePart,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SparsePart {
    pub buffer_view: usize,
    #[serde(default)]
    pub byte_offset: usize,
    /// Of indices only.
    pub component_type: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BufferView {
    pub buffer: usize,
    #[serde(default)]
    pub byte_offset: usize,
    pub byte_length: usize,
    pub byte_stride: Option<usize>,
    #[serde(default)]
    pub extensions: BufferViewExtensions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BufferViewExtensions {
    #[serde(rename = "EXT_meshopt_compression", alias = "KHR_meshopt_compression")]
    pub meshopt: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Buffer {
    pub uri: Option<String>,
    pub byte_length: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Material {
    pub pbr_metallic_roughness: PbrMetallicRoughness,
    pub extensions: MaterialExtensions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct PbrMetallicRoughness {
    pub base_color_factor: Option<[f32; 4]>,
    pub base_color_texture: Option<TextureInfo>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct MaterialExtensions {
    #[serde(rename = "KHR_materials_pbrSpecularGlossiness")]
    pub specular_glossiness: Option<SpecularGlossiness>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SpecularGlossiness {
    pub diffuse_factor: Option<[f32; 4]>,
    pub diffuse_texture: Option<TextureInfo>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TextureInfo {
    pub index: usize,
    #[serde(default)]
    pub tex_coord: u32,
    #[serde(default)]
    pub extensions: TextureInfoExtensions,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct TextureInfoExtensions {
    #[serde(rename = "KHR_texture_transform")]
    pub transform: Option<TextureTransform>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct TextureTransform {
    pub offset: Option<[f32; 2]>,
    pub rotation: f32,
    pub scale: Option<[f32; 2]>,
    pub tex_coord: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Texture {
    pub source: Option<usize>,
    pub extensions: serde_json::Map<String, Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Image {
    pub uri: Option<String>,
    pub buffer_view: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct StructuralMetadata {
    pub schema: Option<Schema>,
    pub schema_uri: Option<String>,
    pub property_tables: Vec<PropertyTable>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Schema {
    pub classes: std::collections::BTreeMap<String, Class>,
    pub enums: std::collections::BTreeMap<String, Enum>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Class {
    pub name: Option<String>,
    pub properties: OrderedObject<ClassProperty>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ClassProperty {
    pub r#type: String,
    pub component_type: Option<String>,
    pub enum_type: Option<String>,
    pub array: bool,
    pub count: Option<usize>,
    pub normalized: bool,
    pub offset: Option<Value>,
    pub scale: Option<Value>,
    pub no_data: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Enum {
    pub value_type: Option<String>,
    pub values: Vec<EnumValue>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct EnumValue {
    pub name: String,
    pub value: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PropertyTable {
    pub name: Option<String>,
    pub class: String,
    pub count: usize,
    pub properties: std::collections::BTreeMap<String, TableProperty>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct TableProperty {
    pub values: usize,
    pub array_offsets: Option<usize>,
    pub array_offset_type: Option<String>,
    pub string_offsets: Option<usize>,
    pub string_offset_type: Option<String>,
    pub offset: Option<Value>,
    pub scale: Option<Value>,
}
