"""A reconciliation service made from a table by csv-reconcile (PyPI), for tests/reconcile.rs.

usage: reconcile_server.py TABLE FOLDER PORT MANIFEST

Columns id and name of TABLE (tab-separated); FOLDER is for its database; MANIFEST is JSON that its
own is updated with.
"""

import json
import pathlib
import sys


def main():
    table, folder, port, manifest = sys.argv[1:]
    config = pathlib.Path(folder) / "config.py"
    config.write_text(f"MANIFEST = {json.loads(manifest)!r}\nTHRESHOLD = 30.0\n", encoding="utf-8")
    from csv_reconcile import create_app, initdb

    app = create_app(str(config), instance_path=folder, scorerOption="dice")
    with app.app_context():
        initdb.init_db_with_context(table, "id", "name")
    app.run(port=int(port), debug=False)


if __name__ == "__main__":
    main()
