# SPDX-License-Identifier: Apache-2.0
"""custom_op: a Python function as an operator."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import vt_core
from vt_autograd import _C, no_grad
from vt_autograd.graph import increment_version
from vt_core import Tensor
from vt_core.library import define_operator

from vt_torch.library._gradient import recorded
from vt_torch.library._schema import check_mutated, dispatcher_schema, infer_schema

__all__ = ["CustomOpDef", "custom_op", "register_autograd", "register_fake", "register_kernel"]

_registered: dict[str, CustomOpDef] = {}


class CustomOpDef:
    """An operator made by `custom_op`; calling it runs the kernel of the device that its tensors lie on.

    Attributes
    ----------
    qualname : str
        "namespace::name".
    signature : inspect.Signature
    mutated : frozenset of str
        Names of the parameters that it writes.
    backward : callable, optional
    undispatched : str, optional
        Why C callers do not find it in the dispatcher, as for results that are lists; None where they do.
    """

    undispatched: str | None = None

    def __init__(self, name: str, function: Callable[..., Any], mutates_args: Any, schema: str | None) -> None:
        self.qualname = name
        self._function = function
        self.signature = inspect.signature(function)
        self.mutated = check_mutated(function, mutates_args)
        self._schema = schema if schema is not None else infer_schema(function, mutates_args=mutates_args)
        self._kernels: dict[str, Callable[..., Any]] = {}  # by device type; "" for every other
        self._fake: Callable[..., Any] | None = None
        self.backward: Callable[..., Any] | None = None
        self._setup_context: Callable[..., Any] | None = None

    def __repr__(self) -> str:
        return f"<CustomOpDef({self.qualname})>"

    def register_kernel(self, device_types: Any, fn: Callable[..., Any] | None = None, /) -> Any:
        """Set the function that computes on some types of devices; a decorator without `fn`.

        Parameters
        ----------
        device_types : str, sequence of str or None
            None for those without a kernel of their own.
        """
        kinds = (
            ("",) if device_types is None else (device_types,) if isinstance(device_types, str) else tuple(device_types)
        )

        def register(fn: Callable[..., Any]) -> Callable[..., Any]:
            for kind in kinds:
                if kind:
                    vt_core.device(kind)  # raises for what is none
                self._kernels[kind] = fn
            return fn

        return register if fn is None else register(fn)

    def register_fake(self, fn: Callable[..., Any], /) -> Callable[..., Any]:
        """Set the function that computes sizes, dtypes and devices alone: it serves tensors of the device "meta"."""
        self._fake = fn
        return fn

    def register_autograd(
        self, backward: Callable[..., Any], /, *, setup_context: Callable[..., Any] | None = None
    ) -> None:
        """Give the operator a backward.

        Parameters
        ----------
        backward : callable
            ``backward(ctx, *grads)`` returns a gradient or None for each parameter; for a list of tensors, a list.
        setup_context : callable, optional
            ``setup_context(ctx, inputs, output)`` fills the context: ``ctx.save_for_backward``, or attributes. An operator with
            keyword-only parameters takes ``keyword_only_inputs`` besides.

        Raises
        ------
        RuntimeError
            If the operator writes its arguments.
        """
        if self.mutated:
            raise RuntimeError(
                f"Cannot register autograd formula for non-functional operator {self.qualname} with schema {self._schema}. Please "
                "create a functional operator and register an autograd formula for that."
            )
        self.backward = backward
        self._setup_context = setup_context

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        bound = self.signature.bind(*args, **kwargs)
        bound.apply_defaults()
        inputs = [*_tensors(bound.args), *_tensors(tuple(bound.kwargs.values()))]
        if any(x.requires_grad for x in inputs) and _C.is_grad_enabled() and not _C.is_inference_mode_enabled():
            self._refuse_written_leaves(bound)
            if not self.mutated:
                return recorded(self, self._setup_context, self.backward, bound.args, bound.kwargs)
        return self.run(bound.args, bound.kwargs)

    def call_in_order(self, *values: Any) -> Any:
        """Call it with every argument, in the order of the schema, as the dispatcher does; nothing to return is no result."""
        named = dict(zip(self.signature.parameters, values, strict=True))
        result = self(
            **{
                name: list(cast("list[Any]", value)) if isinstance(value, (list, tuple)) else value
                for name, value in named.items()
            }
        )
        return () if result is None and self._schema.endswith("-> ()") else result

    def dispatch(self) -> None:
        """Make it an operator of the dispatcher, in place of a former one of its name."""
        plugin = f"custom_op {self.qualname}"
        former = _registered.get(self.qualname)
        if former is not None and former.undispatched is None:
            vt_core.unload_plugin(plugin)
        if "[]" in self._schema.rpartition("->")[2]:
            self.undispatched = "a result is a list"
            return
        try:
            define_operator(plugin, self.qualname + dispatcher_schema(self._schema), self.call_in_order)
        except ImportError as error:
            self.undispatched = str(error)

    def run(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call the kernel without recording, and check what it returns."""
        inputs = [*_tensors(args), *_tensors(tuple(kwargs.values()))]
        with no_grad():
            result: Any = self._kernel_for(inputs)(*args, **kwargs)
        increment_version(self._written(args, kwargs))
        self._check_aliases(inputs, _tensors((result,)))
        return result

    def _kernel_for(self, inputs: list[Tensor]) -> Callable[..., Any]:
        kinds = {x.device.type for x in inputs}
        if "meta" in kinds:
            if self._fake is None:
                raise RuntimeError(
                    f"There was no fake impl registered for {self!r}. This is necessary for tensors of the device meta. Please use "
                    f"`{self._function.__name__}.register_fake` to add a fake impl."
                )
            return self._fake
        kinds.discard("cpu" if len(kinds) > 1 else "")
        kind = next(iter(kinds), "cpu")
        kernel = self._kernels.get(kind, self._kernels.get(""))
        if kernel is None:
            raise NotImplementedError(f"{self.qualname}: no kernel for device type {kind!r}; register_kernel adds one")
        return kernel

    def _written(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Tensor]:
        named = self.signature.bind(*args, **kwargs).arguments
        return _tensors(tuple(named[name] for name in self.mutated))

    def _refuse_written_leaves(self, bound: inspect.BoundArguments) -> None:
        if any(x.requires_grad for x in _tensors(tuple(bound.arguments[name] for name in self.mutated))):
            raise RuntimeError(
                f"{self.qualname}: a tensor that requires grad is being overwritten by an operator without a derivative; detach it "
                "first"
            )

    def _check_aliases(self, inputs: list[Tensor], results: list[Tensor]) -> None:
        addresses = [_C._storage_address(x) for x in inputs if x.numel()]  # pyright: ignore[reportPrivateUsage]
        for result in results:
            address = _C._storage_address(result)  # pyright: ignore[reportPrivateUsage]
            if result.numel() and not result.is_meta and address in addresses:
                raise RuntimeError(
                    f"{self.qualname}: The output of this custom operator must not also be an input to this custom operator and may "
                    "not alias any inputs to this custom operator or other returns. The most common way to trigger this error is "
                    "returning a view or an input; clone it."
                )
            addresses.append(address)


