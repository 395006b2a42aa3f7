# SPDX-License-Identifier: Apache-2.0
# ruff: noqa
# fmt: off
# The extension module. Classes are described by hand; the operators at the end of Tensor are written by vt_core.stubs.
import builtins
from collections.abc import Callable, Iterator, Sequence
from os import PathLike
from typing import Any, SupportsIndex, TypeAlias, TypedDict, TypeVar, final, overload

from numpy.typing import NDArray

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
Index: TypeAlias = SupportsIndex | slice | Tensor | None | Any

_T = TypeVar("_T", bound=Tensor)

class ShapeError(RuntimeError):
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

def num_threads() -> int:
    """Threads that CPU kernels use."""

def set_num_threads(count: int, /) -> None:
    """Sets the threads that CPU kernels use."""

def default_generator(device: DeviceLike, /) -> Generator:
    """The generator that ops on `device` draw from when none is given."""

def seed_all(seed: int, /) -> None:
    """Starts the stream of `seed` in the default generator of every device."""

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
    def is_contiguous(self) -> Bool:
        """True for a row-major layout without gaps."""
    def is_floating_point(self) -> Bool:
        """True for a real floating dtype."""
    def is_complex(self) -> Bool:
        """True for a complex dtype."""
    def _storage_data_ptr(self) -> Int: ...
    def _storage_nbytes(self) -> Int: ...
    def _use_count(self) -> Int: ...
    def _is_rich(self) -> Bool: ...
    def _is_alias_of(self, other: Tensor, /) -> Bool: ...

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
    def detach_(self: _T) -> _T:
        """Cuts the tensor off its graph; returns it."""

    # Operators, written by vt_core.stubs.
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
    def as_strided(self: Tensor, size: Ints, stride: Ints, storage_offset: Int | None = None) -> Tensor:
        """A view of the storage of `self` by sizes and strides in elements.

        `storage_offset` counts from the start of the storage; by default it is that of `self`.

        Raises
        ------
        RuntimeError
            If the view leaves the storage or a stride is negative.
        """
    def clone(self: Tensor) -> Tensor:
        """A copy of `self` with elements of its own; dense, in the order of the dimensions' strides."""
    def contiguous(self: Tensor) -> Tensor:
        """`self` in row-major layout: the tensor itself when it has it already, else a copy."""
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
    def detach(self: Tensor) -> Tensor:
        """The same elements, cut off from the autograd graph. Shares storage and version counter."""
    @overload
    def expand(self: Tensor, size: Ints) -> Tensor:
        """A view in which dimensions of size one, and new leading ones, repeat to `size`.

        -1 keeps the size of a dimension. The repeated elements share memory: clone the result before writing to it.
        """
    @overload
    def expand(self: Tensor, *size: Int) -> Tensor: ...
    def fill_(self: Tensor, value: Number) -> Tensor:
        """Sets every element of `self` to `value`.

        Raises
        ------
        RuntimeError
            If the dtype of `self` cannot hold the value.
        """
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
    @overload
    def permute(self: Tensor, dims: Ints) -> Tensor:
        """A view with the dimensions in the order of `dims`."""
    @overload
    def permute(self: Tensor, *dims: Int) -> Tensor: ...
    @overload
    def reshape(self: Tensor, shape: Ints) -> Tensor:
        """As `view`, but copies where strides do not allow a view."""
    @overload
    def reshape(self: Tensor, *shape: Int) -> Tensor: ...
    def select(self: Tensor, dim: Int, index: Int) -> Tensor:
        """A view of the elements at one index of a dimension, without that dimension.

        Raises
        ------
        IndexError
            If the index is out of range.
        """
    @overload
    def squeeze(self: Tensor) -> Tensor:
        """A view without the dimensions of size one, or without those of `dim` that have size one."""
    @overload
    def squeeze(self: Tensor, dim: Ints) -> Tensor: ...
    @overload
    def squeeze(self: Tensor, *dim: Int) -> Tensor: ...
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
            If both operands are boolean.
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
            If both operands are boolean.
        ShapeError
            If the shapes cannot be broadcast.
        """
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
    @overload
    def to(self: Tensor, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, non_blocking: Bool = False, copy: Bool = False) -> Tensor:
        """`self` with another dtype or on another device.

        Parameters
        ----------
        dtype : dtype, optional
        device : device, optional
        non_blocking : bool
            As in `copy_`.
        copy : bool
            Copy even when nothing changes; otherwise the result is then `self` itself.

        Notes
        -----
        Also ``to(device, dtype=None)``, ``to(dtype)`` and ``to(other)``, which takes both from another tensor.
        """
    @overload
    def to(self: Tensor, device: DeviceLike | None, dtype: DtypeLike | None = None, non_blocking: Bool = False, copy: Bool = False) -> Tensor: ...
    @overload
    def to(self: Tensor, dtype: DtypeLike, non_blocking: Bool = False, copy: Bool = False) -> Tensor: ...
    @overload
    def to(self: Tensor, other: Tensor, non_blocking: Bool = False, copy: Bool = False) -> Tensor: ...
    def transpose(self: Tensor, dim0: Int, dim1: Int) -> Tensor:
        """A view with two dimensions exchanged."""
    def unsqueeze(self: Tensor, dim: Int) -> Tensor:
        """A view with a new dimension of size one at `dim`."""
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
