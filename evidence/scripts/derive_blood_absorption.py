#!/usr/bin/env python3
"""Derives the absorption of oxygenated and deoxygenated whole blood and of water from the numeric skin layers.

    python3 evidence/scripts/derive_blood_absorption.py        (from the root of the project)

Reads  validation/optics/skin_layers.csv   (absorption per layer of seven skin cases, 380-780 nm)
Writes evidence/optics/absorption_10nm.csv (wavelength, blood at saturation 1 and 0, water; all per mm)

The layers were computed by the formulas of evidence/appearance.toml,

    dermis = f * blood(S) + (1 - f) * baseline + 0.65 * water,   blood(S) = S * oxy + (1 - S) * deoxy,

so two dermal layers that differ only in f give blood(S), and two cases that differ in S give oxy and deoxy. The fractions
are not published with the layers. They were found thus and are checked below on every wavelength:
  * ratios of differences between layers fix the fractions up to one factor: 0.006, 0.003, 0.003, 0.002 for the upper and lower dermis of
    normal skin and of pale marks, 0.025 and 0.006 for red marks;
  * the factor, and the saturations 0.75 (normal, pale) and 0.65 (red), follow from blood of 150 g/l haemoglobin having
    molar absorptivities of about 53 000 (oxy) and 46 600 (deoxy) per cm and mol/l at 540 nm, and from oxy = deoxy at 390 and 500 nm;
  * the fat is 0.005 blood at S 0.75 + half the baseline + 0.1 water.
The check fails, and nothing is written, if any layer of any case is missed by more than 1e-5 of its value.
Standard library only.
"""
import csv
import math
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAYERS = ROOT / "validation" / "optics" / "skin_layers.csv"
OUT = ROOT / "evidence" / "optics" / "absorption_10nm.csv"

DERMIS_WATER = 0.65
NORMAL_S, RED_S = 0.75, 0.65
MELANIN = {
    "light_normal": 0.02, "medium_normal": 0.06, "dark_normal": 0.16, "light_striae_rubra": 0.02,
    "light_striae_alba": 0.012, "medium_striae_alba": 0.03, "dark_striae_alba": 0.07,
}


def blood_fractions(case):
    if case.endswith("normal"):
        return 0.006, 0.003, NORMAL_S
    if case.endswith("alba"):
        return 0.003, 0.002, NORMAL_S
    return 0.025, 0.006, RED_S


def baseline(nm):
    return 0.0244 + 8.53 * math.exp(-(nm - 154) / 66.2)


def melanosome(nm):
    return 6.6e10 * nm ** -3.33


def derive(table, nm):
    base = baseline(nm)
    upper, lower = table["light_normal", nm, "upper_dermis"], table["light_normal", nm, "lower_dermis"]
    normal = (upper - lower) / (0.006 - 0.003) + base
    watery = lower - 0.003 * normal - 0.997 * base
    red = (table["light_striae_rubra", nm, "upper_dermis"] - watery - 0.975 * base) / 0.025
    slope = (normal - red) / (NORMAL_S - RED_S)
    return normal + (1 - NORMAL_S) * slope, normal - NORMAL_S * slope, max(watery / DERMIS_WATER, 0.0)


def rebuild(case, layer, nm, oxy, deoxy, water):
    upper, lower, saturation = blood_fractions(case)
    if layer == "epidermis":
        f = MELANIN[case]
        return f * melanosome(nm) + (1 - f) * baseline(nm)
    if layer == "fat":
        return 0.005 * (NORMAL_S * oxy + (1 - NORMAL_S) * deoxy) + 0.5 * baseline(nm) + 0.1 * water
    f = upper if layer == "upper_dermis" else lower
    return f * (saturation * oxy + (1 - saturation) * deoxy) + (1 - f) * baseline(nm) + DERMIS_WATER * water


def main():
    with open(LAYERS, newline="", encoding="utf-8") as file:
        table = {
            (row["case"], int(row["lambda_nm"]), row["layer"]): float(row["mu_a_per_mm"]) for row in csv.DictReader(file)
        }
    wavelengths = sorted({key[1] for key in table})
    spectra = {nm: derive(table, nm) for nm in wavelengths}
    worst = max(abs(rebuild(c, layer, nm, *spectra[nm]) / value - 1) for (c, nm, layer), value in table.items())
    if worst > 1e-5:
        sys.exit(f"a layer is missed by {worst:.1e} of its value; the composition above is wrong")
    with open(OUT, "w", encoding="utf-8") as file:
        file.write("wavelength_nm,oxygenated_blood_per_mm,deoxygenated_blood_per_mm,water_per_mm\n")
        for nm in wavelengths:
            file.write("{},{:.6g},{:.6g},{:.4g}\n".format(nm, *spectra[nm]))
    print(f"{len(wavelengths)} wavelengths; every layer of every case rebuilt within {worst:.1e} of its value")


if __name__ == "__main__":
    main()
