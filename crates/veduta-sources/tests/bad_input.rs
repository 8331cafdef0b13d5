//! Bad input gives one clear message, and what can be read is kept.

mod common;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;

use veduta_sources::{
    ContentRequest, LoadedContent, OpenOptions, OpenedSource, Placement, Severity, SourceError,
    SourceLocation, inspect, open, open_placed,
};

const HOUSE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:gml="http://www.opengis.net/gml">
  <gml:boundedBy><gml:Envelope srsName="EPSG:25832" srsDimension="3"><gml:lowerCorner>0 0 0</gml:lowerCorner><gml:upperCorner>1 1 1</gml:upperCorner></gml:Envelope></gml:boundedBy>
  <core:cityObjectMember><bldg:Building gml:id="house-1"><bldg:lod1Solid><gml:Solid><gml:exterior><gml:CompositeSurface>
    <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>691000 5336000 520 691010 5336000 520 691010 5336010 520 691000 5336010 520 691000 5336000 520</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
    <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>691000 5336000 510 691010 5336000 510 691010 5336000 520 691000 5336000 520 691000 5336000 510</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
  </gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod1Solid></bldg:Building></core:cityObjectMember>
"#;
const END: &str = "</core:CityModel>\n";

fn open_text(name: &str, text: &str, options: &OpenOptions) -> Result<OpenedSource, SourceError> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    open(&SourceLocation::from(path.as_path()), options, &|_| {})
}

fn message(result: Result<OpenedSource, SourceError>) -> String {
    result.expect_err("must not open").to_string()
}

#[test]
fn a_whole_file_opens() {
    let source = open_text(
        "house.gml",
        &format!("{HOUSE}{END}"),
        &OpenOptions::default(),
    );
    let source = source.expect("a house");
    assert_eq!(source.summary.triangles, 4);
    assert_eq!(source.summary.crs.as_deref(), Some("EPSG:25832"));
}

#[test]
fn a_truncated_file_keeps_what_was_read_and_says_so() {
    let text =
        format!("{HOUSE}<core:cityObjectMember><bldg:Building gml:id=\"house-2\"><bldg:lod1");
    let source = open_text("house.gml", &text, &OpenOptions::default()).expect("the first house");
    assert_eq!(source.summary.features["Building"], 1);
    assert!(
        source
            .diagnostics
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    );
}

#[test]
fn a_reference_system_that_does_not_exist_says_what_to_do() {
    for crs in ["EPSG:99999", "nonsense:1"] {
        let options = OpenOptions {
            crs_override: Some(crs.to_owned()),
            ..OpenOptions::default()
        };
        let error = message(open_text("house.gml", &format!("{HOUSE}{END}"), &options));
        assert!(
            error.contains(crs) && error.contains("--crs EPSG:CODE"),
            "{error}"
        );
    }
}

#[test]
fn the_wrong_reference_system_is_noticed_and_the_model_is_drawn() {
    let options = OpenOptions {
        crs_override: Some("EPSG:2056".to_owned()),
        ..OpenOptions::default()
    };
    let nameless = format!("{HOUSE}{END}").replace("srsName=\"EPSG:25832\"", "");
    let source = open_text("house.gml", &nameless, &options).expect("drawn locally");
    assert_eq!(source.summary.crs.as_deref(), Some("local"));
    assert!(source.diagnostics.iter().any(|finding| {
        finding.code == "GEO-006" && finding.message.contains("do not fit EPSG:2056")
    }));
}

#[test]
fn missing_files_and_empty_folders_are_named() {
    let missing = message(common::open_path(Path::new("no/such/city.gml")));
    assert!(
        missing.contains("no/such/city.gml does not exist"),
        "{missing}"
    );
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("photo.jpg"), b"x").expect("written");
    std::fs::write(
        folder.path().join("list.xml"),
        b"<gml:Dictionary xmlns:gml='g'/>",
    )
    .expect("written");
    let empty = message(common::open_path(folder.path()));
    assert!(empty.contains("no CityGML"), "{empty}");
}

#[test]
fn code_lists_in_a_folder_are_passed_over() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("house.gml"), format!("{HOUSE}{END}")).expect("written");
    std::fs::write(
        folder.path().join("codes.xml"),
        "<?xml version=\"1.0\"?><gml:Dictionary xmlns:gml=\"http://www.opengis.net/gml\"/>",
    )
    .expect("written");
    let source = common::open_path(folder.path()).expect("one house");
    assert_eq!(source.summary.features["Building"], 1);
    let passed_over: Vec<_> = source
        .diagnostics
        .iter()
        .filter(|finding| finding.code == "SRC-001")
        .collect();
    assert_eq!(passed_over.len(), 1);
    assert!(passed_over[0].source.ends_with("codes.xml"));
    assert_eq!(passed_over[0].severity, Severity::Info);
}

#[test]
fn html_instead_of_a_tileset_is_recognised() {
    let error = message(open_text(
        "tileset.json",
        "<!DOCTYPE html><html><body>Please log in</body></html>",
        &OpenOptions::default(),
    ));
    assert!(error.contains("an HTML page"), "{error}");
    let error = message(open_text(
        "tileset.json",
        "{\"asset\": {",
        &OpenOptions::default(),
    ));
    assert!(!error.is_empty());
}

/// Serves one answer to every connection on a port of its own.
fn serve(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else {
                return;
            };
            let mut request = [0; 4096];
            let _request_length = stream.read(&mut request);
            let _sent = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}/city/tileset.json")
}

