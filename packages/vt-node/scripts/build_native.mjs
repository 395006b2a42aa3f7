// SPDX-License-Identifier: Apache-2.0
// Configures and builds the addon against the vt-core and vt-autograd that are installed as wheels.
//
// VT_CORE_CMAKE_DIR and VT_AUTOGRAD_LIBRARY name them; what is not set is looked up in the environment of VT_PYTHON (default
// python3). VT_AUTOGRAD_LIBRARY="" builds without automatic differentiation.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { env } = process;

function packageFile(name, path) {
  const code =
    "import importlib.util, pathlib, sys\n" +
    "spec = importlib.util.find_spec(sys.argv[1])\n" +
    "print(pathlib.Path(spec.origin).parent / sys.argv[2] if spec and spec.origin else '', end='')";
  const python = env.VT_PYTHON ?? "python3";
  const found = execFileSync(python, ["-c", code, name, path], { encoding: "utf8" });
  if (!found || !existsSync(found)) {
    throw new Error(
      `build: ${name} is not installed for ${python}; install its wheel or name the file in the environment`,
    );
  }
  return found;
}

const core = env.VT_CORE_CMAKE_DIR ?? packageFile("vt_core", "cmake");
const autograd = env.VT_AUTOGRAD_LIBRARY ?? packageFile("vt_autograd", "lib/libvt_autograd.so");
const run = (...args) => execFileSync("cmake", args, { cwd: root, stdio: "inherit" });

run("-S", ".", "-B", "build/native", "-G", "Ninja", `-Dvt_core_DIR=${core}`, `-DVT_AUTOGRAD_LIBRARY=${autograd}`);
run("--build", "build/native", "-j2");
