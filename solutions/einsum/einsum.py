# %% [markdown] lang="en"
# # Einsum: say which indices, get the loops for free
#
# `torch.einsum(equation, *tensors)` reads an equation such as `"ik,kj->ij"` and does what it says:
#
# 1. Give every dimension of every input a letter: `ik` for the first matrix, `kj` for the second.
# 2. After the arrow, write the letters that the result has, in the order in which it has them: `ij`.
# 3. Wherever a letter appears twice, the same index runs through both places; the values are multiplied.
# 4. **A letter that is missing after the arrow is summed over.** Here that is `k`.
#
# So `"ik,kj->ij"` is `result[i, j] = sum over k of a[i, k] * b[k, j]`: a matrix product. There is nothing
# else to learn, and yet it covers transposes, traces, sums, products and attention.
#
# Every function below must get its result from `torch.einsum`. Reshaping before or after it is fine. Each must work
# for any sizes, also 1 and 0, keep the dtype of its inputs, and let gradients through.
#
# One piece of advice: try your function on inputs that are **not square**. With a 3 by 3 matrix a forgotten
# transpose gives a result of the right shape and you will not notice.
# %% [markdown] lang="ko"
# # 아인슈타인 합: 인덱스만 적으면 반복문은 공짜
#
# `torch.einsum(equation, *tensors)`는 `"ik,kj->ij"` 같은 식을 읽고 그대로 계산합니다.
#
# 1. 모든 입력의 각 차원에 글자를 하나씩 붙입니다. 첫 번째 행렬은 `ik`, 두 번째 행렬은 `kj`입니다.
# 2. 화살표 뒤에는 결과가 갖는 글자를 결과의 차원 순서대로 적습니다. 여기서는 `ij`입니다.
# 3. 같은 글자가 두 번 나오면 같은 인덱스가 두 자리를 함께 움직이고, 그 값들은 곱해집니다.
# 4. **화살표 뒤에 없는 글자에 대해서는 모두 더합니다.** 여기서는 `k`가 그렇습니다.
#
# 따라서 `"ik,kj->ij"`는 `result[i, j] = (k에 대한 a[i, k] * b[k, j]의 합)`, 곧 행렬 곱입니다. 더 배울 규칙은
# 없지만 이것만으로 전치, 대각합, 합, 곱, 어텐션까지 모두 쓸 수 있습니다.
#
# 아래의 모든 함수는 결과를 `torch.einsum`으로 구해야 합니다. 앞뒤에서 모양을 바꾸는 것은 괜찮습니다. 크기가 1이나
# 0일 때를 포함해 어떤 크기에서도 동작해야 하고, 입력의 dtype을 유지해야 하며, 기울기가 흘러야 합니다.
#
# 한 가지 조언: **정사각형이 아닌** 입력으로 시험해 보세요. 3×3 행렬에서는 전치를 빠뜨려도 모양이 맞아서
# 실수를 알아채기 어렵습니다.
# %%
import torch
from torch import Tensor

# %% [markdown] lang="en"
# ## `transpose(x)`
# Rows become columns. No letter disappears, so nothing is summed: only the order of the letters changes.
# %% [markdown] lang="ko"
# ## `transpose(x)`
# 행을 열로 바꿉니다. 사라지는 글자가 없으니 더하는 것도 없고, 글자의 순서만 바뀝니다.


# %% exercise="transpose"
def transpose(x: Tensor) -> Tensor:
    """Transpose x of shape (r, c) to (c, r), any dtype."""
    ### BEGIN SOLUTION
    return torch.einsum("rc->cr", x)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `diagonal(x)`
# A letter written twice for **one** tensor makes both of its indices move together: that walks along the diagonal.
# %% [markdown] lang="ko"
# ## `diagonal(x)`
# **하나의** 텐서에 같은 글자를 두 번 쓰면 두 인덱스가 함께 움직입니다. 그러면 대각선을 따라가게 됩니다.


# %% exercise="diagonal"
def diagonal(x: Tensor) -> Tensor:
    """Return the main diagonal, of shape (n,), of a square matrix x (n, n)."""
    ### BEGIN SOLUTION
    return torch.einsum("nn->n", x)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `trace(x)`
# The sum of the diagonal. Start from `diagonal` and ask which letter must disappear.
# %% [markdown] lang="ko"
# ## `trace(x)`
# 대각선 원소의 합입니다. `diagonal`에서 시작해 어떤 글자가 사라져야 하는지 생각해 보세요.


# %% exercise="trace"
def trace(x: Tensor) -> Tensor:
    """Return the sum of the main diagonal of a square matrix x (n, n), as a 0-d tensor."""
    ### BEGIN SOLUTION
    return torch.einsum("nn->", x)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `total(x)`
