//! Pages of long answers: `limit`, `offset`, `count`, and links to the pages around (ETSI GS CIM 009, 5.5.9, 6.3.10).

use axum::http::HeaderValue;
use axum::http::header::LINK;
use axum::response::Response;

use super::options::BrokerOptions;
use super::problem::Problem;
use super::request::Head;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paging {
    limit: usize,
    offset: usize,
    is_counted: bool,
}

impl Paging {
    /// Parameters that ask for a page.
    pub const PARAMETERS: [&'static str; 3] = ["limit", "offset", "count"];

    /// Reads them.
    pub fn read(head: &Head, options: &BrokerOptions) -> Result<Self, Problem> {
        let number = |name: &str| match head.parameter(name) {
            None => Ok(None),
            Some(text) => text.parse::<usize>().map(Some).map_err(|_| {
                Problem::bad_data(format!(
                    "'{name}' is '{text}' and should be a number from 0 on"
                ))
            }),
        };
        let is_counted = head.flag("count") || head.option("count");
        let limit = number("limit")?.unwrap_or(options.default_limit);
        if limit > options.max_limit {
            return Err(Problem::too_many_results(options.max_limit));
        }
        if limit == 0 && !is_counted {
            return Err(Problem::bad_data(
                "limit=0 makes sense only with count=true",
            ));
        }
        Ok(Self {
            limit,
            offset: number("offset")?.unwrap_or(0),
            is_counted,
        })
    }

    /// The part of a list.
    pub fn part<T>(self, items: Vec<T>) -> Vec<T> {
        items
            .into_iter()
            .skip(self.offset)
            .take(self.limit)
            .collect()
    }

    /// Adds the count and the links.
    pub fn describe(self, head: &Head, total: usize, response: &mut Response) {
        let headers = response.headers_mut();
        if self.is_counted {
            headers.insert("NGSILD-Results-Count", HeaderValue::from(total));
        }
        let mut link = |offset: usize, relation: &str| {
            let link = format!(
                r#"<{}>; rel="{relation}"; type="application/json""#,
                self.url(head, offset)
            );
            if let Ok(value) = HeaderValue::from_str(&link) {
                headers.append(LINK, value);
            }
        };
        if self.limit == 0 {
            return;
        }
        if self.offset > 0 {
            link(self.offset.saturating_sub(self.limit), "prev");
        }
        if self.offset + self.limit < total {
            link(self.offset + self.limit, "next");
        }
    }

    fn url(self, head: &Head, offset: usize) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in head.parameters() {
            if name != "offset" && name != "limit" {
                query.append_pair(name, value);
            }
        }
        query.append_pair("limit", &self.limit.to_string());
        query.append_pair("offset", &offset.to_string());
        format!("{}?{}", head.uri.path(), query.finish())
    }
}
