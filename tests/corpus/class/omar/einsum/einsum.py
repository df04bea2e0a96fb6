import torch
from torch import Tensor

def transpose(x: Tensor) -> Tensor:
    """Transpose x of shape (r, c) to (c, r), any dtype."""
    ### BEGIN SOLUTION
    return torch.einsum("rc->cr", x)
    ### END SOLUTION

def diagonal(x: Tensor) -> Tensor:
    """Return the main diagonal, of shape (n,), of a square matrix x (n, n)."""
    ### BEGIN SOLUTION
    return torch.einsum("nn->n", x)
    ### END SOLUTION

def trace(x: Tensor) -> Tensor:
    """Return the sum of the main diagonal of a square matrix x (n, n), as a 0-d tensor."""
    ### BEGIN SOLUTION
    return torch.einsum("nn->", x)
    ### END SOLUTION

def total(x: Tensor) -> Tensor:
    """Return the sum of all entries of x (r, c), as a 0-d tensor."""
    ### BEGIN SOLUTION
    return torch.einsum("rc->", x)
    ### END SOLUTION

def row_sums(x: Tensor) -> Tensor:
    """Return the sum of each row of x (r, c), of shape (r,)."""
    ### BEGIN SOLUTION
    return torch.einsum("rc->r", x)
    ### END SOLUTION

def column_sums(x: Tensor) -> Tensor:
    """Return the sum of each column of x (r, c), of shape (c,)."""
    ### BEGIN SOLUTION
    return torch.einsum("rc->c", x)
    ### END SOLUTION

def dot(a: Tensor, b: Tensor) -> Tensor:
    """Return the dot product of two vectors a (n,) and b (n,), as a 0-d tensor."""
    ### BEGIN SOLUTION
    return torch.einsum("n,n->", a, b)
    ### END SOLUTION

def hadamard(a: Tensor, b: Tensor) -> Tensor:
    """Return the elementwise product, of shape (r, c), of two matrices a and b, both (r, c)."""
    ### BEGIN SOLUTION
    return torch.einsum("rc,rc->rc", a, b)
    ### END SOLUTION
