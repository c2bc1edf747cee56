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
from vtkmodules.vtkCommonCore import vtkVersion
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
        assert [data.GetArrayName(i) for i in range(data.GetNumberOfArrays())] == names, "fields differ"
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
