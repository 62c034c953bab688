"""What is measured of the plain model, pupil by pupil, as the registry of measures defines it."""

from math import sqrt

from tests.plain_mesa.facts import PRIMARY, SECONDARY


class Results:
    """Results of every year: one dict a year of (measure, group) to value, and the results of schools."""

    def __init__(self, facts):
        self.facts = facts
        self.years, self.schools = [], []
        stage = {name: getattr(facts.reference, name) for name in ("ks2", "ks4")}
        self.ranks = {name: s.ranks.tolist() for name, s in stage.items()}

    def rank(self, stage, score):
        """Percentile rank in the nation, from a table of scores from -8 to 6."""
        table = self.ranks[stage]
        where = min(max((score + 8.0) * (len(table) - 1) / 14.0, 0.0), len(table) - 1.001)
        index = int(where)
        part = where - index
        return table[index] * (1.0 - part) + table[index + 1] * part

    def sit(self, district, year_group, stage):
        """Each pupil of a year group with their test scores."""
        pupils, sd = district.year_groups[year_group], self.facts.error_sd[stage]
        errors = district.rng.standard_normal((2, len(pupils))).tolist()
        return [(q, q.literacy + sd * e, q.maths + sd * f) for q, e, f in zip(pupils, *errors, strict=True)]

    def take(self, district, tied=None):
        """Measure a year; ``tied`` holds tests of Year 6 and Year 11 that have been sat already."""
        row, facts, tied = {}, self.facts, tied or {}
        groups = Groups(facts.fsm_cut)
        for pupil, literacy, maths in self.sit(district, 0, "eyfs"):
            groups.add(pupil, 100.0 * (0.5 * (literacy + maths) >= facts.cut["eyfs"]))
        row.update(groups.named("eyfs_gld"))
        self.key_stage_2(tied.get("ks2") or self.sit(district, 6, "ks2"), row)
        self.key_stage_4(tied.get("ks4") or self.sit(district, 11, "ks4"), row)
        self.years.append(row)

    def key_stage_2(self, sitting, row):
        """Expected standard, gap index, pupils' spread and the spread of schools."""
        facts = self.facts
        cut = facts.disadvantaged_cut[PRIMARY]
        passed, ranked, spread, schools = Groups(cut), Groups(cut), Spread(), {}
        for pupil, literacy, maths in sitting:
            mean = 0.5 * (literacy + maths)
            result = 100.0 * (min(literacy, maths) >= facts.cut["ks2"])
            passed.add(pupil, result)
            ranked.add(pupil, self.rank("ks2", mean))
            spread.add(mean)
            schools.setdefault(pupil.school.index, []).append(result)
        row.update(passed.named("ks2_rwm_expected"))
        row["ks2_gap_index", "gap"] = 20.0 * ranked.gap
        row["ks2_pupil_sd", "all"] = spread.sd
        row["ks2_school_sd", "all"] = between(schools)

    def key_stage_4(self, sitting, row):
        """Attainment 8, gap index, pupils' spread and the spread of schools."""
        facts = self.facts
        cut = facts.disadvantaged_cut[SECONDARY]
        scored, ranked, spread, schools = Groups(cut), Groups(cut), Spread(), {}
        for pupil, literacy, maths in sitting:
            mean = 0.5 * (literacy + maths)
            points = (mean - facts.cut["ks4"]) * facts.points
            scored.add(pupil, points)
            ranked.add(pupil, self.rank("ks4", mean))
            spread.add(mean)
            schools.setdefault(pupil.school.index, []).append(points)
        row.update(scored.named("ks4_attainment8"))
        row["ks4_gap_index", "gap"] = 20.0 * ranked.gap
        row["ks4_pupil_sd", "all"] = spread.sd
        row["ks4_school_sd", "all"] = between(schools)


class Groups:
    """Running means of disadvantaged and other pupils."""

    def __init__(self, cut):
        self.cut, self.n, self.total = cut, [0, 0], [0.0, 0.0]

    def add(self, pupil, value):
        """Count a pupil."""
        other = pupil.income >= self.cut
        self.n[other] += 1
        self.total[other] += value

    @property
    def gap(self):
        """Other less disadvantaged."""
        return self.total[1] / self.n[1] - self.total[0] / self.n[0]

    def named(self, measure):
        """Means by group under the names of the registry."""
        return {
            (measure, "all"): sum(self.total) / sum(self.n),
            (measure, "disadvantaged"): self.total[0] / self.n[0],
            (measure, "other"): self.total[1] / self.n[1],
            (measure, "gap"): self.gap,
        }


class Spread:
    """Running SD."""

    def __init__(self):
        self.n, self.total, self.squares = 0, 0.0, 0.0

    def add(self, value):
        """Count a value."""
        self.n += 1
        self.total += value
        self.squares += value * value

    @property
    def sd(self):
        """SD of what was counted."""
        return sqrt(self.squares / self.n - (self.total / self.n) ** 2)


def between(schools):
    """SD between schools of their pupils' mean result."""
    spread = Spread()
    for results in schools.values():
        spread.add(sum(results) / len(results))
    return spread.sd


def tie(district, facts):
    """Shift Year 6 and Year 11 of year 0, by group, to their published results; returns their tests."""
    tied = {}
    for year_group, stage, phase in ((6, "ks2", PRIMARY), (11, "ks4", SECONDARY)):
        sitting, tied[stage] = district.results.sit(district, year_group, stage), []
        published = facts.published_ks2 if phase == PRIMARY else facts.published_ks4
        for other, target in enumerate(published):
            of_group = [s for s in sitting if (s[0].income >= facts.disadvantaged_cut[phase]) == bool(other)]
            shift = (to_rate if phase == PRIMARY else to_points)(facts, of_group, target)
            for pupil, literacy, maths in of_group:
                pupil.literacy += shift
                pupil.maths += shift
                tied[stage].append((pupil, literacy + shift, maths + shift))
    return tied


def to_rate(facts, sitting, target):
    """Shift that puts the nearest whole number of pupils at or above the expected standard."""
    low = sorted(min(literacy, maths) for _, literacy, maths in sitting)
    passing = min(max(round(target * len(low)), 1), len(low) - 1)
    return facts.cut["ks2"] - 0.5 * (low[-passing] + low[-passing - 1])


def to_points(facts, sitting, target):
    """Shift that makes mean Attainment 8 the published one."""
    mean = sum(0.5 * (literacy + maths) for _, literacy, maths in sitting) / len(sitting)
    return target / facts.points + facts.cut["ks4"] - mean