fn open_url(url: &str) -> Result<OpenedSource, SourceError> {
    let location = SourceLocation::parse(url)?;
    open(&location, &OpenOptions::default(), &|_| {})
}

#[test]
fn answers_of_a_server_that_are_no_tileset_are_explained() {
    let not_found =
        serve("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let error = message(open_url(&not_found));
    assert!(
        error.contains("404") && error.contains("check the address"),
        "{error}"
    );
    let broken = serve(
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
    let error = message(open_url(&broken));
    assert!(
        error.contains("500") && error.contains("try again later"),
        "{error}"
    );
    let login = serve(
        "HTTP/1.1 200 OK\r\nContent-Length: 28\r\nConnection: close\r\n\r\n<html><body>log in</body></h",
    );
    let error = message(open_url(&login));
    assert!(error.contains("an HTML page"), "{error}");
    let circle = serve(
        "HTTP/1.1 302 Found\r\nLocation: /city/tileset.json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
    let error = message(open_url(&circle));
    assert!(error.contains("circles"), "{error}");
    let nobody = message(open_url("http://127.0.0.1:1/tileset.json"));
    assert!(
        nobody.contains("check the address and the network"),
        "{nobody}"
    );
}

#[test]
fn a_tileset_comes_over_the_network_and_may_not_read_local_files() {
    let url = serve(
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"asset\":{\"version\":\"1.0\"},\"geometricError\":10,\"root\":{\"boundingVolume\":{\"region\":[0.1,0.8,0.101,0.801,0,50]},\"geometricError\":0,\"refine\":\"ADD\",\"content\":{\"uri\":\"file:///etc/hostname\"}}}",
    );
    let source = open_url(&url).expect("a tileset");
    let bounds = source.summary.bounds.expect("a region");
    assert!((bounds.west_deg - 0.1_f64.to_degrees()).abs() < 1e-9);
    let request =
        veduta_sources::ContentRequest::of_node(source.tree.node(source.tree.root())).next();
    let error = source
        .loader
        .load(&request.expect("one content"))
        .expect_err("refused");
    assert!(
        error.to_string().contains("may not read local files"),
        "{error}"
    );
}

#[test]
fn a_remote_part_of_a_local_tileset_may_not_read_local_files() {
    let url = serve(
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"asset\":{\"version\":\"1.1\"},\"geometricError\":10,\"root\":{\"boundingVolume\":{\"region\":[0.1,0.8,0.101,0.801,0,50]},\"geometricError\":5,\"refine\":\"ADD\",\"contents\":[{\"uri\":\"file:///etc/hostname\"},{\"uri\":\"a.glb\"}],\"children\":[{\"boundingVolume\":{\"region\":[0.1,0.8,0.101,0.801,0,50]},\"geometricError\":0,\"content\":{\"uri\":\"File:///etc/passwd\"}}]}}",
    );
    let local = format!(
        r#"{{"asset":{{"version":"1.0"}},"geometricError":10,"root":{{"boundingVolume":{{"region":[0.1,0.8,0.101,0.801,0,50]}},"geometricError":0,"refine":"ADD","content":{{"uri":"{url}"}}}}}}"#
    );
    let source = open_text("tileset.json", &local, &OpenOptions::default()).expect("a tileset");
    let request = ContentRequest::of_node(source.tree.node(source.tree.root())).next();
    let loaded = source.loader.load(&request.expect("one content"));
    let LoadedContent::External {
        tileset,
        diagnostics,
        ..
    } = loaded.expect("a tileset from the network")
    else {
        panic!("not a tileset");
    };
    let left: Vec<&str> = tileset
        .root
        .contents
        .iter()
        .map(|content| content.uri.as_str())
        .collect();
    assert_eq!(left, ["a.glb"]);
    assert!(tileset.root.children[0].contents.is_empty());
    let refused: Vec<_> = diagnostics
        .iter()
        .filter(|finding| finding.code == "SRC-010")
        .collect();
    assert_eq!(refused.len(), 2, "{diagnostics:?}");
    assert!(refused[0].message.contains("may not read local files"));
}

#[test]
fn a_city_model_comes_over_the_network() {
    let body = format!("{HOUSE}{END}");
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let url = serve(Box::leak(answer.into_boxed_str()));
    let report = inspect(
        &SourceLocation::parse(&url).expect("an address"),
        &OpenOptions::default(),
        &|_| {},
    )
    .expect("a house");
    assert_eq!(report.features["Building"], 1);
    assert_eq!(report.triangles, 4);
}

#[test]
fn a_design_is_moved_to_its_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("design.gml");
    std::fs::write(&path, format!("{HOUSE}{END}")).expect("written");
    let placement = Placement::at(2.35, 48.85, 35.0);
    let source = open_placed(
        &SourceLocation::from(path.as_path()),
        &placement,
        &OpenOptions::default(),
        &|_| {},
    )
    .expect("a house in Paris");
    let bounds = source.summary.bounds.expect("on earth");
    assert!(
        (bounds.center().longitude_deg - 2.35).abs() < 1e-4,
        "{bounds:?}"
    );
    assert!(
        (bounds.center().latitude_deg - 48.85).abs() < 1e-4,
        "{bounds:?}"
    );
    assert!((bounds.min_height_m - 35.0).abs() < 0.1, "{bounds:?}");
    assert!((bounds.max_height_m - 45.0).abs() < 0.1, "{bounds:?}");
}
