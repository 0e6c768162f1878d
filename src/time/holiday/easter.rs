//! Easter Sunday of the western churches.

use chrono::NaiveDate;

use crate::time::day::day_number;

/// Easter Sunday in the Gregorian calendar, in days since 1970-01-01: the method of an anonymous correspondent of
/// *Nature* (1876), as Meeus gives it in "Astronomical Algorithms", chapter 8.
pub(super) fn easter(year: i32) -> Option<i32> {
    let (golden, century, in_century) = (year % 19, year / 100, year % 100);
    let correction = (century + 8) / 25;
    let lunar = (century - correction + 1) / 3;
    let epact = (19 * golden + century - century / 4 - lunar + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let day = epact + to_sunday - 7 * late + 114;
    let (month, day) = (u32::try_from(day / 31).ok()?, u32::try_from(day % 31 + 1).ok()?);
    NaiveDate::from_ymd_opt(year, month, day).map(day_number)
}

#[cfg(test)]
mod tests {
    use super::super::super::zone::weekday;
    use super::*;
    use crate::time::day::date;

    /// Gauss's method, with both of his exceptions: another way to the same day.
    fn gauss(year: i32) -> i32 {
        let (a, b, c) = (year % 19, year % 4, year % 7);
        let k = year / 100;
        let (p, q) = ((13 + 8 * k) / 25, k / 4);
        let m = (15 - p + k - q) % 30;
        let n = (4 + k - q) % 7;
        let d = (19 * a + m) % 30;
        let e = (2 * b + 4 * c + 6 * d + n) % 7;
        let march = match (d, e) {
            (29, 6) => 50,
            (28, 6) if (11 * m + 11) % 30 < 19 => 49,
            _ => 22 + d + e,
        };
        day_number(NaiveDate::from_ymd_opt(year, 3, 1).unwrap()) + march - 1
    }

    #[test]
    fn two_methods_agree_on_every_year() {
        for year in 1583..=4000 {
            let easter = easter(year).unwrap();
            assert_eq!(date(easter), date(gauss(year)), "{year}");
            assert_eq!(weekday(easter), 6, "{year}");
        }
    }

    /// The earliest and latest of the range, and a year in which the full moon falls on a Sunday.
    #[test]
    fn years_that_went_wrong_elsewhere() {
        for (year, sunday) in
            [(2008, "2008-03-23"), (2038, "2038-04-25"), (2049, "2049-04-18"), (2076, "2076-04-19")]
        {
            assert_eq!(date(easter(year).unwrap()).to_string(), sunday);
        }
    }
}
