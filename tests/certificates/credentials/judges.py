"""Judges of credentials that share no code with us, asked without a network."""

import json
import subprocess
from pathlib import Path
from typing import Any

import playwright

# The node that Playwright's package carries: no further program is needed.
_NODE = Path(playwright.__file__).parent / "driver" / "node"
_JUDGE = Path(__file__).parent / "judge.mjs"


def ask(judge: str, **question: Any) -> Any:
    """What `jose` or `vc` says: `vc` gives `verified` and, apart from it, the status, of which 0 is in force."""
    told = json.dumps({"judge": judge, **question})
    done = subprocess.run([_NODE, _JUDGE], input=told, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
