"""Checks of the puzzles: each answer is one line of arange, where, operators, indexing and earlier answers."""

from grader.authoring import defaults, increasing, index_tensor, integers, lengths, only, size_of, tensors

allowed = only("torch.arange", "torch.where", operators=True, indexing=True)
puzzle = defaults(points=1, dtype="int64", only=allowed, no_loops=True, no_numpy=True, lines=1)
COUNT = integers(0, 6)

ones = puzzle.call(n=COUNT, hints="Which comparison holds for every number in arange(n)?")
sum = puzzle.call(a="n", hints="What is the product of a row of ones and a column?")
outer = puzzle.call(a="i", b="j", hints="Make one of them a column: shapes (i, 1) and (j,) broadcast.")
diag = puzzle.call(a="n n", hints="Index with two tensors: the k-th entry takes row k and column k.")
eye = puzzle.call(n=COUNT, hints="Where is the number of the row that of the column?")
triu = puzzle.call(n=COUNT, hints="`eye` asks whether two numbers are equal. What does this one ask?")
cumsum = puzzle.call(a="n", hints="Write the matrix that a is multiplied by: which entries go into the k-th sum?")
diff = puzzle.call(a="n", hints="Index a with arange(n) - 1, and mind what happens to the first entry.")
vstack = puzzle.call(a="n", b="n", hints="A column of shape (2, 1) chooses between the two.")
roll = puzzle.call(a=tensors("n", "int64", min_size=1), hints="The remainder % n brings the last index back to 0.")
flip = puzzle.call(a="n", hints="Which index does the entry at 0 come from, and which the one at 1?")
compress = puzzle.call(keep=tensors("n", "bool"), a="n", hints="`cumsum` of keep tells where each kept entry goes.")
pad_to = puzzle.call(a="i", n=COUNT, hints="Which matrix of shape (i, n) carries entry k to place k?")
sequence_mask = puzzle.call(x="b t", length=lengths("b", "t", low=0), hints="Compare arange(t) with a column.")
bincount = puzzle.call(a=index_tensor("i", "n"), n=size_of("n"), hints="What are the rows of eye(n) that a chooses?")
scatter_add = puzzle.call(a="i", to=index_tensor("i", "n"), n=size_of("n"), hints="How did you count in `bincount`?")
flatten = puzzle.call(a=tensors("r c", "int64", min_size=1), hints="Entry k lies in row k // c, and in which column?")
linspace = puzzle.call(a=integers(-4, 4), b=integers(-4, 4), n=integers(1, 6), hints="How many steps are there?")
heaviside = puzzle.call(a="n", b="n", hints="Two questions, one inside the other.")
repeat = puzzle.call(a="n", times=COUNT, hints="How did you write `outer`?")
bucketize = puzzle.call(a="n", edges=increasing("k", "int64"), hints="How many edges lie at or below each entry?")
