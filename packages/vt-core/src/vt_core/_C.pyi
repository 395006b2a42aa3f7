# SPDX-License-Identifier: Apache-2.0
# ruff: noqa
# fmt: off
# The extension module. Classes are described by hand; the operators at the end of Tensor are written by vt_core.stubs.
import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Any, SupportsIndex, TypeAlias, TypedDict, TypeVar, final, overload

from numpy.typing import NDArray

from vt_core._memory_format import memory_format

__version__: str
__file__: str
_interface: object

# Tensor has attributes named dtype, device and so on; within it these names stand for the types.
Bool: TypeAlias = builtins.bool
Int: TypeAlias = int
Float: TypeAlias = float
Str: TypeAlias = str
Number: TypeAlias = builtins.bool | int | float | complex
Ints: TypeAlias = Sequence[int] | int
DtypeLike: TypeAlias = dtype | type[builtins.bool] | type[int] | type[float] | type[complex]
DeviceLike: TypeAlias = device | str
MemoryFormat: TypeAlias = memory_format
Index: TypeAlias = SupportsIndex | slice | Tensor | None | Any

_T = TypeVar("_T", bound=Tensor)

class ShapeError(RuntimeError, ValueError):
    """Sizes do not fit together."""

class DTypeError(RuntimeError):
    """Dtypes do not fit together or are not supported."""

class DeviceError(RuntimeError):
    """Tensors lie on different devices."""

class MissingKernelError(NotImplementedError):
    """An operator has no kernel for the device."""

class OutOfMemoryError(RuntimeError):
    """Host or device memory is exhausted."""

class CudaError(RuntimeError):
    """A device driver call failed."""

class SafetensorError(ValueError):
    """A file's contents break its format."""

class AbortedError(RuntimeError):
    """The work was cancelled or another party of it failed."""

class LinAlgError(RuntimeError):
    """A matrix is singular, or an algorithm on it did not converge."""

@final
class dtype:
    """Kind of the elements of a tensor."""

    @property
    def name(self) -> str:
        """Name without a prefix, as in 'float32'."""
    @property
    def itemsize(self) -> int:
        """Bytes of one element."""
    @property
    def is_floating_point(self) -> builtins.bool:
        """True for real floating dtypes."""
    @property
    def is_complex(self) -> builtins.bool:
        """True for complex dtypes."""
    @property
    def is_signed(self) -> builtins.bool:
        """True when negative values can be stored."""

bool: dtype
uint8: dtype
uint16: dtype
uint32: dtype
uint64: dtype
int8: dtype
int16: dtype
int32: dtype
int64: dtype
float8_e4m3fn: dtype
float8_e5m2: dtype
float16: dtype
bfloat16: dtype
float32: dtype
float64: dtype
complex64: dtype
complex128: dtype

@final
class device:
    """Where a tensor's elements lie: device('cpu'), device('cuda:1'), device('cuda', 1)."""

    def __new__(cls, type: DeviceLike, index: int | None = None) -> device: ...
    @property
    def type(self) -> str:
        """Name of the device type, as in 'cpu'."""
    @property
    def index(self) -> int | None:
        """Index among the devices of the type, or None."""
    def __enter__(self) -> device: ...
    def __exit__(self, *exception: object) -> None: ...

@final
class Size(tuple[int, ...]):
    """Sizes of a tensor: a tuple of ints."""

    def numel(self) -> int:
        """The product of the sizes."""

@final
class Generator:
    """A stream of Philox 4x32-10 random numbers, the same on every device for the same seed."""

    def __new__(cls, device: DeviceLike = "cpu") -> Generator: ...
    @property
    def device(self) -> device:
        """Device whose ops draw from the generator."""
    def manual_seed(self, seed: int, /) -> Generator:
        """Starts the stream of `seed`; returns the generator."""
    def seed(self) -> int:
        """Starts a stream from the system's entropy; returns its seed."""
    def initial_seed(self) -> int:
        """The seed of the current stream."""
    def get_state(self) -> tuple[int, int]:
        """The (seed, offset) pair at which the stream stands."""
    def set_state(self, state: tuple[int, int], /) -> Generator:
        """Puts the stream at a (seed, offset) pair."""

@final
class Op:
    """An operator as a Python callable."""

    @property
    def name(self) -> str:
        """Name under which the op is called."""
    @property
    def schema(self) -> str:
        """Schema of the first overload."""
    @property
    def schemas(self) -> tuple[str, ...]:
        """Schemas of all overloads in declared order."""
    @property
    def flags(self) -> tuple[tuple[str, ...], ...]:
        """What each overload offers, by name."""
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

@final
class SafetensorFile:
    """An open safetensors file."""

    def keys(self) -> list[str]:
        """Names of the tensors in the order of the file."""
    def get_tensor(self, name: str, /) -> Tensor:
        """The tensor of a name, sharing the file's mapping."""
    def metadata(self) -> dict[str, str]:
        """The file's own key and value texts."""
    def close(self) -> None:
        """Closes the file; tensors taken from it stay valid."""
    def __enter__(self) -> SafetensorFile: ...
    def __exit__(self, *exception: object) -> None: ...
    def __len__(self) -> int: ...
    def __getitem__(self, name: str, /) -> Tensor: ...

class Plugin(TypedDict):
    """A loaded plugin."""

    name: str
    version: str
    path: str

class Setting(TypedDict):
    """An environment variable that the stack reads."""

    name: str
    value: str | None
    doc: str

def get_op(name: str, /) -> Op:
    """The op of a name as a callable; AttributeError when there is none."""

def op_names() -> list[str]:
    """Names of all ops, in-place forms included, sorted."""

def tensor_from_data(data: Any, dtype: DtypeLike | None = None, device: DeviceLike | None = None) -> Tensor:
    """A new tensor with a copy of numbers, nested sequences, a tensor, a buffer or a DLPack object."""

def from_buffer(buffer: Any, *, dtype: DtypeLike | None = None, count: int = -1, offset: int = 0) -> Tensor:
    """A tensor that shares the memory of an object with the buffer protocol.

    With `dtype` its bytes from `offset` on are read as `count` elements, all that fit when negative. The tensor is read-only
    when the buffer is.
    """

def from_dlpack(x: Any, /) -> Tensor:
    """A tensor that shares the memory of an object with __dlpack__, or of a DLPack capsule."""

def save_file(
    tensors: dict[str, Tensor], path: str | PathLike[str], metadata: dict[str, str] | None = None
) -> None:
    """Writes a dict of tensors as a safetensors file, atomically: a reader sees the old file or the whole new one."""

def open_file(path: str | PathLike[str], /) -> SafetensorFile:
    """Opens a safetensors file without reading its tensors."""

def load_file(path: str | PathLike[str], /) -> dict[str, Tensor]:
    """All tensors of a safetensors file as a dict."""

def load_bytes(data: Any, /) -> dict[str, Tensor]:
    """The same from bytes in memory, which are copied."""

def load_plugin(path: str | PathLike[str], /) -> None:
    """Loads a plugin library and installs its ops. A path already loaded changes nothing."""

def unload_plugin(name: str, /) -> None:
    """Withdraws a plugin's ops, kernels and derivatives."""

def plugins() -> list[Plugin]:
    """Name, version and path of each loaded plugin, as dicts."""

def settings() -> list[Setting]:
    """Name, value and meaning of each environment variable that is read, as dicts."""

def show_config() -> str:
    """Version, instruction set, threads, devices, plugins."""

def set_package_folders(folders: tuple[str, ...], /) -> None:
    """Says where Python packages are, among them the wheel with LAPACK."""

def lapack_description() -> str:
    """The path of the LAPACK library, or why there is none. Looks for it."""

def device_count(type: str, /) -> int:
    """Number of devices of a type; 0 when no plugin serves it."""
def default_dtype() -> dtype:
    """The floating dtype of tensors that are made without one."""
def set_default_dtype(dtype: dtype, /) -> None:
    """Sets the floating dtype of tensors that are made without one."""
def num_threads() -> int:
    """Threads that CPU kernels use."""

def install_kernels(name: str, device: device | str, kernels: Mapping[str, Callable[..., Any]], /) -> None:
    """Lets Python functions be the kernels of operators."""
def define_operator(name: str, schema: str, function: Callable[..., Any], /) -> None:
    """Makes a Python function an operator."""

def _autocast_state(device: device | str, /) -> tuple[builtins.bool, dtype]:
    """Whether the thread casts for a device type, and to which dtype."""

def _set_autocast_state(device: device | str, enabled: builtins.bool, dtype: dtype, /) -> None:
    """Sets what _autocast_state returns."""

def set_num_threads(count: int, /) -> None:
    """Sets the threads that CPU kernels use."""

def default_generator(device: DeviceLike, /) -> Generator:
    """The generator that ops on `device` draw from when none is given."""

def seed_all(seed: int, /) -> None:
    """Starts the stream of `seed` in the default generator of every device."""

def _count_live() -> tuple[int, int]: ...
def _count_small_blocks() -> dict[int, int]: ...
def _dtype_from_name(name: str, /) -> dtype: ...
def _generator_from_state(device: device, state: tuple[int, int], /) -> Generator: ...
def _make_tensor_class(name: str, module: str) -> type[Tensor]: ...
def _register_tensor_class(cls: type[Tensor], /) -> None: ...
def _refresh_methods() -> None: ...

@final
class RemovableHandle:
    """A registered hook, to be taken back."""

    def remove(self) -> None:
        """Takes the hook back; a second call does nothing."""
    def __enter__(self) -> RemovableHandle: ...
    def __exit__(self, *exception: object) -> None: ...