def custom_op(
    name: str,
    fn: Callable[..., Any] | None = None,
    /,
    *,
    mutates_args: Any,
    device_types: Any = None,
    schema: str | None = None,
    tags: Any = None,  # noqa: ARG001
) -> Any:
    """Make an operator of a function; a decorator without `fn`.

    Parameters
    ----------
    name : str
        "namespace::name"; the operator is ``vt_torch.ops.namespace.name`` as well.
    fn : callable
        Its kernel. Its parameters and its result must be annotated, see `infer_schema`. It runs without recording and must not
        return its arguments or views of them. C callers find the operator in the dispatcher under the same name, unless
        `CustomOpDef.undispatched` says why not.
    mutates_args : iterable of str or "unknown"
        Names of the parameters that it writes.
    device_types : str, sequence of str or None
        Where it computes; None for everywhere.
    schema : str, optional
        Instead of the one that the annotations tell.
    tags
        Taken for compatibility.

    Returns
    -------
    CustomOpDef

    Raises
    ------
    ValueError
        If the name has no namespace, an annotation is missing or `mutates_args` names no Tensor parameter.

    Examples
    --------
    >>> import vt_torch as torch
    >>> @torch.library.custom_op("example::triple", mutates_args=())
    ... def triple(x: torch.Tensor) -> torch.Tensor:
    ...     return x * 3
    >>> triple.register_autograd(lambda ctx, grad: grad * 3)
    >>> x = torch.tensor([1.0], requires_grad=True)
    >>> triple(x).sum().backward()
    >>> x.grad
    tensor([3.])
    """

    def make(fn: Callable[..., Any]) -> CustomOpDef:
        namespace, separator, base = name.partition("::")
        if not separator or not namespace.isidentifier() or not base.isidentifier():
            raise ValueError(f"custom_op: expected a name as 'namespace::name', got {name!r}")
        op = CustomOpDef(name, fn, mutates_args, schema)
        op.register_kernel(device_types, fn)
        op.dispatch()
        _registered[name] = op
        setattr(_namespace(namespace), base, op)
        return op

    return make if fn is None else make(fn)


class _Namespace(SimpleNamespace):
    """The operators of one namespace."""


def _namespace(name: str) -> _Namespace:
    """Return the attribute of ``vt_torch.ops`` that holds a namespace."""
    present = vars(vt_core.ops).get(name)
    if isinstance(present, _Namespace):
        return present
    if present is not None or name in dir(vt_core.ops):
        raise ValueError(f"custom_op: the namespace {name!r} is the name of an operator")
    fresh = _Namespace()
    setattr(vt_core.ops, name, fresh)
    return fresh


def _tensors(values: tuple[Any, ...]) -> list[Tensor]:
    return list(_walk(values))


def _walk(values: Any) -> Iterator[Tensor]:
    for value in values:
        if isinstance(value, Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _walk(cast("list[Any]", value))


def _found(op: Any) -> CustomOpDef:
    if isinstance(op, CustomOpDef):
        return op
    if isinstance(op, str) and op in _registered:
        return _registered[op]
    raise ValueError(f"library: expected an operator of custom_op or its name, got {op!r}")


def register_kernel(op: Any, device_types: Any, func: Callable[..., Any] | None = None, /) -> Any:
    """As `CustomOpDef.register_kernel`; `op` may be a name."""
    return _found(op).register_kernel(device_types, func)


def register_fake(op: Any, func: Callable[..., Any] | None = None, /) -> Any:
    """As `CustomOpDef.register_fake`; `op` may be a name. A decorator without `func`."""
    found = _found(op)
    return found.register_fake if func is None else found.register_fake(func)


def register_autograd(
    op: Any, backward: Callable[..., Any], /, *, setup_context: Callable[..., Any] | None = None
) -> None:
    """As `CustomOpDef.register_autograd`; `op` may be a name."""
    _found(op).register_autograd(backward, setup_context=setup_context)