# The sum of all the entries of a matrix, square or not.
# %% [markdown] lang="ko"
# ## `total(x)`
# 정사각형이든 아니든, 행렬의 모든 원소를 더합니다.


# %% exercise="total"
def total(x: Tensor) -> Tensor:
    """Return the sum of all entries of x (r, c), as a 0-d tensor."""
    ### BEGIN SOLUTION
    return torch.einsum("rc->", x)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `row_sums(x)`
# One number for each row. The letter that stays is the one that numbers the results.
# %% [markdown] lang="ko"
# ## `row_sums(x)`
# 행마다 숫자가 하나씩 나옵니다. 남는 글자가 결과의 번호가 됩니다.


# %% exercise="row_sums"
def row_sums(x: Tensor) -> Tensor:
    """Return the sum of each row of x (r, c), of shape (r,)."""
    ### BEGIN SOLUTION
    return torch.einsum("rc->r", x)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `column_sums(x)`
# One number for each column.
# %% [markdown] lang="ko"
# ## `column_sums(x)`
# 열마다 숫자가 하나씩 나옵니다.


# %% exercise="column_sums"
def column_sums(x: Tensor) -> Tensor:
    """Return the sum of each column of x (r, c), of shape (c,)."""
    ### BEGIN SOLUTION
    return torch.einsum("rc->c", x)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `dot(a, b)`
# Two inputs are separated by a comma. A letter they share runs through both at once.
# %% [markdown] lang="ko"
# ## `dot(a, b)`
# 두 입력은 쉼표로 나눕니다. 둘이 함께 쓰는 글자는 두 텐서를 동시에 움직입니다.


# %% exercise="dot"
def dot(a: Tensor, b: Tensor) -> Tensor:
    """Return the dot product of two vectors a (n,) and b (n,), as a 0-d tensor."""
    ### BEGIN SOLUTION
    return torch.einsum("n,n->", a, b)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `hadamard(a, b)`
# The product entry by entry: both letters are shared and both stay.
# %% [markdown] lang="ko"
# ## `hadamard(a, b)`
# 원소끼리의 곱입니다. 두 글자를 모두 함께 쓰고, 둘 다 남깁니다.


# %% exercise="hadamard"
def hadamard(a: Tensor, b: Tensor) -> Tensor:
    """Return the elementwise product, of shape (r, c), of two matrices a and b, both (r, c)."""
    ### BEGIN SOLUTION
    return torch.einsum("rc,rc->rc", a, b)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `outer(a, b)`
# Every entry of `a` times every entry of `b`: no letter is shared, so the two indices run independently.
# %% [markdown] lang="ko"
# ## `outer(a, b)`
# `a`의 모든 원소와 `b`의 모든 원소를 곱합니다. 함께 쓰는 글자가 없으니 두 인덱스는 따로 움직입니다.


# %% exercise="outer"
def outer(a: Tensor, b: Tensor) -> Tensor:
    """Return the outer product, of shape (n, m), of two vectors a (n,) and b (m,)."""
    ### BEGIN SOLUTION
    return torch.einsum("n,m->nm", a, b)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `inner(a, b)`
# The sum of the elementwise products of two matrices: `hadamard`, then everything added up, in one equation.
# %% [markdown] lang="ko"
# ## `inner(a, b)`
# 두 행렬의 원소별 곱을 모두 더합니다. `hadamard` 다음에 전부 더하는 일을 식 하나로 적습니다.


# %% exercise="inner"
def inner(a: Tensor, b: Tensor) -> Tensor:
    """Return the sum of the elementwise products of two matrices a and b, both (r, c), as a 0-d tensor."""
    ### BEGIN SOLUTION
    return torch.einsum("rc,rc->", a, b)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `matvec(m, v)`
# A matrix times a vector: each row of `m` is multiplied with `v` and summed.
# %% [markdown] lang="ko"
# ## `matvec(m, v)`
# 행렬과 벡터의 곱입니다. `m`의 각 행을 `v`와 곱해 더합니다.


# %% exercise="matvec"
def matvec(m: Tensor, v: Tensor) -> Tensor:
    """Return the product, of shape (r,), of a matrix m (r, c) and a vector v (c,)."""
    ### BEGIN SOLUTION
    return torch.einsum("rc,c->r", m, v)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `matmul(a, b)`
# The product of two matrices. The shared letter is the last of the first and the first of the second.
# %% [markdown] lang="ko"
# ## `matmul(a, b)`
# 두 행렬의 곱입니다. 함께 쓰는 글자는 첫 행렬의 마지막 글자이자 둘째 행렬의 첫 글자입니다.