class Tensor:
    """A multi-dimensional array of one dtype on one device.

    Made from a tensor it shares memory with it; anything else is copied as `vt_core.tensor` does.
    """

    __array_priority__: Int
    __dlpack_c_exchange_api__: object

    def __new__(cls: type[_T], data: Any, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None) -> _T: ...
    @staticmethod
    def _make_subclass(cls: type[_T], data: Tensor, requires_grad: Bool = False) -> _T:  # pyright: ignore[reportSelfClsParameterName]
        """A tensor of class `cls` on the elements of `data`, without its graph. Shares memory and version counter."""

    # What it is.
    @property
    def shape(self) -> Size:
        """Sizes of all dimensions."""
    @property
    def dtype(self) -> dtype:
        """Kind of the elements."""
    @property
    def device(self) -> device:
        """Where the elements lie."""
    @property
    def ndim(self) -> Int:
        """Number of dimensions."""
    @property
    def itemsize(self) -> Int:
        """Bytes of one element."""
    @property
    def nbytes(self) -> Int:
        """Bytes of all elements, gaps not counted."""
    @property
    def is_cpu(self) -> Bool:
        """True when the elements lie in host memory."""
    @property
    def is_cuda(self) -> Bool:
        """True when the elements lie on a CUDA device."""
    @property
    def is_meta(self) -> Bool:
        """True for a tensor that has no elements, only sizes."""
    @property
    def T(self) -> Tensor:
        """A view with all dimensions in reverse order."""
    @property
    def mT(self) -> Tensor:
        """A view with the last two dimensions exchanged."""
    @property
    def H(self) -> Tensor:
        """The conjugate of a matrix with its dimensions exchanged."""
    @property
    def mH(self) -> Tensor:
        """The conjugate of matrices with their dimensions exchanged."""
    @property
    def real(self) -> Tensor:
        """A view of the real parts; a real tensor itself. Assigning writes them."""
    @real.setter
    def real(self, value: Tensor | Number) -> None: ...
    @property
    def imag(self) -> Tensor:
        """A view of the imaginary parts. Assigning writes them."""
    @imag.setter
    def imag(self, value: Tensor | Number) -> None: ...
    @property
    def _is_read_only(self) -> Bool: ...
    @property
    def _version(self) -> Int: ...
    @overload
    def size(self, dim: None = None) -> Size:
        """Sizes of all dimensions, or of one."""
    @overload
    def size(self, dim: Int) -> Int: ...
    @overload
    def stride(self, dim: None = None) -> tuple[Int, ...]:
        """Strides in elements of all dimensions, or of one."""
    @overload
    def stride(self, dim: Int) -> Int: ...
    def dim(self) -> Int:
        """Number of dimensions."""
    def ndimension(self) -> Int:
        """Number of dimensions."""
    def numel(self) -> Int:
        """Number of elements."""
    def nelement(self) -> Int:
        """Number of elements."""
    def element_size(self) -> Int:
        """Bytes of one element."""
    def storage_offset(self) -> Int:
        """Elements between the start of the storage and the first element."""
    def data_ptr(self) -> Int:
        """Address of the first element."""
    def is_contiguous(self, memory_format: MemoryFormat = ...) -> Bool:
        """True for a layout without gaps: row-major, or that of a memory format."""
    def is_inference(self) -> Bool:
        """True for a tensor made in inference mode, or a view of one."""
    def is_floating_point(self) -> Bool:
        """True for a real floating dtype."""
    def is_complex(self) -> Bool:
        """True for a complex dtype."""
    def pin_memory(self, device: DeviceLike | None = None) -> Tensor:
        """The elements in pinned memory of the CPU; the tensor itself when it is there already."""
    def is_pinned(self, device: DeviceLike | None = None) -> Bool:
        """True for a tensor of the CPU in pinned memory."""
    def _storage_data_ptr(self) -> Int: ...
    def _storage_nbytes(self) -> Int: ...
    def _use_count(self) -> Int: ...
    def _is_rich(self) -> Bool: ...
    def _is_alias_of(self, other: Tensor, /) -> Bool: ...

    def float(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As float32; the tensor itself if it is that."""
    def double(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As float64; the tensor itself if it is that."""
    def half(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As float16; the tensor itself if it is that."""
    def bfloat16(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As bfloat16; the tensor itself if it is that."""
    def int(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As int32; the tensor itself if it is that."""
    def long(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As int64; the tensor itself if it is that."""
    def short(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As int16; the tensor itself if it is that."""
    def char(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As int8; the tensor itself if it is that."""
    def byte(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As uint8; the tensor itself if it is that."""
    def bool(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As bool; the tensor itself if it is that."""
    def cfloat(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As complex64; the tensor itself if it is that."""
    def cdouble(self, memory_format: MemoryFormat | None = None) -> Tensor:
        """As complex128; the tensor itself if it is that."""
    def new_tensor(
        self,
        data: Any,
        *,
        dtype: DtypeLike | None = None,
        device: DeviceLike | None = None,
        requires_grad: Bool = False,
        pin_memory: Bool = False,
    ) -> Tensor:
        """A tensor of a copy of `data`; dtype and device are this one's unless given."""

    # Its elements in Python.
    def item(self) -> Any:
        """The only element as a Python number. Waits for the device."""
    def tolist(self) -> Any:
        """The elements as nested lists of Python numbers. Waits for the device."""
    def cpu(self) -> Tensor:
        """The tensor itself if it lies on the CPU, else a copy there. Waits for the device."""
    def numpy(self, *, force: Bool = False) -> NDArray[Any]:
        """The elements as a NumPy array that shares the tensor's memory."""
    def __array__(self, dtype: Any = None, copy: Bool | None = None) -> NDArray[Any]: ...
    def __array_namespace__(self, /, *, api_version: Str | None = None) -> Any: ...
    def to_device(self, device: DeviceLike, /, *, stream: Any = None) -> Tensor: ...
    def __dlpack__(
        self,
        stream: Int | None = None,
        *,
        max_version: tuple[Int, Int] | None = None,
        dl_device: tuple[Int, Int] | None = None,
        copy: Bool | None = None,
    ) -> object:
        """A DLPack capsule of the tensor's memory."""
    def __dlpack_device__(self) -> tuple[Int, Int]:
        """Type and index of the device, as DLPack numbers them."""
    def __buffer__(self, flags: Int, /) -> memoryview: ...
    def __len__(self) -> Int: ...
    def __iter__(self) -> Iterator[Tensor]: ...
    def __getitem__(self, index: Index, /) -> Tensor: ...
    def __setitem__(self, index: Index, value: Tensor | Number, /) -> None: ...
    def __contains__(self, item: Tensor | Number, /) -> Bool: ...
    def __bool__(self) -> Bool: ...
    def __int__(self) -> Int: ...
    def __index__(self) -> Int: ...
    def __float__(self) -> Float: ...
    def __complex__(self) -> complex: ...
    def __format__(self, spec: Str, /) -> Str: ...
    def __deepcopy__(self, memo: dict[Any, Any], /) -> Tensor: ...

    # Its graph; needs vt-autograd.
    data: Tensor
    requires_grad: Bool
    grad: Tensor | None
    @property
    def grad_fn(self) -> Any:
        """Node that computed the tensor; None for a leaf."""
    @property
    def output_nr(self) -> int:
        """Which result of its grad_fn the tensor is."""
    @property
    def retains_grad(self) -> Bool:
        """True for a tensor that is no leaf and whose gradient backward keeps all the same."""
    @property
    def is_leaf(self) -> Bool:
        """True when no recorded operation computed the tensor."""
    def requires_grad_(self: _T, requires_grad: Bool = True) -> _T:
        """Sets whether operations on the tensor are recorded; returns it."""
    def backward(
        self,
        gradient: Tensor | None = None,
        retain_graph: Bool | None = None,
        create_graph: Bool = False,
        *,
        inputs: Sequence[Tensor] | None = None,
    ) -> None:
        """Accumulates the gradients of the tensor into the leaves that it was computed from."""
    def retain_grad(self) -> None:
        """Keeps the gradient of a tensor that is no leaf."""
    def register_hook(self, hook: Callable[[Tensor], Tensor | None], /) -> RemovableHandle:
        """Calls `hook` with the gradient of the tensor whenever it is computed."""
    def register_post_accumulate_grad_hook(self, hook: Callable[[Tensor], None], /) -> RemovableHandle:
        """Calls `hook` with the leaf each time a backward has added to its `grad`."""
    def detach_(self: _T) -> _T:
        """Cuts the tensor off its graph; returns it."""

    # Operators, written by vt_core.stubs.
    def abs(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The magnitudes of the elements of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but bool. The least signed integer is its own magnitude.

        Returns
        -------
        Tensor
            Of the dtype of `self`, of its parts' dtype where it is complex.

        Raises
        ------
        RuntimeError
            If a complex tensor is to be changed in place.
        """
    def abs_(self: Tensor) -> Tensor:
        """The magnitudes of the elements of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but bool. The least signed integer is its own magnitude.

        Returns
        -------
        Tensor
            Of the dtype of `self`, of its parts' dtype where it is complex.

        Raises
        ------
        RuntimeError
            If a complex tensor is to be changed in place.
        """
    def absolute(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `abs`."""
    def absolute_(self: Tensor) -> Tensor:
        """Another name of `abs`."""
    def acos(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The arc cosine of each element of `self`, in [0, pi]; NaN for a real one beyond [-1, 1]. Within 2 ulp. Dtypes as for `tan`."""
    def acos_(self: Tensor) -> Tensor:
        """The arc cosine of each element of `self`, in [0, pi]; NaN for a real one beyond [-1, 1]. Within 2 ulp. Dtypes as for `tan`."""
    def acosh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The inverse hyperbolic cosine of each element of `self`; NaN for a real one below 1. Within 4 ulp. Dtypes as for `tan`."""
    def acosh_(self: Tensor) -> Tensor:
        """The inverse hyperbolic cosine of each element of `self`; NaN for a real one below 1. Within 4 ulp. Dtypes as for `tan`."""
    def add(self: Tensor, other: Tensor | Number, *, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
        """Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8. Boolean tensors add as logical or.
        other : Tensor or Scalar
            Broadcastable with `self`.
        alpha : Scalar
            Multiplier of `other`; 1 by default.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.

        Raises
        ------
        ShapeError
            If the shapes cannot be broadcast.
        RuntimeError
            If the in-place or out destination cannot hold the result, or overlaps an input partially.

        Notes
        -----
        Unlike PyTorch, uint16, uint32 and uint64 are supported.
        """
    def add_(self: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
        """Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8. Boolean tensors add as logical or.
        other : Tensor or Scalar
            Broadcastable with `self`.
        alpha : Scalar
            Multiplier of `other`; 1 by default.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.

        Raises
        ------
        ShapeError
            If the shapes cannot be broadcast.
        RuntimeError
            If the in-place or out destination cannot hold the result, or overlaps an input partially.

        Notes
        -----
        Unlike PyTorch, uint16, uint32 and uint64 are supported.
        """
    def addbmm(self: Tensor, batch1: Tensor, batch2: Tensor, *, beta: Number = 1, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
        """Adds to `beta * self` the sum over the batch of the products `alpha * batch1 @ batch2`: of (b, n, k) and (b, k, m) a matrix (n, m).

        `self` is broadcast and not read when `beta` is 0.
        """
    def addbmm_(self: Tensor, batch1: Tensor, batch2: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
        """Adds to `beta * self` the sum over the batch of the products `alpha * batch1 @ batch2`: of (b, n, k) and (b, k, m) a matrix (n, m).

        `self` is broadcast and not read when `beta` is 0.
        """
    def addcdiv(self: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: Number = 1, out: Tensor | None = None) -> Tensor:
        """``self + value * tensor1 / tensor2``, with broadcasting and type promotion.

        Parameters
        ----------
        self, tensor1, tensor2 : Tensor
            Broadcastable; the common dtype is floating but float8, or complex.
        value : Scalar
            Cast to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.

        Raises
        ------
        RuntimeError
            If `tensor1` and `tensor2` are both integral.
        """
    def addcdiv_(self: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: Number = 1) -> Tensor:
        """``self + value * tensor1 / tensor2``, with broadcasting and type promotion.

        Parameters
        ----------
        self, tensor1, tensor2 : Tensor
            Broadcastable; the common dtype is floating but float8, or complex.
        value : Scalar
            Cast to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.

        Raises
        ------
        RuntimeError
            If `tensor1` and `tensor2` are both integral.
        """
    def addcmul(self: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: Number = 1, out: Tensor | None = None) -> Tensor:
        """``self + value * tensor1 * tensor2``, with broadcasting and type promotion.

        Parameters
        ----------
        self, tensor1, tensor2 : Tensor
            Broadcastable; any dtype but bool and float8.
        value : Scalar
            Cast to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.
        """
    def addcmul_(self: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: Number = 1) -> Tensor:
        """``self + value * tensor1 * tensor2``, with broadcasting and type promotion.

        Parameters
        ----------
        self, tensor1, tensor2 : Tensor
            Broadcastable; any dtype but bool and float8.
        value : Scalar
            Cast to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.
        """
    def addmm(self: Tensor, mat1: Tensor, mat2: Tensor, *, beta: Number = 1, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
        """Adds to `beta * self` the product `alpha * mat1 @ mat2`, in one pass over the result.

        Parameters
        ----------
        self : Tensor
            Broadcastable to the product; not read when `beta` is 0.
        mat1, mat2 : Tensor
            Of sizes (m, k) and (k, n), and of the dtype of `self`.
        beta, alpha : Scalar
            Factors; integers for integral dtypes.

        Returns
        -------
        Tensor
            Of sizes (m, n). Half types are computed in float32 and rounded once.

        Raises
        ------
        ShapeError
            If the matrices cannot be multiplied, or `self` cannot be broadcast to the product.
        RuntimeError
            If the dtypes differ, a factor is of a higher category, or `out` shares elements with a matrix.
        """
    def addmm_(self: Tensor, mat1: Tensor, mat2: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
        """Adds to `beta * self` the product `alpha * mat1 @ mat2`, in one pass over the result.

        Parameters
        ----------
        self : Tensor
            Broadcastable to the product; not read when `beta` is 0.
        mat1, mat2 : Tensor
            Of sizes (m, k) and (k, n), and of the dtype of `self`.
        beta, alpha : Scalar
            Factors; integers for integral dtypes.

        Returns
        -------
        Tensor
            Of sizes (m, n). Half types are computed in float32 and rounded once.

        Raises
        ------
        ShapeError
            If the matrices cannot be multiplied, or `self` cannot be broadcast to the product.
        RuntimeError
            If the dtypes differ, a factor is of a higher category, or `out` shares elements with a matrix.
        """
    def addmv(self: Tensor, mat: Tensor, vec: Tensor, *, beta: Number = 1, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
        """Adds to `beta * self` the product `alpha * mat @ vec` of a matrix (m, k) and a vector (k,): `addmm` on one column."""
    def addmv_(self: Tensor, mat: Tensor, vec: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
        """Adds to `beta * self` the product `alpha * mat @ vec` of a matrix (m, k) and a vector (k,): `addmm` on one column."""
    def addr(self: Tensor, vec1: Tensor, vec2: Tensor, *, beta: Number = 1, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
        """Adds to `beta * self` the outer product `alpha * vec1 * vec2`, promoted as `add`.

        `self` is broadcast to (n, m) for vectors of n and m elements, and not read when `beta` is 0. Factors of integers are integers.
        """
    def addr_(self: Tensor, vec1: Tensor, vec2: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
        """Adds to `beta * self` the outer product `alpha * vec1 * vec2`, promoted as `add`.

        `self` is broadcast to (n, m) for vectors of n and m elements, and not read when `beta` is 0. Factors of integers are integers.
        """
    def adjoint(self: Tensor) -> Tensor:
        """The conjugate of the matrices with their dimensions exchanged: a view where `self` is real.

        Raises
        ------
        RuntimeError
            If `self` has one dimension.
        """
    @overload
    def all(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Whether no element of `self` is zero, over all elements or some dimensions.

        Returns
        -------
        Tensor
            Boolean, uint8 for uint8 as in PyTorch; true where there are no elements. NaN is not zero.
        """
    @overload
    def all(self: Tensor, dim: Int, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
    @overload
    def all(self: Tensor, dim: Ints | None = None, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
    def allclose(self: Tensor, other: Tensor, rtol: Float = 1e-05, atol: Float = 1e-08, equal_nan: Bool = False) -> Bool:
        """Whether all elements are close, as `isclose` has it.

        Returns
        -------
        bool
            True for tensors without elements.

        Notes
        -----
        Waits for the device.
        """
    def amax(self: Tensor, dim: Ints = (), keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
        """The largest elements of `self` over some dimensions.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex.
        dim : int or sequence of int
            All dimensions when empty.
        keepdim : bool
            Keep the reduced dimensions with size one.

        Returns
        -------
        Tensor
            NaN where some element is NaN. The gradient is spread evenly over equal largest elements.

        Raises
        ------
        IndexError
            If a reduced dimension is out of range or has size zero.
        """
    def amin(self: Tensor, dim: Ints = (), keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
        """The smallest elements of `self` over some dimensions; see `amax`."""
    def aminmax(self: Tensor, *, dim: Int | None = None, keepdim: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """The smallest and the largest element of `self`, of all or along one dimension.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex.
        dim : int, optional
        keepdim : bool
            Keep the reduced dimensions with size one.

        Returns
        -------
        min, max : Tensor
            NaN where there is one.

        Raises
        ------
        IndexError
            If the dimension is out of range or has no elements.
        RuntimeError
            If there are no elements at all.
        """
    def angle(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The angles of the elements of `self` in the complex plane, in (-pi, pi].

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8.

        Returns
        -------
        Tensor
            Of the parts' dtype for complex `self`. Real numbers give 0 or pi, NaN stays; integers and bool give the default dtype.
        """
    @overload
    def any(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Whether any element of `self` is not zero, over all elements or some dimensions.

        Returns
        -------
        Tensor
            Boolean, uint8 for uint8 as in PyTorch; false where there are no elements. NaN is not zero.
        """
    @overload
    def any(self: Tensor, dim: Int, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
    @overload
    def any(self: Tensor, dim: Ints | None = None, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
    def arccos(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `acos`."""
    def arccos_(self: Tensor) -> Tensor:
        """Another name of `acos`."""
    def arccosh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `acosh`."""
    def arccosh_(self: Tensor) -> Tensor:
        """Another name of `acosh`."""
    def arcsin(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `asin`."""
    def arcsin_(self: Tensor) -> Tensor:
        """Another name of `asin`."""
    def arcsinh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `asinh`."""
    def arcsinh_(self: Tensor) -> Tensor:
        """Another name of `asinh`."""
    def arctan(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `atan`."""
    def arctan2(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `atan2`."""
    def arctan2_(self: Tensor, other: Tensor) -> Tensor:
        """Another name of `atan2`."""
    def arctan_(self: Tensor) -> Tensor:
        """Another name of `atan`."""
    def arctanh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `atanh`."""
    def arctanh_(self: Tensor) -> Tensor:
        """Another name of `atanh`."""
    def argmax(self: Tensor, dim: Int | None = None, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
        """The index of the largest element, of all or along one dimension.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex.
        dim : int, optional
            Without it the index counts the elements in row-major order.
        keepdim : bool
            Keep the reduced dimensions with size one.

        Returns
        -------
        Tensor
            int64; the first of equal elements, and the first NaN where there is one, on every device.

        Raises
        ------
        IndexError
            If the dimension is out of range or there are no elements.
        """
    def argmin(self: Tensor, dim: Int | None = None, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
        """The index of the smallest element, of all or along one dimension; see `argmax`."""
    @overload
    def argsort(self: Tensor, dim: Int = -1, descending: Bool = False) -> Tensor:
        """Where the elements of `self` were before `sort`: its indices."""
    @overload
    def argsort(self: Tensor, *, stable: Bool, dim: Int = -1, descending: Bool = False) -> Tensor: ...
    def argwhere(self: Tensor) -> Tensor:
        """The indices of all elements that are not zero, one row each: as `nonzero`."""
    def as_strided(self: Tensor, size: Ints, stride: Ints, storage_offset: Int | None = None) -> Tensor:
        """A view of the storage of `self` by sizes and strides in elements.

        `storage_offset` counts from the start of the storage; by default it is that of `self`.

        Raises
        ------
        RuntimeError
            If the view leaves the storage or a stride is negative.
        """
    def as_strided_(self: Tensor, size: Ints, stride: Ints, storage_offset: Int | None = None) -> Tensor:
        """The tensor itself with other sizes and strides, as the view of this name without `_` has them."""
    def as_strided_scatter(self: Tensor, src: Tensor, size: Ints, stride: Ints, storage_offset: Int | None = None) -> Tensor:
        """A copy of `self` in which `src` stands where the view of this name without `_scatter` looks.

        Parameters
        ----------
        self : Tensor
        src : Tensor
            Of the sizes of the view; its dtype is converted.

        Raises
        ------
        RuntimeError
            If the sizes of `src` are not those of the view.
        """
    def asin(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The arc sine of each element of `self`, in [-pi/2, pi/2]; NaN for a real one beyond [-1, 1]. Within 2.5 ulp. Dtypes as for `tan`."""
    def asin_(self: Tensor) -> Tensor:
        """The arc sine of each element of `self`, in [-pi/2, pi/2]; NaN for a real one beyond [-1, 1]. Within 2.5 ulp. Dtypes as for `tan`."""
    def asinh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The inverse hyperbolic sine of each element of `self`, within 4 ulp. Dtypes as for `tan`."""
    def asinh_(self: Tensor) -> Tensor:
        """The inverse hyperbolic sine of each element of `self`, within 4 ulp. Dtypes as for `tan`."""
    def atan(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The arc tangent of each element of `self`, in [-pi/2, pi/2]. Within 2 ulp. Dtypes as for `tan`."""
    def atan2(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            The ordinates. Any shape; any dtype but float8 and the complex ones.
        other : Tensor
            The abscissas, broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape; integers give the default dtype.
        """
    def atan2_(self: Tensor, other: Tensor) -> Tensor:
        """The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            The ordinates. Any shape; any dtype but float8 and the complex ones.
        other : Tensor
            The abscissas, broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape; integers give the default dtype.
        """
    def atan_(self: Tensor) -> Tensor:
        """The arc tangent of each element of `self`, in [-pi/2, pi/2]. Within 2 ulp. Dtypes as for `tan`."""
    def atanh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The inverse hyperbolic tangent of each element of `self`; NaN for a real one beyond [-1, 1]. Within 4 ulp. Dtypes as for `tan`."""
    def atanh_(self: Tensor) -> Tensor:
        """The inverse hyperbolic tangent of each element of `self`; NaN for a real one beyond [-1, 1]. Within 4 ulp. Dtypes as for `tan`."""
    def baddbmm(self: Tensor, batch1: Tensor, batch2: Tensor, *, beta: Number = 1, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
        """Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches."""
    def baddbmm_(self: Tensor, batch1: Tensor, batch2: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
        """Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches."""
    @overload
    def bernoulli(self: Tensor, *, generator: Generator | None = None) -> Tensor:
        """1 with the chance that the element of `self` says, else 0.

        Parameters
        ----------
        self : Tensor
            float16, bfloat16, float32 or float64; in [0, 1].
        generator : Generator, optional
            The default one of the device of `self` when absent.

        Returns
        -------
        Tensor
            Row-major, of the sizes and dtype of `self`.

        Raises
        ------
        RuntimeError
            If an element is outside [0, 1]. On CUDA devices, where nothing waits for elements, one below gives 0 and one above 1.
        NotImplementedError
            For other dtypes.
        """
    @overload
    def bernoulli(self: Tensor, p: Float, *, generator: Generator | None = None) -> Tensor: ...
    @overload
    def bernoulli_(self: Tensor, p: Float = 0.5, *, generator: Generator | None = None) -> Tensor:
        """Sets each element of `self` to 1 with chance `p`, else to 0.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex, of any strides.
        p : float
            In [0, 1]; rounded to a multiple of 2^-32.
        generator : Generator, optional
            The default one of the device of `self` when absent.

        Raises
        ------
        RuntimeError
            If `p` is outside [0, 1].
        NotImplementedError
            For float8 and complex dtypes.
        """
    @overload
    def bernoulli_(self: Tensor, p: Tensor, *, generator: Generator | None = None) -> Tensor: ...
    def bincount(self: Tensor, weights: Tensor | None = None, minlength: Int = 0) -> Tensor:
        """How often each number occurs among integers that are not negative.

        Parameters
        ----------
        self : Tensor
            Of one dimension; integers.
        weights : Tensor, optional
            Like `self`: what each element counts.
        minlength : int
            The least number of results.

        Returns
        -------
        Tensor
            The counts of 0, 1, ... up to the largest element: int64, with weights float64, or float32 if these are.

        Raises
        ------
        RuntimeError
            If an element is negative or the sizes do not fit.

        Notes
        -----
        Waits for the device, since the size depends on the elements.
        """
    def bitwise_and(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; bool or an integer dtype. Booleans are combined logically.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        NotImplementedError
            If the common dtype is floating or complex.
        """
    def bitwise_and_(self: Tensor, other: Tensor | Number) -> Tensor:
        """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; bool or an integer dtype. Booleans are combined logically.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        NotImplementedError
            If the common dtype is floating or complex.
        """
    def bitwise_left_shift(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """``self << other``: the bits of each element moved to the left, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor or Scalar
            Any shape; an integer dtype. Of two operands one is a tensor.
        other : Tensor or Scalar
            By how many bits, broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype; 0 for shifts by a negative number or by the width of the dtype and more.

        Raises
        ------
        NotImplementedError
            If the common dtype is not an integer one.
        """
    def bitwise_left_shift_(self: Tensor, other: Tensor | Number) -> Tensor:
        """``self << other``: the bits of each element moved to the left, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor or Scalar
            Any shape; an integer dtype. Of two operands one is a tensor.
        other : Tensor or Scalar
            By how many bits, broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype; 0 for shifts by a negative number or by the width of the dtype and more.

        Raises
        ------
        NotImplementedError
            If the common dtype is not an integer one.
        """
    def bitwise_not(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The elements of `self` with all bits turned; for bool, logical not. Bool and integers."""
    def bitwise_not_(self: Tensor) -> Tensor:
        """The elements of `self` with all bits turned; for bool, logical not. Bool and integers."""
    def bitwise_or(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; bool or an integer dtype. Booleans are combined logically.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        NotImplementedError
            If the common dtype is floating or complex.
        """
    def bitwise_or_(self: Tensor, other: Tensor | Number) -> Tensor:
        """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; bool or an integer dtype. Booleans are combined logically.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        NotImplementedError
            If the common dtype is floating or complex.
        """
    def bitwise_right_shift(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """``self >> other``: the bits of each element moved to the right, its sign moving in; as `bitwise_left_shift` else.

        Returns
        -------
        Tensor
            0, or -1 for negative elements, for shifts by a negative number or by the width of the dtype and more.
        """
    def bitwise_right_shift_(self: Tensor, other: Tensor | Number) -> Tensor:
        """``self >> other``: the bits of each element moved to the right, its sign moving in; as `bitwise_left_shift` else.

        Returns
        -------
        Tensor
            0, or -1 for negative elements, for shifts by a negative number or by the width of the dtype and more.
        """
    def bitwise_xor(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; bool or an integer dtype. Booleans are combined logically.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        NotImplementedError
            If the common dtype is floating or complex.
        """
    def bitwise_xor_(self: Tensor, other: Tensor | Number) -> Tensor:
        """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; bool or an integer dtype. Booleans are combined logically.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        NotImplementedError
            If the common dtype is floating or complex.
        """
    def bmm(self: Tensor, mat2: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Multiplies batches of matrices: `matmul` of sizes (b, m, k) and (b, k, n) alone, without broadcasting."""
    @overload
    def broadcast_to(self: Tensor, size: Ints) -> Tensor:
        """As `Tensor.expand`: a view in which dimensions of size 1 are repeated to the sizes given."""
    @overload
    def broadcast_to(self: Tensor, *size: Int) -> Tensor: ...
    def cauchy_(self: Tensor, median: Float = 0, sigma: Float = 1, *, generator: Generator | None = None) -> Tensor:
        """Fills `self` with numbers of Cauchy's distribution.

        Parameters
        ----------
        self : Tensor
            float16, bfloat16, float32 or float64, of any strides.
        median : float
            0 by default.
        sigma : float
            Half the width at half the height, 1 by default; greater than 0.
        generator : Generator, optional
            The default one of the device of `self` when absent.

        Raises
        ------
        RuntimeError
            If `sigma` is not positive.
        NotImplementedError
            For other dtypes.
        """
    def ceil(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied."""
    def ceil_(self: Tensor) -> Tensor:
        """The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied."""
    def cholesky(self: Tensor, upper: Bool = False, *, out: Tensor | None = None) -> Tensor:
        """The Cholesky factor L of positive definite matrices with ``A = L @ L.mH``, or U with ``A = U.mH @ U``.

        See `linalg_cholesky_ex`.

        Raises
        ------
        LinAlgError
            If a matrix is not positive definite.
        """
    def cholesky_inverse(self: Tensor, upper: Bool = False, *, out: Tensor | None = None) -> Tensor:
        """The inverses of positive definite matrices whose Cholesky factors are given."""
    def cholesky_solve(self: Tensor, input2: Tensor, upper: Bool = False, *, out: Tensor | None = None) -> Tensor:
        """Solves A X = B for matrices A whose Cholesky factors are given.

        Parameters
        ----------
        self : Tensor
            B, of sizes (..., n, k).
        input2 : Tensor
            The factors, of sizes (..., n, n); batches are broadcast.
        upper : bool
            Whether they are upper ones.
        """
    def chunk(self: Tensor, chunks: Int, dim: Int = 0) -> Sequence[Tensor]:
        """Views of at most `chunks` equal parts of a dimension, the last of which may be smaller.

        As in PyTorch there are fewer parts when the size does not allow as many of equal size.
        """
    @overload
    def clamp(self: Tensor, min: Number | None = None, max: Number | None = None, *, out: Tensor | None = None) -> Tensor:
        """`self` held between `min` and `max`: ``minimum(maximum(self, min), max)``.

        Parameters
        ----------
        self : Tensor
            Any shape; integers and floats but float8. Bounds of a higher category lift the result's dtype.
        min, max : Scalar, optional
            The bounds; at least one. Where `min` is above `max` the result is `max`.

        Returns
        -------
        Tensor
            NaN where `self` is. The gradient passes where `self` is within the bounds or on one.

        Raises
        ------
        RuntimeError
            If both bounds are absent, or the result's dtype cannot hold one.
        """
    @overload
    def clamp(self: Tensor, min: Tensor | None = None, max: Tensor | None = None, *, out: Tensor | None = None) -> Tensor: ...
    @overload
    def clamp_(self: Tensor, min: Number | None = None, max: Number | None = None) -> Tensor:
        """`self` held between `min` and `max`: ``minimum(maximum(self, min), max)``.

        Parameters
        ----------
        self : Tensor
            Any shape; integers and floats but float8. Bounds of a higher category lift the result's dtype.
        min, max : Scalar, optional
            The bounds; at least one. Where `min` is above `max` the result is `max`.

        Returns
        -------
        Tensor
            NaN where `self` is. The gradient passes where `self` is within the bounds or on one.

        Raises
        ------
        RuntimeError
            If both bounds are absent, or the result's dtype cannot hold one.
        """
    @overload
    def clamp_(self: Tensor, min: Tensor | None = None, max: Tensor | None = None) -> Tensor: ...
    def clamp_max(self: Tensor, max: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """`clamp` with an upper bound alone, a number or a tensor: ``minimum(self, max)``."""
    def clamp_max_(self: Tensor, max: Tensor | Number) -> Tensor:
        """`clamp` with an upper bound alone, a number or a tensor: ``minimum(self, max)``."""
    def clamp_min(self: Tensor, min: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """`clamp` with a lower bound alone, a number or a tensor: ``maximum(self, min)``."""
    def clamp_min_(self: Tensor, min: Tensor | Number) -> Tensor:
        """`clamp` with a lower bound alone, a number or a tensor: ``maximum(self, min)``."""
    @overload
    def clip(self: Tensor, min: Number | None = None, max: Number | None = None, *, out: Tensor | None = None) -> Tensor:
        """Another name of `clamp`."""
    @overload
    def clip(self: Tensor, min: Tensor | None = None, max: Tensor | None = None, *, out: Tensor | None = None) -> Tensor: ...
    @overload
    def clip_(self: Tensor, min: Number | None = None, max: Number | None = None) -> Tensor:
        """Another name of `clamp`."""
    @overload
    def clip_(self: Tensor, min: Tensor | None = None, max: Tensor | None = None) -> Tensor: ...
    def clone(self: Tensor, *, memory_format: MemoryFormat | None = None, out: Tensor | None = None) -> Tensor:
        """A copy of `self` with elements of its own; dense, in the order of the dimensions' strides.

        Parameters
        ----------
        memory_format : memory_format, optional
            Another layout for the copy.
        """
    def conj(self: Tensor) -> Tensor:
        """The complex conjugates of the elements of `self`; the tensor itself where it is real."""
    def conj_physical(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The complex conjugates of the elements of `self` in memory of their own.

        Any dtype. Unlike in PyTorch, a real tensor is copied too rather than returned itself.
        """
    def conj_physical_(self: Tensor) -> Tensor:
        """The complex conjugates of the elements of `self` in memory of their own.

        Any dtype. Unlike in PyTorch, a real tensor is copied too rather than returned itself.
        """
    def contiguous(self: Tensor, *, memory_format: MemoryFormat | None = None) -> Tensor:
        """`self` in row-major layout: the tensor itself when it has it already, else a copy.

        Parameters
        ----------
        memory_format : memory_format
            Another layout: channels_last of four dimensions, channels_last_3d of five.

        Raises
        ------
        RuntimeError
            If the format is for another number of dimensions.
        """
    def copy_(self: Tensor, src: Tensor, non_blocking: Bool = False) -> Tensor:
        """Copies `src` into `self`, broadcasting it and converting its dtype.

        Floats become integers by truncation, complex numbers lose their imaginary part, anything but zero becomes True.

        Parameters
        ----------
        self : Tensor
        src : Tensor
            Broadcastable to the sizes of `self`; on any device.
        non_blocking : bool
            Do not wait for a copy from or to host memory; that memory must then stay untouched until the stream has passed it.

        Notes
        -----
        Enqueues on the current streams of both devices. Bumps the version of `self`.
        """
    def copysign(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """The magnitude of `self` with the sign of `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8.
        other : Tensor or Scalar
            Broadcastable with `self`. Zeros and NaN have signs too.

        Returns
        -------
        Tensor
            Of the broadcast shape; integers and bool give the default dtype.
        """
    def copysign_(self: Tensor, other: Tensor | Number) -> Tensor:
        """The magnitude of `self` with the sign of `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8.
        other : Tensor or Scalar
            Broadcastable with `self`. Zeros and NaN have signs too.

        Returns
        -------
        Tensor
            Of the broadcast shape; integers and bool give the default dtype.
        """
    def corrcoef(self: Tensor) -> Tensor:
        """The correlation coefficients of variables, of which every row holds the observations.

        Parameters
        ----------
        self : Tensor
            (variables, observations), or a vector for a single variable.

        Returns
        -------
        Tensor
            (variables, variables), within [-1, 1]; 0-dim for one variable.

        Raises
        ------
        RuntimeError
            If `self` has more than 2 dimensions.
        """
    def cos(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The cosine of each element of `self`, in radians.

        Dtypes and accuracy as for `sin`.
        """
    def cos_(self: Tensor) -> Tensor:
        """The cosine of each element of `self`, in radians.

        Dtypes and accuracy as for `sin`.
        """
    def cosh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The hyperbolic cosine of each element of `self`, within 2 ulp. Dtypes as for `tan`."""
    def cosh_(self: Tensor) -> Tensor:
        """The hyperbolic cosine of each element of `self`, within 2 ulp. Dtypes as for `tan`."""
    @overload
    def count_nonzero(self: Tensor, dim: Int | None = None, *, out: Tensor | None = None) -> Tensor:
        """How many elements of `self` are not zero, over all or some dimensions.

        Parameters
        ----------
        self : Tensor
        dim : int or sequence of int, optional
            The dimensions to count over; all when absent or empty.

        Returns
        -------
        Tensor
            int64. NaN is not zero.
        """
    @overload
    def count_nonzero(self: Tensor, dim: Ints, *, out: Tensor | None = None) -> Tensor: ...
    @overload
    def count_nonzero(self: Tensor, *dim: Int, out: Tensor | None = None) -> Tensor: ...
    def cov(self: Tensor, *, correction: Int = 1, fweights: Tensor | None = None, aweights: Tensor | None = None) -> Tensor:
        """The covariances of variables, of which every row holds the observations.

        Parameters
        ----------
        self : Tensor
            (variables, observations), or a vector for a single variable.
        correction : int
            Subtracted from the number of observations, 1 for the unbiased estimate.
        fweights : Tensor, optional
            (observations,) integers: how often each was made.
        aweights : Tensor, optional
            (observations,) floating-point: how much each counts.

        Returns
        -------
        Tensor
            (variables, variables); 0-dim for one variable.

        Raises
        ------
        RuntimeError
            If `self` has more than 2 dimensions or weights do not fit.
        """
    def cross(self: Tensor, other: Tensor, dim: Int | None = None, *, out: Tensor | None = None) -> Tensor:
        """The cross products of vectors of three elements along `dim`, by default the first dimension of size 3: see `linalg_cross`."""
    def cummax(self: Tensor, dim: Int, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """The largest elements so far along one dimension, and where they are.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex.
        dim : int

        Returns
        -------
        values : Tensor
            Row-major. A NaN prevails.
        indices : Tensor
            int64; of equal elements the last one so far.

        Raises
        ------
        IndexError
            If the dimension is out of range.
        """
    def cummin(self: Tensor, dim: Int, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """The smallest elements so far along one dimension, and where they are; otherwise as `cummax`."""
    def cumprod(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
        """The running products of `self` along one dimension.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8.
        dim : int
        dtype : dtype, optional
            Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

        Returns
        -------
        Tensor
            Row-major. Floating dtypes multiply in float64 and round each product once.

        Raises
        ------
        IndexError
            If the dimension is out of range.
        """
    def cumprod_(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
        """The running products of `self` along one dimension.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8.
        dim : int
        dtype : dtype, optional
            Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

        Returns
        -------
        Tensor
            Row-major. Floating dtypes multiply in float64 and round each product once.

        Raises
        ------
        IndexError
            If the dimension is out of range.
        """
    def cumsum(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
        """The running sums of `self` along one dimension.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8.
        dim : int
        dtype : dtype, optional
            Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

        Returns
        -------
        Tensor
            Row-major. Floating dtypes add in float64 and round each sum once.

        Raises
        ------
        IndexError
            If the dimension is out of range.
        """
    def cumsum_(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
        """The running sums of `self` along one dimension.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8.
        dim : int
        dtype : dtype, optional
            Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

        Returns
        -------
        Tensor
            Row-major. Floating dtypes add in float64 and round each sum once.

        Raises
        ------
        IndexError
            If the dimension is out of range.
        """
    def deg2rad(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Degrees as radians. Any real dtype but float8; integers and bool give the default dtype."""
    def deg2rad_(self: Tensor) -> Tensor:
        """Degrees as radians. Any real dtype but float8; integers and bool give the default dtype."""
    def det(self: Tensor) -> Tensor:
        """The determinants of matrices (..., n, n): of sizes (...)."""
    def detach(self: Tensor) -> Tensor:
        """The same elements, cut off from the autograd graph. Shares storage and version counter."""
    def diag(self: Tensor, diagonal: Int = 0, *, out: Tensor | None = None) -> Tensor:
        """Of a vector the matrix with it on a diagonal, of a matrix a copy of its diagonal.

        Raises
        ------
        RuntimeError
            If `self` has other than one or two dimensions.
        """
    def diag_embed(self: Tensor, offset: Int = 0, dim1: Int = -2, dim2: Int = -1) -> Tensor:
        """Matrices of zeros with the last dimension of `self` on a diagonal.

        Parameters
        ----------
        offset : int
            Above the main diagonal where positive, below it where negative; the matrices grow by as much.
        dim1, dim2 : int
            Where rows and columns stand in the result.

        Raises
        ------
        RuntimeError
            If the dimensions are the same.
        """
    def diagflat(self: Tensor, offset: Int = 0) -> Tensor:
        """The matrix with all elements of `self` on a diagonal."""
    def diagonal(self: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor:
        """A view of the diagonals of two dimensions, which become the last one.

        Parameters
        ----------
        offset : int
            Above the main diagonal where positive, below it where negative.
        dim1, dim2 : int
            The rows and columns.

        Raises
        ------
        RuntimeError
            If the dimensions are the same.
        """
    def diagonal_scatter(self: Tensor, src: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor:
        """A copy of `self` in which `src` stands where the view of this name without `_scatter` looks.

        Parameters
        ----------
        self : Tensor
        src : Tensor
            Of the sizes of the view; its dtype is converted.

        Raises
        ------
        RuntimeError
            If the sizes of `src` are not those of the view.
        """
    def diff(self: Tensor, n: Int = 1, dim: Int = -1, prepend: Tensor | None = None, append: Tensor | None = None, *, out: Tensor | None = None) -> Tensor:
        """The differences of neighbours along a dimension, taken `n` times.

        Parameters
        ----------
        self : Tensor
            Of 1 dimension or more; booleans are compared.
        n : int
        dim : int
        prepend, append : Tensor, optional
            Joined to `self` along `dim` before.

        Returns
        -------
        Tensor
            With `n` elements fewer along `dim`.

        Raises
        ------
        RuntimeError
            If `self` has no dimensions, `n` is negative or the numbers of dimensions differ.
        """
    def digamma(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The derivative of `lgamma` at each element of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype.

        Returns
        -------
        Tensor
            Infinite at zeros, of the opposite sign; NaN at negative integers. Accuracy as for `lgamma`.
        """
    def digamma_(self: Tensor) -> Tensor:
        """The derivative of `lgamma` at each element of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype.

        Returns
        -------
        Tensor
            Infinite at zeros, of the opposite sign; NaN at negative integers. Accuracy as for `lgamma`.
        """
    def dist(self: Tensor, other: Tensor, p: Number = 2) -> Tensor:
        """The norm of ``self - other``.

        Parameters
        ----------
        self : Tensor
            Any shape; floats but float8.
        other : Tensor
            Broadcastable with `self`.
        p : Scalar
            The order of the norm, as in `linalg_vector_norm`.

        Returns
        -------
        Tensor
            Without dimensions.
        """
    def div(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None, out: Tensor | None = None) -> Tensor:
        """Divides `self` by `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8.
        other : Tensor or Scalar
            Broadcastable with `self`.
        rounding_mode : str, optional
            None divides exactly, integers in the default dtype. "trunc" rounds the quotient towards zero and "floor" down, both in the
            common dtype, which then is neither boolean nor complex; their gradient is zero.

        Returns
        -------
        Tensor
            Of the broadcast shape. Half types are computed in float32.

        Raises
        ------
        RuntimeError
            "ZeroDivisionError" if, with a rounding mode, an integer is divided by zero; nothing is written then. On CUDA, where it
            would take a wait to know, such a quotient has all bits set.

        Notes
        -----
        The smallest integer divided by -1 wraps. Unlike PyTorch, uint16, uint32 and uint64 are supported.
        """
    def div_(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None) -> Tensor:
        """Divides `self` by `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8.
        other : Tensor or Scalar
            Broadcastable with `self`.
        rounding_mode : str, optional
            None divides exactly, integers in the default dtype. "trunc" rounds the quotient towards zero and "floor" down, both in the
            common dtype, which then is neither boolean nor complex; their gradient is zero.

        Returns
        -------
        Tensor
            Of the broadcast shape. Half types are computed in float32.

        Raises
        ------
        RuntimeError
            "ZeroDivisionError" if, with a rounding mode, an integer is divided by zero; nothing is written then. On CUDA, where it
            would take a wait to know, such a quotient has all bits set.

        Notes
        -----
        The smallest integer divided by -1 wraps. Unlike PyTorch, uint16, uint32 and uint64 are supported.
        """
    def divide(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None, out: Tensor | None = None) -> Tensor:
        """Another name of `div`."""
    def divide_(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None) -> Tensor:
        """Another name of `div`."""
    def dot(self: Tensor, tensor: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The dot product of two vectors of the same length and dtype, as a 0-dim tensor. Nothing is conjugated: see `vdot`."""
    def dsplit(self: Tensor, indices_or_sections: Int | Ints) -> list[Tensor]:
        """As `tensor_split` along depth, dimension 2. A number of parts must divide the size."""
    def eq(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def eq_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def equal(self: Tensor, other: Tensor) -> Bool:
        """Whether both tensors have the same sizes and equal elements.

        Parameters
        ----------
        self, other : Tensor
            On one device; any shape and dtype.

        Returns
        -------
        bool
            False where a NaN is, which equals nothing; True for tensors of the same sizes without elements.

        Notes
        -----
        Waits for the device unless the sizes differ.
        """
    def erf(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Any real dtype but float8; integers and bool give the default dtype."""
    def erf_(self: Tensor) -> Tensor:
        """The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Any real dtype but float8; integers and bool give the default dtype."""
    def erfc(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The complement ``1 - erf(x)`` of the error function of each element of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype, half types are computed in
            float32 and rounded once.

        Returns
        -------
        Tensor
            Within 5 ulp as far as it is not subnormal, and the same bits on every instruction set and on CUDA devices.
        """
    def erfc_(self: Tensor) -> Tensor:
        """The complement ``1 - erf(x)`` of the error function of each element of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype, half types are computed in
            float32 and rounded once.

        Returns
        -------
        Tensor
            Within 5 ulp as far as it is not subnormal, and the same bits on every instruction set and on CUDA devices.
        """
    def erfinv(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The number whose error function each element of `self` is, within 3 ulp; infinite at -1 and 1, NaN beyond. Dtypes as for `erfc`."""
    def erfinv_(self: Tensor) -> Tensor:
        """The number whose error function each element of `self` is, within 3 ulp; infinite at -1 and 1, NaN beyond. Dtypes as for `erfc`."""
    def exp(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """e to the power of each element of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8. Integers and bool give the default dtype, half types are computed in
            float32 and rounded once, complex64 is computed in complex128.

        Returns
        -------
        Tensor
            Within 1 ulp in float32 and float64, and the same bits on every instruction set and on CUDA devices. Special values are
            those of C99, Annex G where complex.
        """
    def exp2(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """2 to the power of each element of `self`, exact at integers. Dtypes and accuracy as for `exp`."""
    def exp2_(self: Tensor) -> Tensor:
        """2 to the power of each element of `self`, exact at integers. Dtypes and accuracy as for `exp`."""
    def exp_(self: Tensor) -> Tensor:
        """e to the power of each element of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8. Integers and bool give the default dtype, half types are computed in
            float32 and rounded once, complex64 is computed in complex128.

        Returns
        -------
        Tensor
            Within 1 ulp in float32 and float64, and the same bits on every instruction set and on CUDA devices. Special values are
            those of C99, Annex G where complex.
        """
    @overload
    def expand(self: Tensor, size: Ints) -> Tensor:
        """A view in which dimensions of size one, and new leading ones, repeat to `size`.

        -1 keeps the size of a dimension. The repeated elements share memory: clone the result before writing to it.
        """
    @overload
    def expand(self: Tensor, *size: Int) -> Tensor: ...
    def expand_as(self: Tensor, other: Tensor) -> Tensor:
        """A view expanded to the sizes of `other`."""
    def expm1(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`."""
    def expm1_(self: Tensor) -> Tensor:
        """e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`."""
    def exponential_(self: Tensor, lambd: Float = 1, *, generator: Generator | None = None) -> Tensor:
        """Fills `self` with numbers of the exponential distribution of rate `lambd`, none of them 0.

        Parameters
        ----------
        self : Tensor
            float16, bfloat16, float32 or float64, of any strides.
        lambd : float
            Greater than 0; the mean is its reciprocal.
        generator : Generator, optional
            The default one of the device of `self` when absent.

        Raises
        ------
        RuntimeError
            If `lambd` is not positive.
        NotImplementedError
            For other dtypes.
        """
    def fill_(self: Tensor, value: Number) -> Tensor:
        """Sets every element of `self` to `value`.

        Raises
        ------
        RuntimeError
            If the dtype of `self` cannot hold the value.
        """
    def fill_diagonal_(self: Tensor, fill_value: Number, wrap: Bool = False) -> Tensor:
        """Sets the main diagonal to a number.

        Parameters
        ----------
        fill_value : Scalar
        wrap : bool
            Begin again below a matrix with more rows than columns, leaving out one row, as NumPy does.

        Raises
        ------
        RuntimeError
            If there are fewer than two dimensions, or more and of different sizes, or the dtype cannot hold the value.
        """
    def fix(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `trunc`."""
    def fix_(self: Tensor) -> Tensor:
        """Another name of `trunc`."""
    def flatten(self: Tensor, start_dim: Int = 0, end_dim: Int = -1) -> Tensor:
        """The dimensions from `start_dim` to `end_dim` as one: a view where strides allow it.

        A 0-dim tensor becomes one of size 1; when nothing changes the result is `self`.
        """
    @overload
    def flip(self: Tensor, dims: Ints) -> Tensor:
        """A copy in which the order of indices along `dims` is reversed.

        Raises
        ------
        RuntimeError
            If a dimension is given twice.
        """
    @overload
    def flip(self: Tensor, *dims: Int) -> Tensor: ...
    def fliplr(self: Tensor) -> Tensor:
        """A copy with the order of columns, dimension 1, reversed.

        Raises
        ------
        RuntimeError
            If there are fewer than two dimensions.
        """
    def flipud(self: Tensor) -> Tensor:
        """A copy with the order of rows, dimension 0, reversed.

        Raises
        ------
        RuntimeError
            If there are no dimensions.
        """
    def float_power(self: Tensor, exponent: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """`self` to the power of `exponent`, computed in float64, or complex128 for complex operands: `pow` of both cast to it.

        Parameters
        ----------
        self : Tensor or Scalar
            Any shape and dtype.
        exponent : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            float64 or complex128, of the broadcast shape.

        Raises
        ------
        RuntimeError
            If a destination is of another dtype.
        """
    def float_power_(self: Tensor, exponent: Tensor | Number) -> Tensor:
        """`self` to the power of `exponent`, computed in float64, or complex128 for complex operands: `pow` of both cast to it.

        Parameters
        ----------
        self : Tensor or Scalar
            Any shape and dtype.
        exponent : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            float64 or complex128, of the broadcast shape.

        Raises
        ------
        RuntimeError
            If a destination is of another dtype.
        """
    def floor(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied."""
    def floor_(self: Tensor) -> Tensor:
        """The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied."""
    def floor_divide(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``.

        Parameters
        ----------
        self : Tensor
            Any shape; integers and floats but float8.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        RuntimeError
            "ZeroDivisionError" for an integer divided by zero; on CUDA such a quotient has all bits set.

        Notes
        -----
        Unlike PyTorch, it has a gradient: zero.
        """
    def floor_divide_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``.

        Parameters
        ----------
        self : Tensor
            Any shape; integers and floats but float8.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        RuntimeError
            "ZeroDivisionError" for an integer divided by zero; on CUDA such a quotient has all bits set.

        Notes
        -----
        Unlike PyTorch, it has a gradient: zero.
        """
    def fmax(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The larger of `self` and `other`, element by element: as `maximum`, but a number wins against NaN.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8 and the complex ones.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype; NaN where both are. The gradient goes to `self` where both are equal.
        """
    def fmin(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The smaller of `self` and `other`, element by element: as `fmax` in everything else."""
    def fmod(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """The remainder of `self` divided by `other`, with the sign of `self`, as C's ``fmod``.

        Parameters
        ----------
        self : Tensor
            Any shape; integers and floats but float8.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        RuntimeError
            "ZeroDivisionError" for an integer divided by zero; on CUDA the remainder is the dividend then.
        """
    def fmod_(self: Tensor, other: Tensor | Number) -> Tensor:
        """The remainder of `self` divided by `other`, with the sign of `self`, as C's ``fmod``.

        Parameters
        ----------
        self : Tensor
            Any shape; integers and floats but float8.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        RuntimeError
            "ZeroDivisionError" for an integer divided by zero; on CUDA the remainder is the dividend then.
        """
    def frac(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The fractions of the elements of `self`, with their signs: x - trunc(x). Floating dtypes but float8."""
    def frac_(self: Tensor) -> Tensor:
        """The fractions of the elements of `self`, with their signs: x - trunc(x). Floating dtypes but float8."""
    def frexp(self: Tensor) -> tuple[Tensor, Tensor]:
        """Each element of `self` as ``mantissa * 2 ** exponent`` with a mantissa in [0.5, 1) beside its sign.

        Parameters
        ----------
        self : Tensor
            float16, bfloat16, float32 or float64, of any shape.

        Returns
        -------
        mantissa : Tensor
            Of the dtype of `self`; 0, infinities and NaN are their own.
        exponent : Tensor
            int32.
        """
    def gather(self: Tensor, dim: Int, index: Tensor, *, sparse_grad: Bool = False, out: Tensor | None = None) -> Tensor:
        """Elements of `self` at an index each along one dimension.

        ``out[i][j] = self[index[i][j]][j]`` for `dim` 0 of two dimensions.

        Parameters
        ----------
        self : Tensor
        dim : int
        index : Tensor
            int64 or int32, with as many dimensions as `self` and no larger in any but `dim`.
        sparse_grad : bool
            Must be False: gradients are dense.

        Returns
        -------
        Tensor
            Of the sizes of `index`.

        Raises
        ------
        IndexError
            If an index is out of range. On CUDA that is reported when the device is next waited for.
        RuntimeError
            If the sizes do not fit together.
        NotImplementedError
            For `sparse_grad`.
        """
    def gcd(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The greatest common divisor of `self` and `other`, element by element, with broadcasting.

        Parameters
        ----------
        self : Tensor
            Any shape; an integer dtype.
        other : Tensor
            Broadcastable with `self`; an integer dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype; not negative, and 0 where both are 0. Of the smallest integer and 0 it is
            that integer, whose magnitude the dtype does not hold.
        """
    def gcd_(self: Tensor, other: Tensor) -> Tensor:
        """The greatest common divisor of `self` and `other`, element by element, with broadcasting.

        Parameters
        ----------
        self : Tensor
            Any shape; an integer dtype.
        other : Tensor
            Broadcastable with `self`; an integer dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype; not negative, and 0 where both are 0. Of the smallest integer and 0 it is
            that integer, whose magnitude the dtype does not hold.
        """
    def ge(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def ge_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def geometric_(self: Tensor, p: Float, *, generator: Generator | None = None) -> Tensor:
        """Fills `self` with numbers of trials until an event of chance `p` happens, from 1 on.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex, of any strides.
        p : float
            In (0, 1).
        generator : Generator, optional
            The default one of the device of `self` when absent.

        Raises
        ------
        RuntimeError
            If `p` is outside (0, 1).
        NotImplementedError
            For float8 and complex dtypes.
        """
    def geqrf(self: Tensor, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """The QR factors of matrices (..., m, n), packed as LAPACK has them.

        Returns
        -------
        a : Tensor
            Of sizes (..., m, n): R on and above the diagonal, the vectors of reflectors without their leading ones below.
        tau : Tensor
            Of sizes (..., min(m, n)): the scales of the reflectors. See `linalg_householder_product`.
        """
    def ger(self: Tensor, vec2: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `outer`."""
    def greater(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Another name of `gt`."""
    def greater_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Another name of `gt`."""
    def greater_equal(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Another name of `ge`."""
    def greater_equal_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Another name of `ge`."""
    def gt(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def gt_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def hardshrink(self: Tensor, lambd: Number = 0.5, *, out: Tensor | None = None) -> Tensor:
        """0 for each element of `self` from -lambd to lambd, which else is kept; NaN stays. Floating dtypes but float8."""
    def heaviside(self: Tensor, values: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The step function: 0 where `self` is below zero or NaN, 1 where it is above, `values` where it is zero.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8 and the complex ones.
        values : Tensor
            Of the same dtype, broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape; never requires grad.

        Raises
        ------
        RuntimeError
            If the dtypes differ.
        """
    def heaviside_(self: Tensor, values: Tensor) -> Tensor:
        """The step function: 0 where `self` is below zero or NaN, 1 where it is above, `values` where it is zero.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8 and the complex ones.
        values : Tensor
            Of the same dtype, broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape; never requires grad.

        Raises
        ------
        RuntimeError
            If the dtypes differ.
        """
    def histc(self: Tensor, bins: Int = 100, min: Number = 0, max: Number = 0, *, out: Tensor | None = None) -> Tensor:
        """How many elements of `self` lie in each of `bins` equal parts of a range.

        Parameters
        ----------
        self : Tensor
            A floating dtype but float8.
        bins : int
        min, max : Scalar
            The range; that of the elements when both are equal. Elements outside are left out, and NaN.

        Returns
        -------
        Tensor
            Of one dimension and the dtype of `self`. The last part holds its upper end.

        Raises
        ------
        RuntimeError
            If `bins` is not positive or the range is not finite.
        """
    @overload
    def histogram(self: Tensor, bins: Tensor, *, weight: Tensor | None = None, density: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """How many elements of `self` lie between neighbours of `bins`.

        Parameters
        ----------
        self : Tensor
            float32 or float64.
        bins : Tensor or int
            The edges in increasing order, or the number of equal parts of the range.
        range : float[], optional
            Both ends; by default those of the elements.
        weight : Tensor, optional
            Like `self`: what each element counts.
        density : bool
            Divide by the sum and by the widths.

        Returns
        -------
        hist : Tensor
            Of one dimension and the dtype of `self`. Elements outside are left out; the last bin holds its upper edge.
        bin_edges : Tensor

        Raises
        ------
        RuntimeError
            If `bins` or `range` does not make bins, or sizes or dtypes differ.
        """
    @overload
    def histogram(self: Tensor, bins: Int = 100, *, range: Sequence[Float] | None = None, weight: Tensor | None = None, density: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
    def hsplit(self: Tensor, indices_or_sections: Int | Ints) -> list[Tensor]:
        """As `tensor_split` along columns: dimension 1, or 0 of a vector. A number of parts must divide the size."""
    def hypot(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """``sqrt(self ** 2 + other ** 2)``, element by element, without overflow or underflow of the squares.

        Parameters
        ----------
        self : Tensor
            Any shape; floats but float8.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype, within 1 ulp. Infinite where either is, even if the other is NaN.
        """
    def hypot_(self: Tensor, other: Tensor) -> Tensor:
        """``sqrt(self ** 2 + other ** 2)``, element by element, without overflow or underflow of the squares.

        Parameters
        ----------
        self : Tensor
            Any shape; floats but float8.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype, within 1 ulp. Infinite where either is, even if the other is NaN.
        """
    def i0(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The modified Bessel function of the first kind of order 0 of each element of `self`, within 5 ulp. Dtypes as for `erfc`."""
    def i0_(self: Tensor) -> Tensor:
        """The modified Bessel function of the first kind of order 0 of each element of `self`, within 5 ulp. Dtypes as for `erfc`."""
    def igamma(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The lower incomplete gamma function, regularised: the part of ``gamma(self)`` that its integral has up to `other`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8, not negative.
        other : Tensor
            Broadcastable with `self`, not negative.

        Returns
        -------
        Tensor
            Of the broadcast shape, in [0, 1]; NaN for negative arguments. Integers and bool give the default dtype. Computed in
            float64, to some ulp times the logarithm of what is smaller than 1. Unlike in PyTorch, there is a derivative by `self`.
        """
    def igamma_(self: Tensor, other: Tensor) -> Tensor:
        """The lower incomplete gamma function, regularised: the part of ``gamma(self)`` that its integral has up to `other`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8, not negative.
        other : Tensor
            Broadcastable with `self`, not negative.

        Returns
        -------
        Tensor
            Of the broadcast shape, in [0, 1]; NaN for negative arguments. Integers and bool give the default dtype. Computed in
            float64, to some ulp times the logarithm of what is smaller than 1. Unlike in PyTorch, there is a derivative by `self`.
        """
    def igammac(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The upper incomplete gamma function, regularised: the part that `igamma` leaves. As `igamma` in everything else."""
    def igammac_(self: Tensor, other: Tensor) -> Tensor:
        """The upper incomplete gamma function, regularised: the part that `igamma` leaves. As `igamma` in everything else."""
    def index_add(self: Tensor, dim: Int, index: Tensor, source: Tensor, *, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
        """Adds `alpha * source` to the entries of one dimension at the given indices.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8.
        dim : int
        index : Tensor
            One-dimensional, int64 or int32.
        source : Tensor
            Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.
        alpha : Scalar

        Notes
        -----
        Additions to one entry happen in the order of the indices, so that results do not depend on threads.
        """
    def index_add_(self: Tensor, dim: Int, index: Tensor, source: Tensor, *, alpha: Number = 1) -> Tensor:
        """Adds `alpha * source` to the entries of one dimension at the given indices.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8.
        dim : int
        index : Tensor
            One-dimensional, int64 or int32.
        source : Tensor
            Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.
        alpha : Scalar

        Notes
        -----
        Additions to one entry happen in the order of the indices, so that results do not depend on threads.
        """
    def index_copy(self: Tensor, dim: Int, index: Tensor, source: Tensor, *, out: Tensor | None = None) -> Tensor:
        """A copy of `self` with entries of one dimension replaced by those of `source`.

        Parameters
        ----------
        self : Tensor
        dim : int
        index : Tensor
            One-dimensional, int64 or int32. Where an index stands twice the last entry stays.
        source : Tensor
            Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.

        Raises
        ------
        IndexError
            If an index is out of range, and nothing is written then; or if the numbers of entries and indices differ. On CUDA an index
            out of range is reported when the device is next waited for.
        RuntimeError
            If the sizes or dtypes do not fit.
        """
    def index_copy_(self: Tensor, dim: Int, index: Tensor, source: Tensor) -> Tensor:
        """A copy of `self` with entries of one dimension replaced by those of `source`.

        Parameters
        ----------
        self : Tensor
        dim : int
        index : Tensor
            One-dimensional, int64 or int32. Where an index stands twice the last entry stays.
        source : Tensor
            Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.

        Raises
        ------
        IndexError
            If an index is out of range, and nothing is written then; or if the numbers of entries and indices differ. On CUDA an index
            out of range is reported when the device is next waited for.
        RuntimeError
            If the sizes or dtypes do not fit.
        """
    def index_fill(self: Tensor, dim: Int, index: Tensor, value: Tensor | Number) -> Tensor:
        """A copy of `self` with a number in the entries of one dimension at the given indices.

        Parameters
        ----------
        self : Tensor
        dim : int
        index : Tensor
            One-dimensional, int64 or int32; negative indices count from the end.
        value : Tensor or Scalar
            One number, or a 0-dim tensor; cast to the dtype of `self`.

        Raises
        ------
        IndexError
            If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
        RuntimeError
            If `value` has dimensions, or the dtype cannot hold it.
        """
    def index_fill_(self: Tensor, dim: Int, index: Tensor, value: Tensor | Number) -> Tensor:
        """A copy of `self` with a number in the entries of one dimension at the given indices.

        Parameters
        ----------
        self : Tensor
        dim : int
        index : Tensor
            One-dimensional, int64 or int32; negative indices count from the end.
        value : Tensor or Scalar
            One number, or a 0-dim tensor; cast to the dtype of `self`.

        Raises
        ------
        IndexError
            If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
        RuntimeError
            If `value` has dimensions, or the dtype cannot hold it.
        """
    def index_put(self: Tensor, indices: Sequence[Tensor | None], values: Tensor, accumulate: Bool = False) -> Tensor:
        """Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does.

        Parameters
        ----------
        self : Tensor
        indices : sequence of Tensor or None
            As in `index`.
        values : Tensor
            Of the dtype of `self`; broadcast to the sizes that `index` would give.
        accumulate : bool
            Add the values to the elements. An element that is met several times receives the values in the order of the indices;
            without `accumulate` the last one stays.

        Raises
        ------
        IndexError
            If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for, and the
            other elements are written.
        """
    def index_put_(self: Tensor, indices: Sequence[Tensor | None], values: Tensor, accumulate: Bool = False) -> Tensor:
        """Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does.

        Parameters
        ----------
        self : Tensor
        indices : sequence of Tensor or None
            As in `index`.
        values : Tensor
            Of the dtype of `self`; broadcast to the sizes that `index` would give.
        accumulate : bool
            Add the values to the elements. An element that is met several times receives the values in the order of the indices;
            without `accumulate` the last one stays.

        Raises
        ------
        IndexError
            If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for, and the
            other elements are written.
        """
    def index_reduce(self: Tensor, dim: Int, index: Tensor, source: Tensor, reduce: Str, *, include_self: Bool = True, out: Tensor | None = None) -> Tensor:
        """A copy of `self` with entries of `source` folded into those of one dimension at the indices.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8; complex has no "amax" and "amin", bool no "mean".
        dim : int
        index : Tensor
            One-dimensional, int64 or int32.
        source : Tensor
            Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.
        reduce : str
            "prod", "mean", "amax" or "amin". Means of integers are rounded down.
        include_self : bool
            Whether the entries of `self` are folded too; otherwise those at an index are replaced.

        Raises
        ------
        IndexError
            If an index is out of range, and nothing is written then; or if the numbers of entries and indices differ. On CUDA an index
            out of range is reported when the device is next waited for.
        RuntimeError
            If the sizes, dtypes or the word do not fit.
        """
    def index_reduce_(self: Tensor, dim: Int, index: Tensor, source: Tensor, reduce: Str, *, include_self: Bool = True) -> Tensor:
        """A copy of `self` with entries of `source` folded into those of one dimension at the indices.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8; complex has no "amax" and "amin", bool no "mean".
        dim : int
        index : Tensor
            One-dimensional, int64 or int32.
        source : Tensor
            Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.
        reduce : str
            "prod", "mean", "amax" or "amin". Means of integers are rounded down.
        include_self : bool
            Whether the entries of `self` are folded too; otherwise those at an index are replaced.

        Raises
        ------
        IndexError
            If an index is out of range, and nothing is written then; or if the numbers of entries and indices differ. On CUDA an index
            out of range is reported when the device is next waited for.
        RuntimeError
            If the sizes, dtypes or the word do not fit.
        """
    def index_select(self: Tensor, dim: Int, index: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The entries of one dimension at the given indices.

        Parameters
        ----------
        self : Tensor
        dim : int
        index : Tensor
            One-dimensional, int64 or int32; indices do not count from the end.

        Raises
        ------
        IndexError
            If an index is out of range. On CUDA that is reported when the device is next waited for.
        """
    def inner(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The dot products of the vectors along the last dimensions of both: of (..., k) and (---, k) a tensor (..., ---).

        With a 0-dim operand it is the product. Nothing is conjugated.
        """
    def inverse(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The inverses of matrices (..., n, n).

        Raises
        ------
        LinAlgError
            If a matrix is singular.
        """
    def is_conj(self: Tensor) -> Bool:
        """False: no tensor waits for its conjugation or negation to be computed."""
    def is_neg(self: Tensor) -> Bool:
        """False: no tensor waits for its conjugation or negation to be computed."""
    def isclose(self: Tensor, other: Tensor, rtol: Float = 1e-05, atol: Float = 1e-08, equal_nan: Bool = False) -> Tensor:
        """Whether ``|self - other| <= atol + |rtol * other|``, element by element, with broadcasting.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers are compared in the default dtype.
        other : Tensor
            Of the same dtype, broadcastable with `self`.
        rtol, atol : float
            What is allowed in parts of `other` and absolutely; not negative.
        equal_nan : bool
            Whether NaN is close to NaN.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. Infinities are close to themselves alone.

        Raises
        ------
        RuntimeError
            If the dtypes differ or a tolerance is negative.
        """
    def isfinite(self: Tensor) -> Tensor:
        """Whether each element of `self`, with both parts of a complex one, is neither infinite nor NaN. Any dtype; gives bool."""
    def isinf(self: Tensor) -> Tensor:
        """Whether each element of `self`, or a part of a complex one, is infinite. Any dtype; gives bool."""
    def isnan(self: Tensor) -> Tensor:
        """Whether each element of `self`, or a part of a complex one, is NaN. Any dtype; gives bool."""
    def isneginf(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Whether each element of `self` is minus infinity. Any real dtype but float8; gives bool."""
    def isposinf(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Whether each element of `self` is infinity. Any real dtype but float8; gives bool."""
    def isreal(self: Tensor) -> Tensor:
        """Whether each element of `self` has no imaginary part. Any dtype; gives bool."""
    def istft(self: Tensor, n_fft: Int, hop_length: Int | None = None, win_length: Int | None = None, window: Tensor | None = None, center: Bool = True, normalized: Bool = False, onesided: Bool | None = None, length: Int | None = None, return_complex: Bool = False) -> Tensor:
        """The signal of which `stft` made the coefficients: frames are added up and divided by the windows' squares.

        Parameters
        ----------
        self : Tensor
            Complex, of sizes (batch, coefficients, frames) or (coefficients, frames).
        n_fft, hop_length, win_length, window, center, normalized, onesided
            As given to `stft`; `onesided` follows from the number of coefficients by default.
        length : int, optional
            Of the result: cut or filled with zeros.
        return_complex : bool
            For complex signals.

        Returns
        -------
        Tensor
            Of sizes (batch, length) or (length,).

        Raises
        ------
        RuntimeError
            If lengths do not fit, or the windows' squares add up to zero somewhere.
        NotImplementedError
            On the CPU, if NumPy 2 is not installed.
        """
    def kron(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The Kronecker product: blocks of `other`, each times an element of `self`.

        The operand of fewer dimensions gets leading ones; the sizes of the result are the products of sizes. Promoted as `mul`.
        """
    def kthvalue(self: Tensor, k: Int, dim: Int = -1, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """The `k` th smallest elements of `self` along one dimension, and where they are.

        Parameters
        ----------
        self : Tensor
            Any dtype but bool, float8 and complex. NaN counts as the largest number.
        k : int
            From 1, for the smallest element, to the size of the dimension.
        dim : int
        keepdim : bool
            Keep the dimension with size one.

        Returns
        -------
        values : Tensor
        indices : Tensor
            int64; the place that a stable sort would put there.

        Raises
        ------
        IndexError
            If the dimension is out of range or has no elements.
        RuntimeError
            If `k` is out of range.
        """
    def lcm(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The least common multiple of `self` and `other`, element by element: as `gcd` in everything else.

        Returns
        -------
        Tensor
            0 where either is. What the dtype does not hold wraps.
        """
    def lcm_(self: Tensor, other: Tensor) -> Tensor:
        """The least common multiple of `self` and `other`, element by element: as `gcd` in everything else.

        Returns
        -------
        Tensor
            0 where either is. What the dtype does not hold wraps.
        """
    def ldexp(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """``self * 2 ** other``, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8.
        other : Tensor
            The exponents, broadcastable with `self`. Whole ones scale exactly, rounding where the result is subnormal.

        Returns
        -------
        Tensor
            Of the broadcast shape; integers and bool give the default dtype. It overflows only where the result does.
        """
    def ldexp_(self: Tensor, other: Tensor) -> Tensor:
        """``self * 2 ** other``, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8.
        other : Tensor
            The exponents, broadcastable with `self`. Whole ones scale exactly, rounding where the result is subnormal.

        Returns
        -------
        Tensor
            Of the broadcast shape; integers and bool give the default dtype. It overflows only where the result does.
        """
    def le(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def le_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def lerp(self: Tensor, end: Tensor, weight: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Linear interpolation: ``self + weight * (end - self)``, element by element.

        Parameters
        ----------
        self : Tensor
            Any shape; floating but float8, or complex.
        end : Tensor
            Of the same dtype, broadcastable with `self`.
        weight : Tensor or Scalar
            Of the same dtype unless it is one number.

        Returns
        -------
        Tensor
            Exactly `end` where the weight is 1.

        Raises
        ------
        RuntimeError
            If the dtypes differ.
        """
    def lerp_(self: Tensor, end: Tensor, weight: Tensor | Number) -> Tensor:
        """Linear interpolation: ``self + weight * (end - self)``, element by element.

        Parameters
        ----------
        self : Tensor
            Any shape; floating but float8, or complex.
        end : Tensor
            Of the same dtype, broadcastable with `self`.
        weight : Tensor or Scalar
            Of the same dtype unless it is one number.

        Returns
        -------
        Tensor
            Exactly `end` where the weight is 1.

        Raises
        ------
        RuntimeError
            If the dtypes differ.
        """
    def less(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Another name of `lt`."""
    def less_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Another name of `lt`."""
    def less_equal(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Another name of `le`."""
    def less_equal_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Another name of `le`."""
    def lgamma(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The logarithm of the magnitude of the gamma function of each element of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype.

        Returns
        -------
        Tensor
            Infinite at 0 and negative integers. Within 5 ulp from 0 on; below, within as many of the larger of the two terms of the
            reflection ``log(pi / abs(sin(pi * x))) - lgamma(1 - x)``.
        """
    def lgamma_(self: Tensor) -> Tensor:
        """The logarithm of the magnitude of the gamma function of each element of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype.

        Returns
        -------
        Tensor
            Infinite at 0 and negative integers. Within 5 ulp from 0 on; below, within as many of the larger of the two terms of the
            reflection ``log(pi / abs(sin(pi * x))) - lgamma(1 - x)``.
        """
    def log(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`."""
    def log10(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The logarithm to base 10 of each element of `self`, exact at powers of 10. Dtypes and accuracy as for `exp`."""
    def log10_(self: Tensor) -> Tensor:
        """The logarithm to base 10 of each element of `self`, exact at powers of 10. Dtypes and accuracy as for `exp`."""
    def log1p(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """log(1 + x) for each element x of `self`, accurate near 0 too. Dtypes as for `exp`."""
    def log1p_(self: Tensor) -> Tensor:
        """log(1 + x) for each element x of `self`, accurate near 0 too. Dtypes as for `exp`."""
    def log2(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The logarithm to base 2 of each element of `self`. Dtypes and accuracy as for `exp`."""
    def log2_(self: Tensor) -> Tensor:
        """The logarithm to base 2 of each element of `self`. Dtypes and accuracy as for `exp`."""
    def log_(self: Tensor) -> Tensor:
        """The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`."""
    def log_normal_(self: Tensor, mean: Float = 1, std: Float = 2, *, generator: Generator | None = None) -> Tensor:
        """Fills `self` with numbers whose logarithms are normal, of mean `mean` and standard deviation `std`.

        Parameters
        ----------
        self : Tensor
            float16, bfloat16, float32 or float64, of any strides.
        mean : float
            1 by default.
        std : float
            2 by default; greater than 0.
        generator : Generator, optional
            The default one of the device of `self` when absent.

        Raises
        ------
        RuntimeError
            If `std` is not positive.
        NotImplementedError
            For other dtypes.
        """
    def log_softmax(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
        """The logarithm of `softmax`, computed as ``x - max - log(sum(exp(x - max)))``.

        Parameters
        ----------
        self : Tensor
            float16, bfloat16, float32 or float64; any dtype when `dtype` is one of these.
        dim : int
            The dimension along which probabilities sum to 1.
        dtype : dtype, optional
            What `self` is cast to first.

        Returns
        -------
        Tensor
            Of the sizes of `self`, contiguous.

        Raises
        ------
        IndexError
            If `dim` is out of range.
        """
    def logaddexp(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """``log(exp(self) + exp(other))``, element by element, without overflow of the exponentials.

        Parameters
        ----------
        self : Tensor
            Any shape; floats but float8.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.
        """
    def logaddexp2(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """``log2(2 ** self + 2 ** other)``: `logaddexp` to base 2."""
    def logcumsumexp(self: Tensor, dim: Int, *, out: Tensor | None = None) -> Tensor:
        """The logarithms of the running sums of exponentials: ``log(cumsum(exp(self), dim))``.

        Parameters
        ----------
        self : Tensor
            A floating or complex dtype but float8.
        dim : int

        Returns
        -------
        Tensor
            Row-major; no exponential overflows on the way.

        Raises
        ------
        IndexError
            If the dimension is out of range.
        """
    def logdet(self: Tensor) -> Tensor:
        """The logarithms of determinants: NaN where one is negative, -inf where it is zero."""
    def logical_and(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool.
        """
    def logical_and_(self: Tensor, other: Tensor) -> Tensor:
        """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool.
        """
    def logical_not(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Whether each element of `self` is zero. Any dtype; gives bool, or writes 0 and 1."""
    def logical_not_(self: Tensor) -> Tensor:
        """Whether each element of `self` is zero. Any dtype; gives bool, or writes 0 and 1."""
    def logical_or(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool.
        """
    def logical_or_(self: Tensor, other: Tensor) -> Tensor:
        """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool.
        """
    def logical_xor(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool.
        """
    def logical_xor_(self: Tensor, other: Tensor) -> Tensor:
        """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool.
        """
    def logit(self: Tensor, eps: Float | None = None, *, out: Tensor | None = None) -> Tensor:
        """``log(x / (1 - x))`` of each element x of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype.
        eps : float, optional
            Elements are clamped to [eps, 1 - eps] first. By default they are not, and those outside [0, 1] give NaN.

        Returns
        -------
        Tensor
            Within 4 ulp.
        """
    def logit_(self: Tensor, eps: Float | None = None) -> Tensor:
        """``log(x / (1 - x))`` of each element x of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype.
        eps : float, optional
            Elements are clamped to [eps, 1 - eps] first. By default they are not, and those outside [0, 1] give NaN.

        Returns
        -------
        Tensor
            Within 4 ulp.
        """
    def logsumexp(self: Tensor, dim: Ints, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
        """``log(sum(exp(self)))`` over some dimensions, safe from overflow.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex; integers are computed in the default dtype.
        dim : int or sequence of int
            All dimensions when empty.
        keepdim : bool
            Keep the reduced dimensions with size one.

        Returns
        -------
        Tensor
            -inf where there are no elements, or none above -inf.
        """
    def lt(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def lt_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def lu_solve(self: Tensor, LU_data: Tensor, LU_pivots: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Solves A X = self for matrices A whose factors are given: see `linalg_lu_solve`."""
    def masked_fill(self: Tensor, mask: Tensor, value: Tensor | Number) -> Tensor:
        """`self` with `value` where `mask` holds.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype, which is also the result's.
        mask : Tensor
            Broadcastable with `self`; bool.
        value : Tensor or Scalar
            One number, or a 0-dim tensor; cast to the dtype of `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape.

        Raises
        ------
        RuntimeError
            If `mask` is not boolean, `value` has dimensions, or the dtype cannot hold it.
        """
    def masked_fill_(self: Tensor, mask: Tensor, value: Tensor | Number) -> Tensor:
        """`self` with `value` where `mask` holds.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype, which is also the result's.
        mask : Tensor
            Broadcastable with `self`; bool.
        value : Tensor or Scalar
            One number, or a 0-dim tensor; cast to the dtype of `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape.

        Raises
        ------
        RuntimeError
            If `mask` is not boolean, `value` has dimensions, or the dtype cannot hold it.
        """
    def masked_scatter(self: Tensor, mask: Tensor, source: Tensor) -> Tensor:
        """A copy of `self` in which the elements where `mask` is true become those of `source`, in order.

        Parameters
        ----------
        self : Tensor
        mask : Tensor
            bool; broadcast with `self`.
        source : Tensor
            Of the dtype of `self`, with at least as many elements as the mask has true ones.

        Raises
        ------
        RuntimeError
            If there are too few elements, or a dtype or the sizes do not fit; nothing is written then.

        Notes
        -----
        Waits for the device, since what is written depends on the mask.
        """
    def masked_scatter_(self: Tensor, mask: Tensor, source: Tensor) -> Tensor:
        """A copy of `self` in which the elements where `mask` is true become those of `source`, in order.

        Parameters
        ----------
        self : Tensor
        mask : Tensor
            bool; broadcast with `self`.
        source : Tensor
            Of the dtype of `self`, with at least as many elements as the mask has true ones.

        Raises
        ------
        RuntimeError
            If there are too few elements, or a dtype or the sizes do not fit; nothing is written then.

        Notes
        -----
        Waits for the device, since what is written depends on the mask.
        """
    def masked_select(self: Tensor, mask: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The elements of `self` where `mask` is true, in row-major order, as one dimension.

        Parameters
        ----------
        self : Tensor
        mask : Tensor
            bool; broadcast with `self`.

        Raises
        ------
        ShapeError
            If the sizes cannot be broadcast.

        Notes
        -----
        On CUDA the call waits for the device, since the size of the result depends on the elements; it cannot be captured.
        """
    def matmul(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Multiplies matrices: the last two dimensions of both operands, broadcasting those before.

        Parameters
        ----------
        self : Tensor
            Of sizes (..., m, k), or a row (k,). Any dtype but bool and float8; integers wrap.
        other : Tensor
            Of sizes (..., k, n), or a column (k,), and of the same dtype.

        Returns
        -------
        Tensor
            Of sizes (..., m, n), without the dimension that a one-dimensional operand lacks, and of the same dtype. Half types are
            summed in float32 and rounded once. Operands of any strides are read in place: no transposed or repeated matrix is copied.

        Raises
        ------
        ShapeError
            If the inner sizes differ, or the other dimensions cannot be broadcast.
        RuntimeError
            If the dtypes differ, or `out` shares elements with a factor.

        Notes
        -----
        Unlike PyTorch, uint16, uint32 and uint64 are supported.
        """
    def matrix_exp(self: Tensor) -> Tensor:
        """The exponentials of matrices (..., n, n), floating or complex. Half types are computed in float32.

        Reads the norms of the matrices on the host, which waits for a device.
        """
    def matrix_power(self: Tensor, n: Int, *, out: Tensor | None = None) -> Tensor:
        """Powers of matrices (..., n, n) with an integer exponent; of the inverses where it is negative.

        Raises
        ------
        LinAlgError
            If the exponent is negative and a matrix is singular.
        """
    @overload
    def max(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The largest element of `self`.

        Returns
        -------
        Tensor
            0-dim; NaN when some element is NaN. The gradient is spread evenly over equal largest elements.

        Raises
        ------
        RuntimeError
            If there are no elements.
        """
    @overload
    def max(self: Tensor, other: Tensor) -> Tensor: ...
    @overload
    def max(self: Tensor, dim: Int, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
    def maximum(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The larger of `self` and `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8 and the complex ones.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype; NaN where either element is. Where both are equal, each gets half of the
            gradient.
        """
    def maximum_(self: Tensor, other: Tensor) -> Tensor:
        """The larger of `self` and `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8 and the complex ones.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype; NaN where either element is. Where both are equal, each gets half of the
            gradient.
        """
    @overload
    def mean(self: Tensor, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
        """The arithmetic mean of `self`, over all or some dimensions.

        Parameters
        ----------
        self : Tensor
            Floating point or complex, unless `dtype` is given.
        dim : int or sequence of int, optional
            The dimensions to average over; all when absent or empty.
        keepdim : bool
            Keep the reduced dimensions with size one.
        dtype : dtype, optional
            Floating point or complex; elements are cast to it first.

        Returns
        -------
        Tensor
            NaN where there are no elements. Summed as `sum` does, divided in float64, rounded once.

        Raises
        ------
        NotImplementedError
            For integers and bool without `dtype`.
        """
    @overload
    def mean(self: Tensor, dim: Ints | None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor: ...
    @overload
    def median(self: Tensor) -> Tensor:
        """The median of all elements of `self`: the lower one of two in the middle.

        Parameters
        ----------
        self : Tensor
            Any dtype but bool, float8 and complex.

        Returns
        -------
        Tensor
            Without dimensions; NaN where there is one, or where there are no elements.

        Raises
        ------
        RuntimeError
            If there are no elements and the dtype has no NaN.
        """
    @overload
    def median(self: Tensor, dim: Int, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
    @overload
    def min(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The smallest element of `self`; see `max`."""
    @overload
    def min(self: Tensor, other: Tensor) -> Tensor: ...
    @overload
    def min(self: Tensor, dim: Int, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
    def minimum(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The smaller of `self` and `other`, element by element: as `maximum` in everything else."""
    def minimum_(self: Tensor, other: Tensor) -> Tensor:
        """The smaller of `self` and `other`, element by element: as `maximum` in everything else."""
    def mm(self: Tensor, mat2: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Multiplies two matrices: `matmul` of sizes (m, k) and (k, n) alone, without broadcasting."""
    def mode(self: Tensor, dim: Int = -1, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """The most frequent elements of `self` along one dimension, the smallest of several, and where they are.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex.
        dim : int
        keepdim : bool
            Keep the dimension with size one.

        Returns
        -------
        values : Tensor
        indices : Tensor
            int64; the last place of each.

        Raises
        ------
        IndexError
            If the dimension is out of range or has no elements.
        """
    def moveaxis(self: Tensor, source: Ints, destination: Ints) -> Tensor:
        """Another name of `movedim`."""
    def movedim(self: Tensor, source: Ints, destination: Ints) -> Tensor:
        """A view in which the dimensions `source` stand at `destination`; the others keep their order."""
    def msort(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The elements of `self` in order along the first dimension."""
    def mul(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Multiplies `self` by `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype. Boolean tensors multiply as logical and.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.

        Notes
        -----
        Unlike PyTorch, uint16, uint32 and uint64 are supported.
        """
    def mul_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Multiplies `self` by `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype. Boolean tensors multiply as logical and.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.

        Notes
        -----
        Unlike PyTorch, uint16, uint32 and uint64 are supported.
        """
    def multinomial(self: Tensor, num_samples: Int, replacement: Bool = False, *, generator: Generator | None = None) -> Tensor:
        """Samples categories by their probabilities, row by row.

        Parameters
        ----------
        self : Tensor
            float16, bfloat16, float32 or float64, of sizes (categories,) or (rows, categories); at most 2^24 categories. A row need
            not add up to 1.
        num_samples : int
        replacement : bool
            Whether a category may come again; else there are at most as many samples as categories.
        generator : Generator, optional
            The default one of the device of `self` when absent.

        Returns
        -------
        Tensor
            int64, of sizes (num_samples,) or (rows, num_samples).

        Raises
        ------
        RuntimeError
            If the sizes or `num_samples` are not as above; on the CPU also if a probability is negative or not finite, or a row is
            all zeros. On CUDA devices, where nothing waits for elements, samples of such a row have no meaning, but are categories.
        NotImplementedError
            For other dtypes.
        """
    def multiply(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Another name of `mul`."""
    def multiply_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Another name of `mul`."""
    def mv(self: Tensor, vec: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Multiplies a matrix of sizes (m, k) by a vector (k,): `matmul` without broadcasting."""
    def mvlgamma(self: Tensor, p: Int, *, out: Tensor | None = None) -> Tensor:
        """The logarithm of the gamma function of `p` dimensions of each element of `self`.

        That is ``p * (p - 1) / 4 * log(pi) + sum(lgamma(self - j / 2) for j in range(p))``.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but bool and float8. Integers give the default dtype.
        p : int
            At least 1.

        Raises
        ------
        RuntimeError
            If `p` is less than 1.
        """
    def mvlgamma_(self: Tensor, p: Int) -> Tensor:
        """The logarithm of the gamma function of `p` dimensions of each element of `self`.

        That is ``p * (p - 1) / 4 * log(pi) + sum(lgamma(self - j / 2) for j in range(p))``.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but bool and float8. Integers give the default dtype.
        p : int
            At least 1.

        Raises
        ------
        RuntimeError
            If `p` is less than 1.
        """
    def nan_to_num(self: Tensor, nan: Float | None = None, posinf: Float | None = None, neginf: Float | None = None, *, out: Tensor | None = None) -> Tensor:
        """`self` with NaN and infinities replaced by numbers.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8. Of complex numbers each part is looked at.
        nan : float, optional
            What stands for NaN; 0 by default.
        posinf, neginf : float, optional
            What stands for infinity and minus infinity; by default the greatest and the least finite number of the dtype.

        Returns
        -------
        Tensor
            Of the dtype of `self`. The gradient passes where `self` is finite.
        """
    def nan_to_num_(self: Tensor, nan: Float | None = None, posinf: Float | None = None, neginf: Float | None = None) -> Tensor:
        """`self` with NaN and infinities replaced by numbers.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8. Of complex numbers each part is looked at.
        nan : float, optional
            What stands for NaN; 0 by default.
        posinf, neginf : float, optional
            What stands for infinity and minus infinity; by default the greatest and the least finite number of the dtype.

        Returns
        -------
        Tensor
            Of the dtype of `self`. The gradient passes where `self` is finite.
        """
    def nanmean(self: Tensor, dim: Ints | None = None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
        """The mean of the elements of `self` that are not NaN, over all or some dimensions.

        Parameters
        ----------
        self : Tensor
            A floating dtype but float8.
        dim : int or sequence of int, optional
            The dimensions to average over; all when absent or empty.
        keepdim : bool
            Keep the reduced dimensions with size one.
        dtype : dtype, optional
            Elements are cast to it first.

        Returns
        -------
        Tensor
            NaN where every element is.
        """
    @overload
    def nanmedian(self: Tensor) -> Tensor:
        """The median of the elements of `self` that are no NaN; NaN if all are. Otherwise as `median`."""
    @overload
    def nanmedian(self: Tensor, dim: Int, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
    @overload
    def nanquantile(self: Tensor, q: Tensor, dim: Int | None = None, keepdim: Bool = False, *, interpolation: Str = 'linear', out: Tensor | None = None) -> Tensor:
        """The quantiles of the elements of `self` that are no NaN; NaN where all are. Otherwise as `quantile`."""
    @overload
    def nanquantile(self: Tensor, q: Float, dim: Int | None = None, keepdim: Bool = False, *, interpolation: Str = 'linear', out: Tensor | None = None) -> Tensor: ...
    def nansum(self: Tensor, dim: Ints | None = None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
        """The sum of the elements of `self` that are not NaN, over all or some dimensions.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex.
        dim : int or sequence of int, optional
            The dimensions to sum over; all when absent or empty.
        keepdim : bool
            Keep the summed dimensions with size one.
        dtype : dtype, optional
            As in `sum`.

        Returns
        -------
        Tensor
            Zero where every element is NaN.
        """
    def narrow(self: Tensor, dim: Int, start: Int, length: Int) -> Tensor:
        """A view of `length` indices of a dimension from `start` on, which may count from the end.

        Raises
        ------
        IndexError
            If `start` is out of range.
        RuntimeError
            If `length` is negative or leaves the dimension.
        """
    def ne(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def ne_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Compares `self` with `other`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
        other : Tensor or Scalar
            Broadcastable with `self`. A number is rounded to the common dtype.

        Returns
        -------
        Tensor
            Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

        Notes
        -----
        Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
        """
    def neg(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The elements of `self` with their sign turned; unsigned integers wrap.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but bool and float8.

        Raises
        ------
        NotImplementedError
            If `self` is bool: use `logical_not`.

        Notes
        -----
        Unlike PyTorch, uint16, uint32 and uint64 are supported.
        """
    def neg_(self: Tensor) -> Tensor:
        """The elements of `self` with their sign turned; unsigned integers wrap.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but bool and float8.

        Raises
        ------
        NotImplementedError
            If `self` is bool: use `logical_not`.

        Notes
        -----
        Unlike PyTorch, uint16, uint32 and uint64 are supported.
        """
    def negative(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Another name of `neg`."""
    def negative_(self: Tensor) -> Tensor:
        """Another name of `neg`."""
    @overload
    def new_empty(self: Tensor, size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
        """As the function of this name without `new_`; dtype and device are those of `self` unless given."""
    @overload
    def new_empty(self: Tensor, *size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
    def new_empty_strided(self: Tensor, size: Ints, stride: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
        """As the function of this name without `new_`; dtype and device are those of `self` unless given."""
    def new_full(self: Tensor, size: Ints, fill_value: Number, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
        """As the function of this name without `new_`; dtype and device are those of `self` unless given."""
    @overload
    def new_ones(self: Tensor, size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
        """As the function of this name without `new_`; dtype and device are those of `self` unless given."""
    @overload
    def new_ones(self: Tensor, *size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
    @overload
    def new_zeros(self: Tensor, size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
        """As the function of this name without `new_`; dtype and device are those of `self` unless given."""
    @overload
    def new_zeros(self: Tensor, *size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
    def nextafter(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The number next to `self` in the direction of `other`, in their common dtype; `other` where both are equal.

        Parameters
        ----------
        self : Tensor
            Any shape; floats but float8.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype; NaN where either is.
        """
    def nextafter_(self: Tensor, other: Tensor) -> Tensor:
        """The number next to `self` in the direction of `other`, in their common dtype; `other` where both are equal.

        Parameters
        ----------
        self : Tensor
            Any shape; floats but float8.
        other : Tensor
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype; NaN where either is.
        """
    @overload
    def nonzero(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The indices of all elements that are not zero, in row-major order.

        Parameters
        ----------
        self : Tensor

        Returns
        -------
        Tensor
            int64, one row per element and one column per dimension.

        Notes
        -----
        On CUDA the call waits for the device, since the size of the result depends on the elements; it cannot be captured.
        """
    @overload
    def nonzero(self: Tensor, *, as_tuple: Bool) -> Tensor | Sequence[Tensor]: ...
    def nonzero_static(self: Tensor, *, size: Int, fill_value: Int = -1, out: Tensor | None = None) -> Tensor:
        """The indices of the first `size` elements that are not zero, with rows of `fill_value` behind them.

        Raises
        ------
        RuntimeError
            If `size` is negative.
        """
    def norm(self: Tensor, p: Number = 2, dim: Ints | None = None, keepdim: Bool = False, *, dtype: DtypeLike | None = None) -> Tensor:
        """The vector norm of `self`: `linalg_vector_norm` with `p` for its order."""
    def normal_(self: Tensor, mean: Float = 0, std: Float = 1, *, generator: Generator | None = None) -> Tensor:
        """Fills `self` with numbers of the normal distribution of mean `mean` and standard deviation `std`.

        Box and Muller's method on the numbers that `uniform_` describes, the same bits on every device.

        Parameters
        ----------
        self : Tensor
            float16, bfloat16, float32 or float64, of any strides.
        mean : float
        std : float
            Not negative.
        generator : Generator, optional
            The default one of the device of `self` when absent.

        Raises
        ------
        RuntimeError
            If `std` is negative.
        NotImplementedError
            For other dtypes.
        """
    def not_equal(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """Another name of `ne`."""
    def not_equal_(self: Tensor, other: Tensor | Number) -> Tensor:
        """Another name of `ne`."""
    def orgqr(self: Tensor, input2: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The first columns of the product of reflectors, as `geqrf` returns them.

        Parameters
        ----------
        self : Tensor
            Of sizes (..., m, n) with m >= n; column i holds below the diagonal the vector of reflector i.
        tau : Tensor
            Of sizes (..., k) with k <= n: their scales.

        Returns
        -------
        Tensor
            Of sizes (..., m, n).
        """
    def ormqr(self: Tensor, input2: Tensor, input3: Tensor, left: Bool = True, transpose: Bool = False, *, out: Tensor | None = None) -> Tensor:
        """The product of a matrix with the product Q of reflectors, as `geqrf` returns them, without making Q.

        Parameters
        ----------
        self, input2 : Tensor
            The reflectors (..., m, k) and their scales (..., k).
        input3 : Tensor
            Of sizes (..., m, n), or (..., n, m) where Q stands at the right.
        left : bool
            Whether Q stands at the left.
        transpose : bool
            Multiply by Q.mH in place of Q.
        """
    def outer(self: Tensor, vec2: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The outer product of two vectors: `result[i, j] = self[i] * vec2[j]`, promoted as `mul`."""
    @overload
    def permute(self: Tensor, dims: Ints) -> Tensor:
        """A view with the dimensions in the order of `dims`."""
    @overload
    def permute(self: Tensor, *dims: Int) -> Tensor: ...
    def pinverse(self: Tensor, rcond: Float = 1e-15) -> Tensor:
        """The pseudo-inverses of matrices, with singular values larger than `rcond` times the largest."""
    def polygamma(self: Tensor, n: Int, *, out: Tensor | None = None) -> Tensor:
        """The derivative of order `n` of `digamma` at each element of `self`.

        Parameters
        ----------
        n : int
            0 for `digamma` itself.
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype; all but float64 is computed
            in float64 and rounded.

        Returns
        -------
        Tensor
            Infinite at 0 and negative integers.

        Raises
        ------
        RuntimeError
            If `n` is negative.
        """
    def polygamma_(self: Tensor, n: Int) -> Tensor:
        """The derivative of order `n` of `digamma` at each element of `self`.

        Parameters
        ----------
        n : int
            0 for `digamma` itself.
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype; all but float64 is computed
            in float64 and rounded.

        Returns
        -------
        Tensor
            Infinite at 0 and negative integers.

        Raises
        ------
        RuntimeError
            If `n` is negative.
        """
    def positive(self: Tensor) -> Tensor:
        """`self`, as ``+x`` gives it. Any dtype but bool."""
    def pow(self: Tensor, exponent: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """`self` to the power of `exponent`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; integers, which wrap, floats but float8, and complex dtypes.
        exponent : Tensor or Scalar
            Broadcastable with `self`. The numbers 1, 2, 3, -1, -2, 0.5 and -0.5 are products, quotients and square roots.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.

        Raises
        ------
        RuntimeError
            If integers are to be raised to a negative integer, or a number as exponent does not fit the dtype.

        Notes
        -----
        In a tensor of exponents a negative integer gives what the reciprocal truncates to: 0, but for 1 and -1.
        """
    def pow_(self: Tensor, exponent: Tensor | Number) -> Tensor:
        """`self` to the power of `exponent`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; integers, which wrap, floats but float8, and complex dtypes.
        exponent : Tensor or Scalar
            Broadcastable with `self`. The numbers 1, 2, 3, -1, -2, 0.5 and -0.5 are products, quotients and square roots.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.

        Raises
        ------
        RuntimeError
            If integers are to be raised to a negative integer, or a number as exponent does not fit the dtype.

        Notes
        -----
        In a tensor of exponents a negative integer gives what the reciprocal truncates to: 0, but for 1 and -1.
        """
    def prelu(self: Tensor, weight: Tensor) -> Tensor:
        """x for each element x of `self` above 0, else x times a weight that is learned: one for all, or one per channel.

        Parameters
        ----------
        self : Tensor
            Any shape; floating dtypes but float8. Channels lie along dimension 1.
        weight : Tensor
            Of the same dtype, with at most one dimension and one element, or one per channel.

        Raises
        ------
        RuntimeError
            If the dtypes differ, or the weight has another shape.

        Notes
        -----
        Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.
        """
    @overload
    def prod(self: Tensor, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
        """The product of the elements of `self`, over all or along one dimension.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex.
        dim : int
        keepdim : bool
            Keep the reduced dimension with size one.
        dtype : dtype, optional
            Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

        Returns
        -------
        Tensor
            1 where there are no elements. Floating dtypes are multiplied in float64 and rounded once.

        Notes
        -----
        The first derivative holds with zeros among the elements; the second takes the zeros as constant.
        """
    @overload
    def prod(self: Tensor, dim: Int, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor: ...
    def put(self: Tensor, index: Tensor, source: Tensor, accumulate: Bool = False) -> Tensor:
        """A copy of `self`, taken as one dimension, with elements replaced at indices.

        Parameters
        ----------
        self : Tensor
        index : Tensor
            int64 or int32 of any sizes; negative indices count from the end.
        source : Tensor
            Of the dtype of `self`, with as many elements as `index`.
        accumulate : bool
            Add to the elements instead of replacing them. Otherwise, of several values for one element, the last stays.

        Raises
        ------
        IndexError
            If an index is out of range, and nothing is written then; or if the numbers of elements differ.
        RuntimeError
            If the dtypes differ.
        """
    def put_(self: Tensor, index: Tensor, source: Tensor, accumulate: Bool = False) -> Tensor:
        """A copy of `self`, taken as one dimension, with elements replaced at indices.

        Parameters
        ----------
        self : Tensor
        index : Tensor
            int64 or int32 of any sizes; negative indices count from the end.
        source : Tensor
            Of the dtype of `self`, with as many elements as `index`.
        accumulate : bool
            Add to the elements instead of replacing them. Otherwise, of several values for one element, the last stays.

        Raises
        ------
        IndexError
            If an index is out of range, and nothing is written then; or if the numbers of elements differ.
        RuntimeError
            If the dtypes differ.
        """
    def qr(self: Tensor, some: Bool = True, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """The factors of `linalg_qr`, reduced where `some`, otherwise complete."""
    @overload
    def quantile(self: Tensor, q: Tensor, dim: Int | None = None, keepdim: Bool = False, *, interpolation: Str = 'linear', out: Tensor | None = None) -> Tensor:
        """The quantiles of `self`, of all elements or along one dimension.

        Parameters
        ----------
        self : Tensor
            float32 or float64.
        q : float or Tensor
            In [0, 1]; a tensor has the dtype of `self` and at most one dimension. On CUDA its range is not checked.
        dim : int, optional
            All elements when absent.
        keepdim : bool
            Keep the reduced dimensions with size one.
        interpolation : str
            Of two neighbours: "linear", "lower", "higher", "midpoint" or "nearest".

        Returns
        -------
        Tensor
            The dimension of `q`, if it has one, comes first. NaN where there is one.

        Raises
        ------
        RuntimeError
            If `self` is empty, or `q` is out of range or of another dtype.
        IndexError
            If the dimension is out of range.
        """
    @overload
    def quantile(self: Tensor, q: Float, dim: Int | None = None, keepdim: Bool = False, *, interpolation: Str = 'linear', out: Tensor | None = None) -> Tensor: ...
    def rad2deg(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Radians as degrees. Any real dtype but float8; integers and bool give the default dtype."""
    def rad2deg_(self: Tensor) -> Tensor:
        """Radians as degrees. Any real dtype but float8; integers and bool give the default dtype."""
    @overload
    def random_(self: Tensor, *, generator: Generator | None = None) -> Tensor:
        """Fills `self` with integers drawn evenly from [from, to).

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex, of any strides.
        from : int
            0 by default.
        to : int, optional
            By default one beyond the largest integer of the dtype; of a floating dtype, the largest up to which it has them all.
        generator : Generator, optional
            The default one of the device of `self` when absent.

        Raises
        ------
        RuntimeError
            If `from` is not less than `to`, or a bound is outside the dtype.
        NotImplementedError
            For float8 and complex dtypes.

        Notes
        -----
        The integer is the high half of the product of a 64-bit random number and the number of integers (Lemire, ACM TOMACS 2019),
        so none is more likely than another by more than one part in 2^64 / (to - from).
        """
    @overload
    def random_(self: Tensor, to: Int, *, generator: Generator | None = None) -> Tensor: ...
    @overload
    def random_(self: Tensor, from_: Int, to: Int | None, *, generator: Generator | None = None) -> Tensor: ...
    def ravel(self: Tensor) -> Tensor:
        """The elements as one dimension: a view of a contiguous tensor, else a copy."""
    def reciprocal(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """1 / x for each element x of `self`. Dtypes as for `exp`."""
    def reciprocal_(self: Tensor) -> Tensor:
        """1 / x for each element x of `self`. Dtypes as for `exp`."""
    def relu(self: Tensor) -> Tensor:
        """max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8."""
    def relu_(self: Tensor) -> Tensor:
        """max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8."""
    def remainder(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``.

        Parameters
        ----------
        self : Tensor
            Any shape; integers and floats but float8.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        RuntimeError
            "ZeroDivisionError" for an integer divided by zero; on CUDA the remainder is the dividend then.
        """
    def remainder_(self: Tensor, other: Tensor | Number) -> Tensor:
        """The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``.

        Parameters
        ----------
        self : Tensor
            Any shape; integers and floats but float8.
        other : Tensor or Scalar
            Broadcastable with `self`.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype.

        Raises
        ------
        RuntimeError
            "ZeroDivisionError" for an integer divided by zero; on CUDA the remainder is the dividend then.
        """
    def renorm(self: Tensor, p: Number, dim: Int, maxnorm: Number, *, out: Tensor | None = None) -> Tensor:
        """Shortens the slices along a dimension whose p-norm exceeds a limit.

        Parameters
        ----------
        self : Tensor
            Of 2 dimensions or more.
        p : number
            The order of the norm, positive.
        dim : int
            Each of whose entries is a slice.
        maxnorm : number
            The limit.

        Raises
        ------
        RuntimeError
            If `p` is not positive, `maxnorm` is negative or `self` has fewer than 2 dimensions.
        """
    def renorm_(self: Tensor, p: Number, dim: Int, maxnorm: Number) -> Tensor:
        """Shortens the slices along a dimension whose p-norm exceeds a limit.

        Parameters
        ----------
        self : Tensor
            Of 2 dimensions or more.
        p : number
            The order of the norm, positive.
        dim : int
            Each of whose entries is a slice.
        maxnorm : number
            The limit.

        Raises
        ------
        RuntimeError
            If `p` is not positive, `maxnorm` is negative or `self` has fewer than 2 dimensions.
        """
    @overload
    def repeat(self: Tensor, repeats: Ints) -> Tensor:
        """A copy that repeats the tensor along each dimension.

        Parameters
        ----------
        repeats : sequence of int
            One number per dimension; more numbers than dimensions add leading dimensions.
        """
    @overload
    def repeat(self: Tensor, *repeats: Int) -> Tensor: ...
    @overload
    def repeat_interleave(self: Tensor, repeats: Int, dim: Int | None = None, *, output_size: Int | None = None) -> Tensor:
        """A copy that repeats each index of a dimension `repeats` times in place.

        Without `dim` the elements are taken as one dimension. `output_size`, where given, has to be the size of the dimension in the
        result.
        """
    @overload
    def repeat_interleave(self: Tensor, repeats: Tensor, dim: Int | None = None, *, output_size: Int | None = None) -> Tensor: ...
    @overload
    def repeat_interleave(self: Tensor, *, output_size: Int | None = None) -> Tensor: ...
    @overload
    def reshape(self: Tensor, shape: Ints) -> Tensor:
        """As `view`, but copies where strides do not allow a view."""
    @overload
    def reshape(self: Tensor, *shape: Int) -> Tensor: ...
    def reshape_as(self: Tensor, other: Tensor) -> Tensor:
        """The elements with the sizes of `other`, as `reshape` gives them."""
    @overload
    def resize_(self: Tensor, size: Ints, *, memory_format: MemoryFormat | None = None) -> Tensor:
        """Gives the tensor other sizes in row-major layout, keeping the elements that fit, in storage order.

        New elements are not initialised. Tensors that share the storage stay where they are if it has to grow.

        Raises
        ------
        RuntimeError
            If a size is negative, the tensor requires grad, or its memory belongs to somebody else and is too small.
        """
    @overload
    def resize_(self: Tensor, *size: Int, memory_format: MemoryFormat | None = None) -> Tensor: ...
    def resize_as_(self: Tensor, the_template: Tensor, *, memory_format: MemoryFormat | None = None) -> Tensor:
        """Gives the tensor other sizes in row-major layout, keeping the elements that fit, in storage order.

        New elements are not initialised. Tensors that share the storage stay where they are if it has to grow.

        Raises
        ------
        RuntimeError
            If a size is negative, the tensor requires grad, or its memory belongs to somebody else and is too small.
        """
    def resolve_conj(self: Tensor) -> Tensor:
        """The tensor itself: it is conjugated and negated when that is asked for, not when it is read."""
    def resolve_neg(self: Tensor) -> Tensor:
        """The tensor itself: it is conjugated and negated when that is asked for, not when it is read."""
    def roll(self: Tensor, shifts: Ints, dims: Ints = ()) -> Tensor:
        """A copy in which elements move by `shifts` along `dims`; what leaves at one end comes in at the other.

        Without `dims` the tensor is rolled as if it had one dimension, and keeps its sizes.
        """
    def rot90(self: Tensor, k: Int = 1, dims: Ints = (0, 1)) -> Tensor:
        """A copy turned `k` times by a quarter in the plane of two dimensions.

        Parameters
        ----------
        self : Tensor
            At least two dimensions.
        k : int
            Turns from the first of the dimensions to the second; negative ones turn back.
        dims : sequence of int
            The two dimensions of the plane.

        Raises
        ------
        RuntimeError
            If there are fewer dimensions, or `dims` are not two different ones.
        """
    @overload
    def round(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied."""
    @overload
    def round(self: Tensor, *, decimals: Int, out: Tensor | None = None) -> Tensor: ...
    @overload
    def round_(self: Tensor) -> Tensor:
        """The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied."""
    @overload
    def round_(self: Tensor, *, decimals: Int) -> Tensor: ...
    def rsqrt(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`."""
    def rsqrt_(self: Tensor) -> Tensor:
        """1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`."""
    @overload
    def scatter(self: Tensor, dim: Int, index: Tensor, src: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`.

        Parameters
        ----------
        self : Tensor
        dim : int
        index : Tensor
            int64 or int32, no larger than `self` in any dimension but `dim`, and no larger than `src`.
        src : Tensor or Scalar
            Of the dtype of `self`.

        Raises
        ------
        IndexError
            If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
        RuntimeError
            If the sizes or dtypes do not fit together.

        Notes
        -----
        Of several values for one element the last one along `dim` stays, on every device.
        """
    @overload
    def scatter(self: Tensor, dim: Int, index: Tensor, value: Number, *, out: Tensor | None = None) -> Tensor: ...
    @overload
    def scatter(self: Tensor, dim: Int, index: Tensor, src: Tensor, *, reduce: Str, out: Tensor | None = None) -> Tensor: ...
    @overload
    def scatter(self: Tensor, dim: Int, index: Tensor, value: Number, *, reduce: Str, out: Tensor | None = None) -> Tensor: ...
    @overload
    def scatter_(self: Tensor, dim: Int, index: Tensor, src: Tensor | Number) -> Tensor:
        """A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`.

        Parameters
        ----------
        self : Tensor
        dim : int
        index : Tensor
            int64 or int32, no larger than `self` in any dimension but `dim`, and no larger than `src`.
        src : Tensor or Scalar
            Of the dtype of `self`.

        Raises
        ------
        IndexError
            If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
        RuntimeError
            If the sizes or dtypes do not fit together.

        Notes
        -----
        Of several values for one element the last one along `dim` stays, on every device.
        """
    @overload
    def scatter_(self: Tensor, dim: Int, index: Tensor, value: Number) -> Tensor: ...
    @overload
    def scatter_(self: Tensor, dim: Int, index: Tensor, src: Tensor, *, reduce: Str) -> Tensor: ...
    @overload
    def scatter_(self: Tensor, dim: Int, index: Tensor, value: Number, *, reduce: Str) -> Tensor: ...
    def scatter_add(self: Tensor, dim: Int, index: Tensor, src: Tensor, *, out: Tensor | None = None) -> Tensor:
        """A copy of `self` with the elements of `src` added at an index each along one dimension.

        Parameters, errors and order are those of `scatter`; `self` may have any dtype but float8.
        """
    def scatter_add_(self: Tensor, dim: Int, index: Tensor, src: Tensor) -> Tensor:
        """A copy of `self` with the elements of `src` added at an index each along one dimension.

        Parameters, errors and order are those of `scatter`; `self` may have any dtype but float8.
        """
    def scatter_reduce(self: Tensor, dim: Int, index: Tensor, src: Tensor, reduce: Str, *, include_self: Bool = True, out: Tensor | None = None) -> Tensor:
        """A copy of `self` with the elements of `src` folded into those at an index each along one dimension.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8; complex has no "amax" and "amin", bool no "mean".
        dim : int
        index : Tensor
            int64 or int32, no larger than `self` in any dimension but `dim`, and no larger than `src`.
        src : Tensor
            Of the dtype of `self`.
        reduce : str
            "sum", "prod", "mean", "amax" or "amin". Means of integers are rounded down.
        include_self : bool
            Whether the elements of `self` are folded too; otherwise those at an index are replaced.

        Raises
        ------
        IndexError
            If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
        RuntimeError
            If the sizes, dtypes or the word do not fit.

        Notes
        -----
        Values are folded in the order of the indices, half types in float32.
        """
    def scatter_reduce_(self: Tensor, dim: Int, index: Tensor, src: Tensor, reduce: Str, *, include_self: Bool = True) -> Tensor:
        """A copy of `self` with the elements of `src` folded into those at an index each along one dimension.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8; complex has no "amax" and "amin", bool no "mean".
        dim : int
        index : Tensor
            int64 or int32, no larger than `self` in any dimension but `dim`, and no larger than `src`.
        src : Tensor
            Of the dtype of `self`.
        reduce : str
            "sum", "prod", "mean", "amax" or "amin". Means of integers are rounded down.
        include_self : bool
            Whether the elements of `self` are folded too; otherwise those at an index are replaced.

        Raises
        ------
        IndexError
            If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
        RuntimeError
            If the sizes, dtypes or the word do not fit.

        Notes
        -----
        Values are folded in the order of the indices, half types in float32.
        """
    def select(self: Tensor, dim: Int, index: Int) -> Tensor:
        """A view of the elements at one index of a dimension, without that dimension.

        Raises
        ------
        IndexError
            If the index is out of range.
        """
    def select_scatter(self: Tensor, src: Tensor, dim: Int, index: Int) -> Tensor:
        """A copy of `self` in which `src` stands where the view of this name without `_scatter` looks.

        Parameters
        ----------
        self : Tensor
        src : Tensor
            Of the sizes of the view; its dtype is converted.

        Raises
        ------
        RuntimeError
            If the sizes of `src` are not those of the view.
        """
    @overload
    def set_(self: Tensor) -> Tensor:
        """Makes the tensor share storage, sizes and strides of another: `source`, a part of its storage, or nothing.

        Parameters
        ----------
        source : Tensor, optional
            Of the same dtype and device. Without it the tensor becomes empty.
        storage_offset : int
            First element, counted from the start of the storage.
        size, stride : sequence of int
            Of the part; row-major by default.

        Raises
        ------
        RuntimeError
            If dtypes or devices differ, the part leaves the storage, or the tensor requires grad.
        """
    @overload
    def set_(self: Tensor, source: Tensor) -> Tensor: ...
    @overload
    def set_(self: Tensor, source: Tensor, storage_offset: Int, size: Ints, stride: Ints = ()) -> Tensor: ...
    def sgn(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The sign of each element of `self` as `sign` has it; of a complex one z / abs(z), 0 for 0. Any dtype but float8."""
    def sgn_(self: Tensor) -> Tensor:
        """The sign of each element of `self` as `sign` has it; of a complex one z / abs(z), 0 for 0. Any dtype but float8."""
    def sigmoid(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """1 / (1 + e^-x) for each element x of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype.

        Returns
        -------
        Tensor
            Within 2.5 ulp, and the same bits on every instruction set and on CUDA devices.
        """
    def sigmoid_(self: Tensor) -> Tensor:
        """1 / (1 + e^-x) for each element x of `self`.

        Parameters
        ----------
        self : Tensor
            Any shape; any real dtype but float8. Integers and bool give the default dtype.

        Returns
        -------
        Tensor
            Within 2.5 ulp, and the same bits on every instruction set and on CUDA devices.
        """
    def sign(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """-1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8."""
    def sign_(self: Tensor) -> Tensor:
        """-1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8."""
    def signbit(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """Whether each element of `self` has its sign bit set, zeros and NaN too. Any real dtype but float8; gives bool."""
    def sin(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The sine of each element of `self`, in radians.

        Dtypes as for `exp`. Within 1 ulp.
        """
    def sin_(self: Tensor) -> Tensor:
        """The sine of each element of `self`, in radians.

        Dtypes as for `exp`. Within 1 ulp.
        """
    def sinc(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """``sin(pi * x) / (pi * x)`` of each element of `self`, 1 at 0.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8. Integers and bool give the default dtype.

        Returns
        -------
        Tensor
            Within 2 ulp where real, so that integers other than 0 give 0; NaN at infinities.
        """
    def sinc_(self: Tensor) -> Tensor:
        """``sin(pi * x) / (pi * x)`` of each element of `self`, 1 at 0.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8. Integers and bool give the default dtype.

        Returns
        -------
        Tensor
            Within 2 ulp where real, so that integers other than 0 give 0; NaN at infinities.
        """
    def sinh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The hyperbolic sine of each element of `self`, within 2 ulp. Dtypes as for `tan`."""
    def sinh_(self: Tensor) -> Tensor:
        """The hyperbolic sine of each element of `self`, within 2 ulp. Dtypes as for `tan`."""
    def slice_scatter(self: Tensor, src: Tensor, dim: Int = 0, start: Int | None = None, end: Int | None = None, step: Int = 1) -> Tensor:
        """A copy of `self` in which `src` stands where the view of this name without `_scatter` looks.

        Parameters
        ----------
        self : Tensor
        src : Tensor
            Of the sizes of the view; its dtype is converted.

        Raises
        ------
        RuntimeError
            If the sizes of `src` are not those of the view.
        """
    def slogdet(self: Tensor, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """The determinants of matrices (..., n, n) as ``sign * exp(logabsdet)``.

        Returns
        -------
        sign : Tensor
            -1, 0 or 1, or of magnitude 1 where complex.
        logabsdet : Tensor
            Real: the logarithm of the magnitude, -inf for a singular matrix.
        """
    def softmax(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
        """The exponentials along a dimension, divided by their sum.

        Parameters
        ----------
        self : Tensor
            float16, bfloat16, float32 or float64; any dtype when `dtype` is one of these.
        dim : int
            The dimension along which elements sum to 1.
        dtype : dtype, optional
            What `self` is cast to first.

        Returns
        -------
        Tensor
            Of the sizes of `self`, contiguous. The greatest element is subtracted first, so that nothing overflows; half types are
            computed in float32. A row of minus infinities gives NaN.

        Raises
        ------
        IndexError
            If `dim` is out of range.
        """
    @overload
    def sort(self: Tensor, dim: Int = -1, descending: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """The elements of `self` in order along one dimension, and where they were.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex.
        dim : int
        descending : bool
            The largest first.

        Returns
        -------
        values : Tensor
            Of the sizes of `self`, row-major. NaN counts as the largest number.
        indices : Tensor
            int64; equal elements keep their order on every device, whether `stable` is asked for or not.

        Raises
        ------
        IndexError
            If the dimension is out of range.

        Notes
        -----
        On the CPU a radix sort of keys that order as the elements do; on CUDA a bitonic network over keys and positions.
        """
    @overload
    def sort(self: Tensor, *, stable: Bool, dim: Int = -1, descending: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
    def split(self: Tensor, split_size: Int | Ints, dim: Int = 0) -> Sequence[Tensor]:
        """Views of consecutive parts of a dimension.

        Parameters
        ----------
        self : Tensor
        split_size : int or sequence of int
            The size of each part, the last of which may be smaller; or the sizes of all parts.
        dim : int
            The dimension to divide; 0 by default.

        Returns
        -------
        tuple of Tensor
            Sharing the elements of `self`.

        Raises
        ------
        RuntimeError
            If the sizes are negative or do not add up, or `self` has no dimensions.
        """
    def split_with_sizes(self: Tensor, split_sizes: Ints, dim: Int = 0) -> Sequence[Tensor]:
        """As `split` with a list of sizes."""
    def sqrt(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`."""
    def sqrt_(self: Tensor) -> Tensor:
        """The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`."""
    def square(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The square of each element of `self`: any dtype but float8. Integers wrap, bool gives int64."""
    def square_(self: Tensor) -> Tensor:
        """The square of each element of `self`: any dtype but float8. Integers wrap, bool gives int64."""
    @overload
    def squeeze(self: Tensor) -> Tensor:
        """A view without the dimensions of size one, or without those of `dim` that have size one."""
    @overload
    def squeeze(self: Tensor, dim: Ints) -> Tensor: ...
    @overload
    def squeeze(self: Tensor, *dim: Int) -> Tensor: ...
    @overload
    def squeeze_(self: Tensor) -> Tensor:
        """The tensor itself with other sizes and strides, as the view of this name without `_` has them."""
    @overload
    def squeeze_(self: Tensor, dim: Ints) -> Tensor: ...
    @overload
    def squeeze_(self: Tensor, *dim: Int) -> Tensor: ...
    @overload
    def std(self: Tensor, dim: Ints | None = None, *, correction: Number | None = 1, keepdim: Bool = False, out: Tensor | None = None) -> Tensor:
        """The standard deviation of the elements of `self`: the square root of `var`."""
    @overload
    def std(self: Tensor, *dim: Int, correction: Number | None = 1, keepdim: Bool = False, out: Tensor | None = None) -> Tensor: ...
    @overload
    def std(self: Tensor, dim: Ints | None, unbiased: Bool = True, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
    @overload
    def std(self: Tensor, unbiased: Bool) -> Tensor: ...
    def stft(self: Tensor, n_fft: Int, hop_length: Int | None = None, win_length: Int | None = None, window: Tensor | None = None, center: Bool = True, pad_mode: Str = 'reflect', normalized: Bool = False, onesided: Bool | None = None, return_complex: Bool | None = None, align_to_window: Bool | None = None) -> Tensor:
        """The Fourier transforms of overlapping frames of a signal.

        Parameters
        ----------
        self : Tensor
            A signal (length,) or several (batch, length), floating or complex.
        n_fft : int
            Length of a frame.
        hop_length : int, optional
            From one frame to the next; n_fft / 4 by default.
        win_length : int, optional
            Length of the window, which is filled with zeros on both sides up to `n_fft`, its default.
        window : Tensor, optional
            Of `win_length` elements, by which frames are multiplied; ones by default.
        center : bool
            Pad the signal by n_fft / 2 on both sides, so that frame t is centered at t hop_length; `pad_mode` as in `pad`.
        normalized : bool
            Divide by the square root of `n_fft`.
        onesided : bool, optional
            Only the first n_fft / 2 + 1 coefficients; by default for real signals.
        return_complex : bool
            A complex result; otherwise a further dimension of real and imaginary parts. Must be given for real signals.
        align_to_window : bool, optional
            Without `center`: let the first frame begin with the window instead of the zeros beside it.

        Returns
        -------
        Tensor
            Of sizes (batch, coefficients, frames).

        Raises
        ------
        RuntimeError
            If lengths do not fit.
        NotImplementedError
            On the CPU, if NumPy 2 is not installed.
        """
    def sub(self: Tensor, other: Tensor | Number, *, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
        """Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but bool and float8. Unsigned dtypes wrap.
        other : Tensor or Scalar
            Broadcastable with `self`.
        alpha : Scalar
            Multiplier of `other`; 1 by default.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.

        Raises
        ------
        NotImplementedError
            If either operand is boolean.
        ShapeError
            If the shapes cannot be broadcast.
        """
    def sub_(self: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
        """Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but bool and float8. Unsigned dtypes wrap.
        other : Tensor or Scalar
            Broadcastable with `self`.
        alpha : Scalar
            Multiplier of `other`; 1 by default.

        Returns
        -------
        Tensor
            Of the broadcast shape and the common dtype. Half types are computed in float32.

        Raises
        ------
        NotImplementedError
            If either operand is boolean.
        ShapeError
            If the shapes cannot be broadcast.
        """
    def subtract(self: Tensor, other: Tensor | Number, *, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
        """Another name of `sub`."""
    def subtract_(self: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
        """Another name of `sub`."""
    @overload
    def sum(self: Tensor, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
        """The sum of the elements of `self`, over all or some dimensions.

        Parameters
        ----------
        self : Tensor
        dim : int or sequence of int, optional
            The dimensions to sum over; all when absent or empty.
        keepdim : bool
            Keep the summed dimensions with size one.
        dtype : dtype, optional
            Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

        Returns
        -------
        Tensor
            Half types and float32 accumulate in float32 blocks that are gathered in float64; the result does not depend on the
            number of threads.

        Raises
        ------
        IndexError
            If a dimension is out of range.
        RuntimeError
            If a dimension is given twice.
        """
    @overload
    def sum(self: Tensor, dim: Ints | None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor: ...
    @overload
    def sum_to_size(self: Tensor, size: Ints) -> Tensor:
        """Sums `self` over the dimensions along which `size` would be broadcast to it.

        The inverse of broadcasting, as gradients need it. Integers keep their dtype.
        """
    @overload
    def sum_to_size(self: Tensor, *size: Int) -> Tensor: ...
    def svd(self: Tensor, some: Bool = True, compute_uv: Bool = True, *, out: tuple[Tensor, Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """The singular values and vectors of matrices: ``A = U @ diag(S) @ V.mH``, reduced where `some`.

        Without `compute_uv` U and V are zeros of (m, m) and (n, n).
        """
    def swapaxes(self: Tensor, axis0: Int, axis1: Int) -> Tensor:
        """Another name of `transpose`."""
    def swapaxes_(self: Tensor, axis0: Int, axis1: Int) -> Tensor:
        """Another name of `transpose_`."""
    def swapdims(self: Tensor, dim0: Int, dim1: Int) -> Tensor:
        """Another name of `transpose`."""
    def swapdims_(self: Tensor, dim0: Int, dim1: Int) -> Tensor:
        """Another name of `transpose_`."""
    def t(self: Tensor) -> Tensor:
        """A matrix transposed; a tensor of fewer dimensions as it is."""
    def t_(self: Tensor) -> Tensor:
        """The tensor itself with other sizes and strides, as the view of this name without `_` has them."""
    def take(self: Tensor, index: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The elements of `self`, taken as one dimension, at indices.

        Parameters
        ----------
        self : Tensor
        index : Tensor
            int64 or int32 of any sizes, which are the result's; negative indices count from the end.

        Raises
        ------
        IndexError
            If an index is out of range. On CUDA that is reported when the device is next waited for.
        """
    def take_along_dim(self: Tensor, indices: Tensor, dim: Int | None = None, *, out: Tensor | None = None) -> Tensor:
        """The elements of `self` at indices along one dimension, with broadcasting in the others.

        Parameters
        ----------
        self : Tensor
        indices : Tensor
            int64 or int32, with as many dimensions as `self`; negative indices count from the end.
        dim : int, optional
            Without it both are taken as one dimension.

        Raises
        ------
        IndexError
            If an index is out of range. On CUDA that is reported when the device is next waited for.
        RuntimeError
            If the numbers of dimensions differ or the sizes cannot be broadcast.
        """
    def tan(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The tangent of each element of `self`, in radians.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8. Integers and bool give the default dtype, half types are computed in
            float32 and rounded once, complex64 is computed in complex128.

        Returns
        -------
        Tensor
            Within 2.5 ulp, and the same bits on every instruction set and on CUDA devices. Special values are
            those of C99, Annex G where complex.
        """
    def tan_(self: Tensor) -> Tensor:
        """The tangent of each element of `self`, in radians.

        Parameters
        ----------
        self : Tensor
            Any shape; any dtype but float8. Integers and bool give the default dtype, half types are computed in
            float32 and rounded once, complex64 is computed in complex128.

        Returns
        -------
        Tensor
            Within 2.5 ulp, and the same bits on every instruction set and on CUDA devices. Special values are
            those of C99, Annex G where complex.
        """
    def tanh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`."""
    def tanh_(self: Tensor) -> Tensor:
        """The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`."""
    @overload
    def tensor_split(self: Tensor, indices_or_sections: Int | Ints, dim: Int = 0) -> list[Tensor]:
        """Views of parts of a dimension, as `numpy.array_split`.

        Parameters
        ----------
        self : Tensor
        indices_or_sections : int, sequence of int, or Tensor
            The number of parts, of which the first are one longer where the size does not divide; or the indices at which to cut, as
            limits of slices. A tensor is int64: 0-dim for a number, 1-dim for indices; reading it waits for its device.
        dim : int

        Raises
        ------
        RuntimeError
            If the number is not positive or `self` has no dimensions.
        """
    @overload
    def tensor_split(self: Tensor, tensor_indices_or_sections: Tensor, dim: Int = 0) -> list[Tensor]: ...
    @overload
    def tile(self: Tensor, dims: Ints) -> Tensor:
        """As `repeat`, with 1 for each leading dimension that `dims` does not name."""
    @overload
    def tile(self: Tensor, *dims: Int) -> Tensor: ...
    @overload
    def to(self: Tensor, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, non_blocking: Bool = False, copy: Bool = False, memory_format: MemoryFormat | None = None) -> Tensor:
        """`self` with another dtype or on another device.

        Parameters
        ----------
        dtype : dtype, optional
        device : device, optional
        non_blocking : bool
            As in `copy_`.
        copy : bool
            Copy even when nothing changes; otherwise the result is then `self` itself.
        memory_format : memory_format, optional
            The layout of the result; that of `self` by default.

        Notes
        -----
        Also ``to(device, dtype=None)``, ``to(dtype)`` and ``to(other)``, which takes both from another tensor.
        """
    @overload
    def to(self: Tensor, device: DeviceLike | None, dtype: DtypeLike | None = None, non_blocking: Bool = False, copy: Bool = False, *, memory_format: MemoryFormat | None = None) -> Tensor: ...
    @overload
    def to(self: Tensor, dtype: DtypeLike, non_blocking: Bool = False, copy: Bool = False, *, memory_format: MemoryFormat | None = None) -> Tensor: ...
    @overload
    def to(self: Tensor, other: Tensor, non_blocking: Bool = False, copy: Bool = False, *, memory_format: MemoryFormat | None = None) -> Tensor: ...
    def topk(self: Tensor, k: Int, dim: Int = -1, largest: Bool = True, sorted: Bool = True, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """The `k` largest or smallest elements of `self` along one dimension, and where they were.

        Parameters
        ----------
        self : Tensor
            Any dtype but float8 and complex.
        k : int
        dim : int
        largest : bool
            The largest, else the smallest.
        sorted : bool
            The results are in order in either case.

        Returns
        -------
        values : Tensor
            Of the sizes of `self` with `k` along `dim`, row-major. NaN counts as the largest number.
        indices : Tensor
            int64; of equal elements the first ones are taken.

        Raises
        ------
        IndexError
            If the dimension is out of range.
        RuntimeError
            If `k` is negative or larger than the dimension.
        """
    def trace(self: Tensor) -> Tensor:
        """The sum of the main diagonal of a matrix; int64 for integers."""
    def transpose(self: Tensor, dim0: Int, dim1: Int) -> Tensor:
        """A view with two dimensions exchanged."""
    def transpose_(self: Tensor, dim0: Int, dim1: Int) -> Tensor:
        """The tensor itself with other sizes and strides, as the view of this name without `_` has them."""
    def triangular_solve(self: Tensor, A: Tensor, upper: Bool = True, transpose: Bool = False, unitriangular: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """Solves A X = B for triangular matrices A, the second argument: see `linalg_solve_triangular`.

        Returns
        -------
        solution : Tensor
        cloned_coefficient : Tensor
            A copy of A.
        """
    def tril(self: Tensor, diagonal: Int = 0, *, out: Tensor | None = None) -> Tensor:
        """The lower triangle of the matrices in `self`: what is above a diagonal becomes zero.

        Parameters
        ----------
        self : Tensor
            At least two dimensions, of which the last two are the matrices'; any dtype but float8.
        diagonal : int
            The last diagonal that stays: 0 the main one, 1 the one above it, -1 the one below it.

        Returns
        -------
        Tensor
            Of the same sizes and dtype, row-major.

        Raises
        ------
        RuntimeError
            If `self` has fewer than two dimensions.
        """
    def tril_(self: Tensor, diagonal: Int = 0) -> Tensor:
        """The lower triangle of the matrices in `self`: what is above a diagonal becomes zero.

        Parameters
        ----------
        self : Tensor
            At least two dimensions, of which the last two are the matrices'; any dtype but float8.
        diagonal : int
            The last diagonal that stays: 0 the main one, 1 the one above it, -1 the one below it.

        Returns
        -------
        Tensor
            Of the same sizes and dtype, row-major.

        Raises
        ------
        RuntimeError
            If `self` has fewer than two dimensions.
        """
    def triu(self: Tensor, diagonal: Int = 0, *, out: Tensor | None = None) -> Tensor:
        """The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else."""
    def triu_(self: Tensor, diagonal: Int = 0) -> Tensor:
        """The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else."""
    def true_divide(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None, out: Tensor | None = None) -> Tensor:
        """Another name of `div`."""
    def true_divide_(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None) -> Tensor:
        """Another name of `div`."""
    def trunc(self: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied."""
    def trunc_(self: Tensor) -> Tensor:
        """The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied."""
    def type_as(self: Tensor, other: Tensor) -> Tensor:
        """`self` in the dtype and on the device of `other`, as ``to(other)``."""
    def unbind(self: Tensor, dim: Int = 0) -> Sequence[Tensor]:
        """Views of the tensor at each index of a dimension, without that dimension."""
    def unflatten(self: Tensor, dim: Int, sizes: Ints) -> Tensor:
        """A view with one dimension divided into `sizes`, one of which may be -1."""
    def unfold(self: Tensor, dimension: Int, size: Int, step: Int) -> Tensor:
        """A view of windows along a dimension, each in a new last dimension.

        Parameters
        ----------
        dimension : int
        size : int
            Elements of a window.
        step : int
            Distance between the first elements of neighbours. Elements of windows that overlap share memory.

        Raises
        ------
        RuntimeError
            If a window is larger than the dimension, `size` is negative or `step` is not positive.
        """
    def uniform_(self: Tensor, from_: Float = 0, to: Float = 1, *, generator: Generator | None = None) -> Tensor:
        """Fills `self` with numbers drawn evenly from [from, to).

        Parameters
        ----------
        self : Tensor
            float16, bfloat16, float32 or float64, of any strides.
        from, to : float
            `from` must not be greater than `to`.
        generator : Generator, optional
            The default one of the device of `self` when absent. One of another device may be given: a number depends on seed,
            offset and position alone.

        Raises
        ------
        RuntimeError
            If the bounds are out of order, or they or their distance are no numbers of the dtype.
        NotImplementedError
            For other dtypes.

        Notes
        -----
        Elements have 24 random binary digits in float32, 53 in float64, 11 in float16 and 8 in bfloat16. They are Philox 4x32-10
        (Salmon et al., SC 2011) of the generator's seed, from its offset on, in row-major order of the elements: the same on every
        device and for any number of threads, and other than PyTorch's.
        """
    def unsafe_chunk(self: Tensor, chunks: Int, dim: Int = 0) -> list[Tensor]:
        """As the view of this name without `unsafe_`, but autograd does not know that the parts share memory.

        A part may be written in place without the others' history changing: right only when no other is used afterwards.
        """
    def unsafe_split(self: Tensor, split_size: Int, dim: Int = 0) -> list[Tensor]:
        """As the view of this name without `unsafe_`, but autograd does not know that the parts share memory.

        A part may be written in place without the others' history changing: right only when no other is used afterwards.
        """
    def unsafe_split_with_sizes(self: Tensor, split_sizes: Ints, dim: Int = 0) -> list[Tensor]:
        """As the view of this name without `unsafe_`, but autograd does not know that the parts share memory.

        A part may be written in place without the others' history changing: right only when no other is used afterwards.
        """
    def unsqueeze(self: Tensor, dim: Int) -> Tensor:
        """A view with a new dimension of size one at `dim`."""
    def unsqueeze_(self: Tensor, dim: Int) -> Tensor:
        """The tensor itself with other sizes and strides, as the view of this name without `_` has them."""
    @overload
    def var(self: Tensor, dim: Ints | None = None, *, correction: Number | None = 1, keepdim: Bool = False, out: Tensor | None = None) -> Tensor:
        """The variance of the elements of `self`, over all or some dimensions.

        Parameters
        ----------
        self : Tensor
            Floating point, float8 excepted.
        dim : int or sequence of int, optional
            The dimensions to reduce; all when absent or empty.
        correction : Scalar, optional
            Subtracted from the number of elements in the divisor; 1 by default.
        keepdim : bool
            Keep the reduced dimensions with size one.

        Returns
        -------
        Tensor
            The sum of squared distances from the mean over ``max(0, n - correction)``: NaN for one element and a correction of 1.

        Notes
        -----
        Blocks are taken in two passes and merged in float64 (Chan, Golub and LeVeque, 1979).
        """
    @overload
    def var(self: Tensor, *dim: Int, correction: Number | None = 1, keepdim: Bool = False, out: Tensor | None = None) -> Tensor: ...
    @overload
    def var(self: Tensor, dim: Ints | None, unbiased: Bool = True, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
    @overload
    def var(self: Tensor, unbiased: Bool) -> Tensor: ...
    def vdot(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
        """The dot product of two vectors, the first of them conjugated, as a 0-dim tensor."""
    @overload
    def view(self: Tensor, size: Ints) -> Tensor:
        """The same elements with other sizes.

        Parameters
        ----------
        self : Tensor
        size : sequence of int
            One entry may be -1 and is inferred.

        Raises
        ------
        ShapeError
            If the sizes do not hold the elements of `self`.
        RuntimeError
            If the strides of `self` do not allow it without a copy; use `reshape`.
        """
    @overload
    def view(self: Tensor, *size: Int) -> Tensor: ...
    @overload
    def view(self: Tensor, dtype: DtypeLike) -> Tensor: ...
    def view_as(self: Tensor, other: Tensor) -> Tensor:
        """A view with the sizes of `other`."""
    def vsplit(self: Tensor, indices_or_sections: Int | Ints) -> list[Tensor]:
        """As `tensor_split` along rows, dimension 0. A number of parts must divide the size."""
    def xlogy(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
        """``self * log(other)``, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor or Scalar
            Any shape; any real dtype but float8.
        other : Tensor or Scalar
            Broadcastable with `self`; at least one of both is a tensor.

        Returns
        -------
        Tensor
            Of the broadcast shape; integers and bool give the default dtype. 0 where `self` is, unless `other` is NaN.
        """
    def xlogy_(self: Tensor, other: Tensor | Number) -> Tensor:
        """``self * log(other)``, element by element, with broadcasting and type promotion.

        Parameters
        ----------
        self : Tensor or Scalar
            Any shape; any real dtype but float8.
        other : Tensor or Scalar
            Broadcastable with `self`; at least one of both is a tensor.

        Returns
        -------
        Tensor
            Of the broadcast shape; integers and bool give the default dtype. 0 where `self` is, unless `other` is NaN.
        """
    def zero_(self: Tensor) -> Tensor:
        """Sets every element of `self` to zero."""
    def __add__(self, other: Tensor | Number, /) -> Tensor: ...
    def __radd__(self, other: Number, /) -> Tensor: ...
    def __iadd__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __sub__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rsub__(self, other: Number, /) -> Tensor: ...
    def __isub__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __mul__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rmul__(self, other: Number, /) -> Tensor: ...
    def __imul__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __truediv__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rtruediv__(self, other: Number, /) -> Tensor: ...
    def __itruediv__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __floordiv__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rfloordiv__(self, other: Number, /) -> Tensor: ...
    def __ifloordiv__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __mod__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rmod__(self, other: Number, /) -> Tensor: ...
    def __imod__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __pow__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rpow__(self, other: Number, /) -> Tensor: ...
    def __ipow__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __matmul__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rmatmul__(self, other: Number, /) -> Tensor: ...
    def __and__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rand__(self, other: Number, /) -> Tensor: ...
    def __iand__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __or__(self, other: Tensor | Number, /) -> Tensor: ...
    def __ror__(self, other: Number, /) -> Tensor: ...
    def __ior__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __xor__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rxor__(self, other: Number, /) -> Tensor: ...
    def __ixor__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __lshift__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rlshift__(self, other: Number, /) -> Tensor: ...
    def __ilshift__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __rshift__(self, other: Tensor | Number, /) -> Tensor: ...
    def __rrshift__(self, other: Number, /) -> Tensor: ...
    def __irshift__(self: _T, other: Tensor | Number, /) -> _T: ...
    def __lt__(self, other: Tensor | Number, /) -> Tensor: ...
    def __le__(self, other: Tensor | Number, /) -> Tensor: ...
    def __gt__(self, other: Tensor | Number, /) -> Tensor: ...
    def __ge__(self, other: Tensor | Number, /) -> Tensor: ...
    def __neg__(self) -> Tensor: ...
    def __pos__(self) -> Tensor: ...
    def __abs__(self) -> Tensor: ...
    def __invert__(self) -> Tensor: ...
