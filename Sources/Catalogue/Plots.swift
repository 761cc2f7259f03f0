import OpenscanFacts
import OpenscanReporting

/// Plots of all releases as shapes and as tables. They are drawn where the site is made: they need no script.
struct Plots {
    let entries: Entries
    let names: CatalogueNames
    let words: Words

    /// Columns of the plot over time at most.
    static let mostPeriods = 40
    private static let mostKinds = 7

    func view() -> PageView {
        [
            "levels": bars(entries.levels, words("Releases by level"), names.level) {
                ["tone": "accent", "link": "#level=\($0)"]
            },
            "flags": bars(flagsByFrequency(), words("Releases by flag"), names.flag) { id in
                ["tone": entries.severities[id] ?? "info", "link": "#flag=\(id)"]
            },
            "time": time(), "size": size(),
        ]
    }

    private func flagsByFrequency() -> Values {
        Values(
            Dictionary(zip(entries.flags.ids, entries.flags.counts), uniquingKeysWith: { first, _ in first }),
            most: .max)
    }

    // MARK: Bars

    private func bars(
        _ values: Values, _ title: String, _ name: (String) -> String, _ more: (String) -> PageView
    ) -> PageView {
        let most = max(1, values.counts.max() ?? 1)
        let rows = zip(values.ids, values.counts).enumerated().map { place, row in
            let (id, count) = row
            let view: PageView = [
                "id": id, "name": name(id), "count": Self.number(count), "share": share(count), "y": place * 44,
                "labelY": place * 44 + 15, "barY": place * 44 + 22, "width": max(1, count * 640 / most),
                "countX": max(1, count * 640 / most) + 8, "countY": place * 44 + 33,
            ]
            return view.merging(more(id)) { first, _ in first }
        }
        return ["title": title, "height": max(44, rows.count * 44), "rows": rows, "isEmpty": rows.isEmpty]
    }

    private func share(_ count: Int) -> String {
        let total = max(1, entries.all.count)
        return "\(count * 100 / total) %"
    }

