//! How much memory the process has held.

/// The highest resident set size so far, bytes; 0 where the system does not tell.
///
/// Linux: `VmHWM` of `/proc/self/status` (proc(5)).
pub fn peak_rss_bytes() -> u64 {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        return 0;
    };
    high_water_mark(&status).unwrap_or(0)
}

fn high_water_mark(status: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_high_water_mark_is_read_in_bytes() {
        let status = "Name:\tveduta\nVmPeak:\t  90 kB\nVmHWM:\t   2048 kB\nVmRSS:\t 1 kB\n";
        assert_eq!(high_water_mark(status), Some(2048 * 1024));
        assert_eq!(high_water_mark("Name: x"), None);
    }
}
