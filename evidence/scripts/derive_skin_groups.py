#!/usr/bin/env python3
"""Derives the skins of evidence/appearance.toml (`appearance.skin.<group>.*`) from the fits to measured spectra.

    python3 evidence/scripts/derive_skin_groups.py        (from the root of the project; prints TOML)

Reads validation/optics/issa_fit.csv: the four-layer model fitted to the mean inner-arm spectra of eight ethnic groups
of the ISSA data set. A group of ours is the geometric mean of the fits that it takes (arithmetic for the power and the colours).
Standard library only.
"""
import csv
import math
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
GROUPS = {
    "light": (["CA"], "Caucasian", "types I-II"),
    "intermediate": (["CN", "JP", "IQ"], "Chinese, Japanese, Iraqi", "type III"),
    "tan": (["TH"], "Thai", "type IV"),
    "brown": (["SA"], "South Asian", "type V"),
    "dark": (["AF"], "African, n = 15 only", "type VI"),
}
# field, column, unit, geometric mean, half width of the structural and personal spread as a factor
FIELDS = [
    ("melanin_fraction", "fm_melanosome(d_epi=0.08mm)", "1", True, 2.2),
    ("upper_blood_fraction", "fb_upper", "1", True, 2.0),
    ("lower_over_upper_blood", "fb_lower_over_upper", "1", True, 2.0),
    ("saturation", "S", "1", True, 1.2),
    ("scattering_scale", "scatter_scale", "1", True, 1.4),
    ("scattering_power", "b_mie", "1", False, None),
    ("vessel_radius", "vessel_radius_mm", "mm", True, 2.5),
]
COLOURS = [("lightness", "L", "sdL"), ("redness", "a", "sda"), ("yellowness", "b", "sdb")]


def main():
    with open(ROOT / "validation" / "optics" / "issa_fit.csv", newline="", encoding="utf-8") as file:
        rows = {row["ethnicity"]: row for row in csv.DictReader(file)}
    for group, (members, people, types) in GROUPS.items():
        n = sum(int(rows[m]["n"]) for m in members)
        for field, column, unit, geometric, factor in FIELDS:
            values = [float(rows[m][column]) for m in members]
            mean = math.exp(sum(map(math.log, values)) / len(values)) if geometric else sum(values) / len(values)
            print("[[value]]")
            print(f'key = "appearance.skin.{group}.{field}"')
            print(f'value = "{mean:.4g} {unit}"')
            if factor:
                kind = "logit-normal" if field == "saturation" else "log-normal"
                print(f'spread = {{ kind = "{kind}", low = "{mean / factor:.3g} {unit}", high = "{mean * factor:.3g} {unit}" }}')
            print(f"n = {n}")
            print(f'where = {{ people = "{people}", site = "inner arm", fitzpatrick = "{types}, assumed and wide" }}')
            print('source = "ISSA2025"\nseen = "derived"\nused = "calibration"')
            print('derivation = "evidence/scripts/derive_skin_groups.py"\n')
        for field, column, sd in COLOURS:
            mean = sum(float(rows[m][column]) for m in members) / len(members)
            spread = sum(float(rows[m][sd]) for m in members) / len(members)
            print("[[value]]")
            print(f'key = "appearance.skin.{group}.{field}"')
            print(f'value = "{mean:.4g} 1"\nspread = {{ kind = "sd", value = "{spread:.3g} 1" }}')
            print(f"n = {n}")
            print(f'where = {{ people = "{people}", site = "inner arm", light = "D65, 2 degrees, specular component included" }}')
            print('source = "ISSA2025"\nseen = "derived"\nused = "check"')
            print('derivation = "mean over subjects of the data set; over groups where there are several"\n')


if __name__ == "__main__":
    main()