    static func number(_ number: Int) -> String {
        let digits = Array(String(number))
        var out = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { out += "\u{202F}" }
            out.append(digit)
        }
        return out
    }

    // MARK: Over time

    /// Calendar units, the finest of which the whole time still fits.
    enum Unit: CaseIterable {
        case month, quarter, year

        func period(_ date: String) -> Int {
            let parts = date.split(separator: "-")
            let year = parts.first.flatMap { Int($0) } ?? 0
            let month = parts.count > 1 ? Int(parts[1]) ?? 1 : 1
            return switch self {
            case .month: year * 12 + month - 1
            case .quarter: year * 4 + (month - 1) / 3
            case .year: year
            }
        }

        func name(_ period: Int) -> String {
            switch self {
            case .month: "\(period / 12)-" + (period % 12 < 9 ? "0" : "") + "\(period % 12 + 1)"
            case .quarter: "\(period / 4) Q\(period % 4 + 1)"
            case .year: "\(period)"
            }
        }
    }

    /// Counts by period and kind: the last periods each, what was before together.
    static func periods(_ dates: [(date: String, kind: Int)], kinds: Int, earlier: String) -> (
        names: [String], counts: [[Int]]
    ) {
        guard !dates.isEmpty else { return ([], []) }
        var unit = Unit.year
        for candidate in Unit.allCases {
            let all = dates.map { candidate.period($0.date) }
            if (all.max() ?? 0) - (all.min() ?? 0) < mostPeriods {
                unit = candidate
                break
            }
        }
        let periods = dates.map { unit.period($0.date) }
        let last = periods.max() ?? 0
        let whole = last - (periods.min() ?? 0) < mostPeriods
        let first = whole ? periods.min() ?? 0 : last - mostPeriods + 2
        var names = (first...last).map(unit.name)
        if !whole { names.insert(earlier, at: 0) }
        var counts = [[Int]](repeating: [Int](repeating: 0, count: kinds), count: names.count)
        for (period, entry) in zip(periods, dates) {
            let place = whole ? period - first : period < first ? 0 : period - first + 1
            counts[place][entry.kind] += 1
        }
        return (names, counts)
    }

    private func time() -> PageView {
        let kinds = Array(zip(entries.categories.ids, entries.categories.counts)).sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        let shown = kinds.prefix(Self.mostKinds).map(\.0)
        let isCut = kinds.count > shown.count
        var numbers: [String: Int] = [:]
        for (number, id) in shown.enumerated() { numbers[id] = number }
        let dated = entries.all.filter { $0.line.basis != nil && Entry.day($0.line.modified) > 0 }.map { entry in
            (date: String((entry.line.modified ?? "").prefix(10)), kind: numbers[entry.category] ?? shown.count)
        }
        let count = shown.count + (isCut ? 1 : 0)
        let (names, counts) = Self.periods(dated, kinds: count, earlier: words("earlier"))
        let titles = shown.map(self.names.category) + (isCut ? [words("others")] : [])
        let most = max(1, counts.map { $0.reduce(0, +) }.max() ?? 1)
        let step = names.isEmpty ? 700 : max(16, min(80, 700 / names.count))
        var columns: [PageView] = []
        for (place, row) in counts.enumerated() {
            var y = 260
            var parts: [PageView] = []
            for (kind, count) in row.enumerated() where count > 0 {
                let height = max(1, count * 240 / most)
                y -= height
                parts.append([
                    "x": place * step, "y": y, "width": step - 4, "height": height, "series": kind + 1,
                    "title": "\(names[place]), \(titles[kind]): \(count)",
                ])
            }
            // Names of periods that would run into each other are left out; the table has them all.
            let every = max(1, 64 / step)
            columns.append([
                "parts": parts, "name": names[place], "textX": place * step + (step - 4) / 2,
                "hasName": (counts.count - 1 - place) % every == 0,
                "total": Self.number(row.reduce(0, +)), "counts": row.map { Self.number($0) },
            ])
        }
        return [
            "columns": columns, "width": max(760, names.count * step + 60), "isEmpty": columns.isEmpty,
            "kinds": titles.enumerated().map { ["series": $0.offset + 1, "name": $0.element] as PageView },
            "ticks": [["y": 20, "name": Self.number(most)], ["y": 260, "name": "0"]] as [PageView],
        ]
    }

    // MARK: Openness against size

    private static let bounds = [
        100_000_000, 500_000_000, 1_000_000_000, 3_000_000_000, 10_000_000_000, 30_000_000_000, 100_000_000_000,
    ]

    private var sizes: [String] {
        ["< 100 M", "100-500 M", "0.5-1 B", "1-3 B", "3-10 B", "10-30 B", "30-100 B", "> 100 B", words("not known")]
    }

    private func size() -> PageView {
        let levels = entries.levels.ids
        var counts = [[Int]](repeating: [Int](repeating: 0, count: sizes.count), count: levels.count)
        for entry in entries.all where entry.line.basis != nil {
            let column =
                entry.line.parameters.map { parameters in Self.bounds.count { $0 <= parameters } } ?? sizes.count - 1
            counts[entries.levels[entry.line.level]][column] += 1
        }
        let rows = zip(levels, counts).filter { $0.1.contains { $0 > 0 } }
        let most = max(1, rows.map { $0.1.max() ?? 0 }.max() ?? 1)
        let views = rows.enumerated().map { place, row -> PageView in
            let y = place * 72
            let cells = row.1.enumerated().filter { $0.element > 0 }.map { column, count -> PageView in
                // Areas stand for numbers: the radius goes with the root, in tenths so that no platform rounds otherwise.
                let radius = max(20, Int(Double(count * 250 * 250 / most).squareRoot()))
                return [
                    "x": column * 80 + 40, "y": y + 46, "r": "\(radius / 10).\(radius % 10)",
                    "count": Self.number(count), "textY": y + 50, "isSmall": radius < 130,
                    "besideX": column * 80 + 42 + radius / 10,
                    "title": "\(names.level(row.0)), \(sizes[column]): \(count)",
                ]
            }
            return [
                "name": names.level(row.0), "labelY": y + 14, "lineY": y, "cells": cells,
                "counts": row.1.map { Self.number($0) },
            ]
        }
        return [
            "rows": views, "height": max(72, views.count * 72) + 28, "axisY": views.count * 72 + 18,
            "columns": sizes.enumerated().map { ["x": $0.offset * 80 + 40, "name": $0.element] as PageView },
            "sizes": sizes, "isEmpty": views.isEmpty,
        ]
    }
}
