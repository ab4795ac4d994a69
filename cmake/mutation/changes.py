"""The places of a C file where one operator, constant or call can be changed, and into what."""
import re

TOKEN = re.compile(r"""
    (?P<skip>\s+|//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*)
  | (?P<text>(?:u8|u|U|L)?"(?:[^"\\]|\\.)*"|(?:u|U|L)?'(?:[^'\\]|\\.)*')
  | (?P<number>0[xX][0-9a-fA-F]+[uUlL]*|[0-9]+[uUlL]*)
  | (?P<name>[A-Za-z_]\w*)
  | (?P<operator><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)
""", re.VERBOSE | re.DOTALL | re.MULTILINE)

BINARY = {
    "==": ["!="], "!=": ["=="], "<": ["<=", ">"], "<=": ["<", ">"], ">": [">=", "<"],
    ">=": [">", "<"], "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"],
    "%": ["/"], "&": ["|"], "|": ["&"], "^": ["&"], "<<": [">>"], ">>": ["<<"], "+=": ["-="],
    "-=": ["+="], "*=": ["/="], "/=": ["*="], "&=": ["|="], "|=": ["&="],
}
UNARY = {"!": [""], "~": [""], "-": [""], "++": ["--"], "--": ["++"]}
WORDS = {"true": ["false"], "false": ["true"]}
# What reaches only the log, or is not there in a release build; and what looks like a call.
LEFT_OUT = {"TRACE", "assert", "_Static_assert"}
# The same but for what happens when both sides are equal.
NEARLY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
NO_CALLS = {"if", "for", "while", "switch", "return", "sizeof", "do", "else"}


class Token:
    def __init__(self, kind, text, offset):
        self.kind, self.text, self.offset = kind, text, offset


class Change:
    """`old` at `offset` of the file becomes `new`."""

    def __init__(self, path, source, offset, old, new):
        self.path, self.offset, self.old, self.new = path, offset, old, new
        self.line = source.count("\n", 0, offset) + 1
        self.context = source.splitlines()[self.line - 1].strip()

    def apply(self, source):
        # A call of several lines keeps its line ends, so that no other line moves.
        ends = "\n" * self.old.count("\n")
        return source[:self.offset] + self.new + ends + source[self.offset + len(self.old):]

    def __str__(self):
        old = " ".join(self.old.split())
        return f"{self.path}:{self.line}: {old} -> {self.new or 'nothing'}   [{self.context}]"


def tokens_of(source):
    found = []
    for match in TOKEN.finditer(source):
        if match.lastgroup != "skip":
            found.append(Token(match.lastgroup, match.group(), match.start()))
    return found


def closing(tokens, index):
    """The index of the parenthesis that closes the one at `index`."""
    depth = 0
    for i in range(index, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[i].text, 0)
        if depth == 0:
            return i
    return len(tokens) - 1


def is_operand(token):
    return token.kind in ("name", "number", "text") or token.text in (")", "]")


def other_numbers(text):
    digits = text.rstrip("uUlL")
    value, suffix = int(digits, 0 if digits[:2].lower() == "0x" else 10), text[len(digits):]
    shape = "0x{:X}" if digits[:2].lower() == "0x" else "{}"
    return [shape.format(other) + suffix for other in (value + 1, value - 1) if other >= 0]


def call_at(source, tokens, i):
    """The text of a call that is a statement of its own and begins at token i, else None."""
    if tokens[i].kind != "name" or tokens[i].text in NO_CALLS or i + 1 >= len(tokens):
        return None
    if tokens[i + 1].text != "(" or i == 0 or tokens[i - 1].text not in (";", "{", "}", ")", "else"):
        return None
    end = closing(tokens, i + 1)
    if end + 1 >= len(tokens) or tokens[end + 1].text != ";":
        return None
    return source[tokens[i].offset:tokens[end].offset + 1]


def replacements(tokens, i, statuses):
    token = tokens[i]
    if token.kind == "number":
        return other_numbers(token.text)
    if token.text in statuses:
        return [other for other in statuses if other != token.text]
    if token.kind == "name":
        return WORDS.get(token.text, [])
    if token.kind != "operator":
        return []
    if token.text in ("++", "--") or not (i and is_operand(tokens[i - 1])):
        return UNARY.get(token.text, [])
    return BINARY.get(token.text, [])


def texts(tokens, begin, end):
    return [t.text for t in tokens[begin:end]]


