'''Bans, needs and rules, decided by reading a submission's code: nothing of it runs here, and torch is not imported.

An exercise may forbid names of torch's (`bans`), ask that the result be made by one of some (`needs`), or limit how
an answer is written (rules). This package finds out which of them the code that *this exercise can reach* names. It
is an abstract interpreter: a small machine goes through the statements as Python would, with sets of possibilities in
the place of values.

>>> source = parse(["""
... import torch
... take = getattr(torch, "gat" + "her")
... def unused(x):
...     return x.gather(0, x)
... def pick(x, i):
...     return take(x, 0, i)
... """])
>>> [(use.path, use.line) for use in analyse(source, ["pick"], ["torch.gather"]).banned]
[('torch.gather', 7)]

**Program.** `parse` makes one program of the cells, with the modules that lie beside the answer linked in under names
of their own, and an index: which statements of the module level bind a name, and which change what it holds.

**Values.** A value is a frozen set of atoms, each one possibility: the torch function of a dotted name, the constant
"gather", a function of the submission, a list made at line 7, "some tensor". Where paths meet, sets are joined. The
empty set is "nothing arrives here"; `UNKNOWN` may be anything, and counts as a tensor: its `.gather` is noted as
`?.gather` and meets a ban on `torch.gather`. Constants are folded, so that a name put together from strings is one.

**Machine.** `Machine` holds what is shared: frames (the names of a scope, at this point and at any point) and a heap.
What can change lies on the heap under where it was made: the items of a list under its place in the code, attributes
of instances under their class. Cells of the heap only ever grow. `references` is the result: (dotted name, line) of
all of torch's that reached code names, and whether it calls it there. `foreign` has the same of other libraries, and
`unclear` what hides what is called.

**Reading.** Reading starts at the functions and classes that the exercise is about, called with unknown arguments. A
name of the module level is looked up by evaluating only the statements that bind it, so what nothing reaches costs
and counts nothing. A call of the submission's own function reads its body, once for each different set of arguments.
What is passed to others, stored in their modules, or a special method of a class that has instances, may be called by
somebody else: it is read with unknown arguments.

**Fixpoint.** An attribute may be set further down than it is read. So whoever reads a cell of the heap marks it, and
where one that was read grows afterwards the whole reading is done again, until a round changes nothing or
`MOST_ROUNDS` are over. An attribute that nothing sets is first nothing, and in the last rounds unknown. Loops are
gone through until their variables stay the same, `_LOOP_ROUNDS` times at most.

**What it gives up on.** A name of too many constants, or computed from constants in a way that is not followed, is
"strange"; a function that calls itself too deeply returns `UNKNOWN`. After `MOST_STEPS` reading begins again and
takes all calls of a function together; where that is not enough either, or code nests deeper than Python's stack, the
code is "too intricate to follow", which is unclear. `exec` of a text that is not known, `getattr` with a strange
name, a module that nobody has installed and the like are unclear too. What an element of a container is, it knows
only for short lists and tuples of constants; one instance is not told from another of its class; of a condition it
knows constants and some uses of `isinstance`, so mostly both branches count.

**Decision.** `analyse` reads up to three times: everything reachable, which needs are asked of; the same without
earlier answers of the student's, which bans and rules are asked of (each answer is judged for itself, and lines that
the stub holds are nobody's fault); and, where a word of the text may be a banned name, what is handed to others
anywhere, which only tells. It returns `SourceFindings`. `decide` puts these into words, the firmest first: a banned
use, a broken rule, something unclear where a ban or rule is set, then what ran, then a need that nothing names.

**What the runner adds.** Both happen in the locked-down runner: reading before any code of the submission is executed
(`engine/runner/serve.py`), and while a probe is called `engine/runner/trace.py` notes which functions of torch's the
submission's own frames call, in every thread, and which operators run below what Python shows. So a receiver that
nobody could tell by reading is told when it is there. That trace can be forged by what it watches: it adds findings
and never excuses one. Whether a need's result really comes from the needed function is tried out afterwards, by
`judging/needs.py`.

Read in this order: `findings` (what comes out), `values`, `machine`, `reader` (rounds and entries), `parsed` (program
and index), `module` (names of the module level), `statements` and `expressions` with `operators`, `folding`,
`displays` and `functions`, then `calls` with `classes`, `attributes`, `containers`, `annotations`, `library` (what
Python's own functions give) and `reflection` (`getattr`, `vars`, imports at run time). Around them: `escapes` (what
is handed to others), `local_modules` and `linking` (modules beside an answer), `stub_code` (what was given), `rules`,
and on top `analysis` and `decision`. The tests are the snippets under `tests/engine/bans/snippets/` and the attacks
of `tests/corpus/attacks/bans.txt` and `needs.txt`.
'''

from grader.engine.bans.analysis import analyse
from grader.engine.bans.decision import decide, tell_handed
from grader.engine.bans.findings import BannedUse, SourceFindings, Unclear
from grader.engine.bans.parsed import ParsedSource, parse

__all__ = ["BannedUse", "ParsedSource", "SourceFindings", "Unclear", "analyse", "decide", "parse", "tell_handed"]