# %% exercise="matmul"
def matmul(a: Tensor, b: Tensor) -> Tensor:
    """Return the matrix product, of shape (i, j), of a (i, k) and b (k, j)."""
    ### BEGIN SOLUTION
    return torch.einsum("ik,kj->ij", a, b)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `batched_matmul(a, b)`
# One matrix product for each element of the batch. The batch letter is shared and stays.
# %% [markdown] lang="ko"
# ## `batched_matmul(a, b)`
# 배치의 원소마다 행렬 곱을 하나씩 합니다. 배치 글자는 함께 쓰면서 그대로 남깁니다.


# %% exercise="batched_matmul"
def batched_matmul(a: Tensor, b: Tensor) -> Tensor:
    """Return the matrix products, of shape (B, i, j), of a (B, i, k) and b (B, k, j)."""
    ### BEGIN SOLUTION
    return torch.einsum("bik,bkj->bij", a, b)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `gram(x)`
# All dot products between the rows of `x`, that is `x` times its own transpose. The same tensor may be
# given twice, with different letters each time.
# %% [markdown] lang="ko"
# ## `gram(x)`
# `x`의 행들 사이의 모든 내적, 즉 `x`와 그 전치의 곱입니다. 같은 텐서를 두 번 넣되 매번 다른 글자를 붙일 수
# 있습니다.


# %% exercise="gram"
def gram(x: Tensor) -> Tensor:
    """Return x times its transpose, of shape (r, r), for x (r, c): entry (i, j) is the dot product of rows i and j."""
    ### BEGIN SOLUTION
    return torch.einsum("ic,jc->ij", x, x)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `bilinear(x, w, y)`
# Three tensors at once, as in `torch.nn.functional.bilinear` without a bias: for every
# sample and every output `o` the number `x[b] @ w[o] @ y[b]`.
# %% [markdown] lang="ko"
# ## `bilinear(x, w, y)`
# 텐서 세 개를 한 번에 다룹니다. 편향이 없는 `torch.nn.functional.bilinear`처럼, 샘플과 출력 `o`마다
# `x[b] @ w[o] @ y[b]`라는 숫자를 구합니다.


# %% exercise="bilinear"
def bilinear(x: Tensor, w: Tensor, y: Tensor) -> Tensor:
    """Return the bilinear form, of shape (B, o), of x (B, i), w (o, i, j) and y (B, j)."""
    ### BEGIN SOLUTION
    return torch.einsum("bi,oij,bj->bo", x, w, y)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `attention_scores(q, k)`
# How well does each query fit each key? For every batch element and head: the dot
# product of every query with every key. Leave the scores unscaled (no division by the square root of D).
# %% [markdown] lang="ko"
# ## `attention_scores(q, k)`
# 각 쿼리는 각 키와 얼마나 잘 맞을까요? 배치 원소와 헤드마다 모든 쿼리와 모든 키의 내적을 구합니다. 점수는
# 스케일하지 않습니다(D의 제곱근으로 나누지 않습니다).


# %% exercise="attention_scores"
def attention_scores(q: Tensor, k: Tensor) -> Tensor:
    """Return the unscaled scores, of shape (B, H, Tq, Tk), of queries q (B, H, Tq, D) and keys k (B, H, Tk, D)."""
    ### BEGIN SOLUTION
    return torch.einsum("bhqd,bhkd->bhqk", q, k)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `weighted_average(p, v)`
# The other half of attention: each query takes the values weighted by `p`, and then the heads are laid side by side:
# the last dimension holds the D numbers of head 0, then those of head 1, and so on. Einsum can put the
# head letter where it must stand *before* the last two dimensions are merged.
# %% [markdown] lang="ko"
# ## `weighted_average(p, v)`
# 어텐션의 나머지 절반입니다. 각 쿼리는 `p`를 가중치로 값을 더하고, 그다음 헤드들을
# 나란히 놓습니다. 마지막 차원에는 헤드 0의 숫자 D개, 헤드 1의 숫자 D개가 차례로 들어갑니다. 마지막 두 차원을 합치기
# *전에* 헤드 글자를 제자리에 두는 일도 einsum이 할 수 있습니다.


# %% exercise="weighted_average"
def weighted_average(p: Tensor, v: Tensor) -> Tensor:
    """Return the values v (B, H, Tk, D) weighted by p (B, H, Tq, Tk), heads side by side: (B, Tq, H * D)."""
    ### BEGIN SOLUTION
    heads = torch.einsum("bhqk,bhkd->bqhd", p, v)
    return heads.flatten(start_dim=2)
    ### END SOLUTION