def only_logs(tokens, i):
    """Whether what follows from token i on is one TRACE, in braces or not, without an else."""
    braces = texts(tokens, i, i + 1) == ["{"]
    i += braces
    if texts(tokens, i, i + 1) != ["TRACE"]:
        return False
    end = closing(tokens, i + 1) + 2
    return texts(tokens, end, end + 1 + braces)[:1] != ["else"] and \
        (not braces or texts(tokens, end, end + 1) == ["}"] and
         texts(tokens, end + 1, end + 2) != ["else"])


def unseen_conditions(tokens):
    """Indices of tokens that decide about a line of the log and nothing else: the outermost of a
    condition, unless it is one that may spare a call."""
    found = set()
    for i, token in enumerate(tokens):
        if token.text != "if" or texts(tokens, i + 1, i + 2) != ["("]:
            continue
        end = closing(tokens, i + 1)
        inside = texts(tokens, i + 2, end)
        if not only_logs(tokens, end + 1) or ("(" in inside and {"&&", "||"} & set(inside)):
            continue
        depth = 0
        for k in range(i + 2, end):
            depth += {"(": 1, ")": -1}.get(tokens[k].text, 0)
            if depth == 0:
                found.add(k)
    return found


def either_way(tokens):
    """Indices of comparisons that choose the greater or the smaller of two values, which is the same
    one when they are equal: if (a < b) a = b; and a < b ? a : b."""
    found = set()
    for i, token in enumerate(tokens):
        if token.text not in NEARLY:
            continue
        for left in range(max(i - 12, 0), i):
            a = texts(tokens, left, i)
            for right in range(i + 2, i + 14):
                b = texts(tokens, i + 1, right)
                rest = texts(tokens, right, right + 3 + len(a) + len(b))
                if rest[:1] == ["?"]:
                    chosen = rest[1:2 + len(a) + len(b)]
                    if chosen in (a + [":"] + b, b + [":"] + a) and begins(tokens, left):
                        found.add(i)
                elif rest[:1] == [")"] and texts(tokens, left - 2, left) == ["if", "("]:
                    if rest[1:3 + len(a) + len(b)] in (a + ["="] + b + [";"], b + ["="] + a + [";"]):
                        found.add(i)
    return found


def begins(tokens, i):
    """Whether an expression can begin at token i: nothing before it belongs to it."""
    return i > 0 and tokens[i - 1].text in ("=", "return", "(", ",", "+", "?", ":", ";")


def room(tokens):
    """Indices of numbers in the size of an array that is declared: a larger one is room that nobody
    uses."""
    found = set()
    for i, token in enumerate(tokens):
        if token.text != "[" or i < 2 or tokens[i - 1].kind != "name":
            continue
        if not (tokens[i - 2].kind == "name" or tokens[i - 2].text == "*") or \
                tokens[i - 2].text in ("return", "else", "case"):
            continue
        end = i + 1
        while end < len(tokens) and (tokens[end].kind in ("name", "number") or
                                     tokens[end].text in "+*"):
            found.add(end)
            end += 1
    return found


def is_greater(old, new):
    def value(text):
        digits = text.rstrip("uUlL")
        return int(digits, 0 if digits[:2].lower() == "0x" else 10)
    return value(new) > value(old)


class Unseen:
    """The changes of a file that nobody can see, whatever the tests: see docs/TESTING.md."""

    def __init__(self, tokens):
        self.tokens = tokens
        self.logs, self.either, self.room = (unseen_conditions(tokens), either_way(tokens),
                                             room(tokens))

    def __call__(self, i, new):
        token = self.tokens[i]
        return (i in self.logs or
                (i in self.either and NEARLY[token.text] == new) or
                (i in self.room and token.kind == "number" and is_greater(token.text, new)))


def places(path, source):
    """One list of possible changes for each place of the file."""
    tokens = tokens_of(source)
    unseen = Unseen(tokens)
    statuses = sorted({t.text for t in tokens if t.kind == "name" and t.text.startswith("ST_")})
    found, i = [], 0
    while i < len(tokens):
        if tokens[i].text in LEFT_OUT:
            i = closing(tokens, i + 1) + 1
            continue
        call = call_at(source, tokens, i)
        options = [(call, "")] if call else []
        if options:
            found.append([Change(path, source, tokens[i].offset, old, new) for old, new in options])
        options = [(tokens[i].text, new) for new in replacements(tokens, i, statuses)
                   if not unseen(i, new)]
        if options:
            found.append([Change(path, source, tokens[i].offset, old, new) for old, new in options])
        i += 1
    return found
