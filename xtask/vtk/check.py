"""Opens the fields that `needlework simulate` wrote, with the vtk package from PyPI, and holds them to what the summary says.

Usage: python check.py DIR, where DIR is the folder that `needlework simulate CASE --out DIR` made. Exit code 0 if all is well.
"""

import json
import math
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

# Only what reads: the rest of the package wants libraries for screens.
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkDataArray, vtkVersion
from vtkmodules.vtkIOXML import vtkXMLRectilinearGridReader


def main(folder: Path) -> None:
    summary = json.loads((folder / "simulate.json").read_text())
    moments = ElementTree.parse(folder / "fields.pvd").getroot().findall("./Collection/DataSet")
    assert len(moments) == len(summary["moments"]), "the collection and the summary differ in moments"
    names = [field["name"] for field in summary["fields"]]
    for moment, said in zip(moments, summary["moments"]):
        assert math.isclose(float(moment.get("timestep")), said["day"]), "days differ"
        reader = vtkXMLRectilinearGridReader()
        errors = []
        reader.AddObserver("ErrorEvent", lambda *_: errors.append(1))
        reader.SetFileName(str(folder / moment.get("file")))
        reader.Update()
        assert not errors, f"{moment.get('file')} was not read"
        grid = reader.GetOutput()
        assert grid.GetNumberOfCells() == summary["cells"], "cells differ"
        data = grid.GetCellData()
        assert [data.GetArrayName(i) for i in range(data.GetNumberOfArrays())] == names + ["volume"], "fields differ"
        units = {field["name"]: field["unit"] for field in summary["fields"]} | {"volume": "mm^3"}
        for name, unit in units.items():
            said_unit = data.GetArray(name).GetInformation().Get(vtkDataArray.UNITS_LABEL())
            assert said_unit == unit, f"{name}: unit {said_unit} is not {unit}"
        said_of = grid.GetFieldData().GetAbstractArray("quantities")
        assert said_of.GetNumberOfValues() == len(units), "not every quantity is explained"
        # Rings are no slabs: the volumes of a round cell add up to its cylinder.
        x0, x1, y0, y1, z0, z1 = grid.GetBounds()
        base = math.pi * x1**2 if summary["fidelity"] == "cell" else (x1 - x0) * (y1 - y0)
        volume = vtk_to_numpy(data.GetArray("volume")).sum()
        assert math.isclose(volume, base * (z1 - z0), rel_tol=1e-9), f"{volume} mm3 is not {base * (z1 - z0)}"
        # The surface is at z = 0, the tissue below it.
        assert math.isclose(grid.GetBounds()[5], 0.0, abs_tol=1e-12) and grid.GetBounds()[4] < 0.0
        for name in names:
            values = vtk_to_numpy(data.GetArray(name))
            low, high = said["ranges"][name]
            assert math.isclose(values.min(), low, rel_tol=1e-9, abs_tol=1e-12), f"{name}: {values.min()} is not {low}"
            assert math.isclose(values.max(), high, rel_tol=1e-9, abs_tol=1e-12), f"{name}: {values.max()} is not {high}"
    print(f"{folder}: {len(moments)} moments, {len(names)} fields, {summary['cells']} cells, read by vtk {vtkVersion().GetVTKVersion()}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
