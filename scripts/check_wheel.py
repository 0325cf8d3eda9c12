"""Build the wheel and run the main job from it, with none of the development packages.

What only works because a test package happens to be there, or because a file lies in the
repository and not in the wheel, fails here.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(*words: str | Path, cwd: Path) -> None:
    """Run a command and show what it printed if it fails."""
    done = subprocess.run(  # noqa: S603 -- our own words
        [str(word) for word in words], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SystemExit(f"failed: {' '.join(str(word) for word in words)}")


def main() -> None:
    """Build, install into an empty environment, run the first case."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
        wheel = next(folder.glob("*.whl"))
        venv.create(folder / "empty", with_pip=True)
        python = folder / "empty" / "bin" / "python"
        pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
        run(*pip, "--only-binary", ":all:", f"{wheel}[report]", cwd=folder)
        shell = folder / "empty" / "bin" / "kosmodrom"
        run(shell, "run", "vostochny-2023", "--out", folder / "report", cwd=folder)
        run(shell, "doctor", cwd=folder)
        size = (folder / "report" / "report.html").stat().st_size
        sys.stdout.write(
            f"wheel {wheel.name}: installs and runs the first case ({size // 1024} kB of report)\n"
        )


if __name__ == "__main__":
    main()
