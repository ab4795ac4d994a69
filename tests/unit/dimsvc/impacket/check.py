#!/usr/bin/python3
"""check.py ECHO_PROGRAM: compares src/dimsvc with impacket's NDR engine.

Of each of the 53 methods, the request and the response are made from many values. impacket's octets
go to echo.c, which says what src/dimsvc reads in them: the values have to be those that went in. What
src/dimsvc writes is read by impacket, to the same values and to its end. A call is a request and
then a response that are read into the same arguments, as a client does it: nothing of the request may
be left in what the response has. Objects are also written as ones of a lower revision than they were.

Exits 1 at the first difference, with the method, the way, the name and both octets; 77 when there is
no impacket.
"""
import subprocess
import sys

try:
    import impacket  # noqa: F401
except ImportError:
    print('SKIP: python3-impacket is not installed')
    sys.exit(77)

import dimsvc_ndr
import values

TIMES = 40
SEED = 8  # any will do
WITH_REVISIONS = (44, 47, 51, 52)


class Case:
    """Octets for src/dimsvc, and what is expected of it and of what it writes."""

    def __init__(self, method, way, request=None, response=None, revision=0):
        self.method = method
        self.way = way
        self.name = dimsvc_ndr.CALLS[method][0].__name__
        self.hexes = [c.getData().hex() if c else '-' for c in (request, response)]
        self.revision = revision
        self.call = response or request
        self.again = values.described(self.call)
        self.expected = dict(self.again)
        if request and response:
            self.expected.update(kept(values.described(request), response))

    def line(self):
        return '%d %s %s %d\n' % (self.method, *self.hexes, self.revision)

    def fail(self, what, octets=''):
        print('%s (%d) %s: %s' % (self.name, self.method, self.way, what))
        print('octets of impacket:   %s' % ' '.join(self.hexes))
        print('octets of src/dimsvc: %s' % octets)
        sys.exit(1)


def kept(request, response):
    """What a response leaves of a request's values: the parameters that are [in] only."""
    replaced = {values.SAME.get(name, name) for name, _ in response.structure}
    return {name: value for name, value in request.items() if name.split('.')[0] not in replaced}


def cases(filler):
    for method, (request, response) in enumerate(dimsvc_ndr.CALLS):
        for _ in range(TIMES):
            yield Case(method, 'request', filler.filled(request))
            yield Case(method, 'response', None, filler.filled(response))
            yield Case(method, 'call', filler.filled(request), filler.filled(response))
        if method in WITH_REVISIONS:
            for _ in range(TIMES):
                yield Case(method, 'request as revision 1', filler.filled(request), revision=1)


def echo(program, all_cases):
    done = subprocess.run([program], input=''.join(c.line() for c in all_cases),
                          stdout=subprocess.PIPE, check=False, universal_newlines=True)
    answers = done.stdout.splitlines()
    if len(answers) < len(all_cases):
        all_cases[len(answers)].fail('%s ended with %d' % (program, done.returncode))
    if done.returncode != 0:
        print('%s ended with %d' % (program, done.returncode))
        sys.exit(1)
    return answers


def parsed(case, answer):
    """The status, and values by name."""
    status, *fields = answer.split(' ')
    ret = {}
    for field in fields:
        name, _, value = field.partition('=')
        if name in ret:
            case.fail('%s is said twice' % name)
        ret[name] = value
    return status, ret


def same(expected, got):
    """What is not expected, or not said, is zero or NULL."""
    if expected is None:
        return got in ('0', '-')
    if got is None:
        return expected == '-' or (expected != '' and set(expected) == {'0'})
    return expected == got


def compare(case, who, expected, got, octets):
    for name in sorted(set(expected) | set(got)):
        if not same(expected.get(name), got.get(name)):
            case.fail('%s of %s: %s went in, %s came out' % (name, who, expected.get(name),
                                                             got.get(name)), octets)


def as_revision(case, got):
    """What is expected of an object that was written as one of another revision: those of its members
    that this revision has."""
    if not case.revision:
        return case.again
    ret = {name: value for name, value in case.again.items() if name in got}
    ret.update({name: str(case.revision) for name in got if name.endswith('.tag')})
    return ret


def read_by_impacket(case, octets):
    call = type(case.call)()
    try:
        size = call.fromString(bytes.fromhex(octets))
    except Exception as fault:  # impacket's are of any kind
        case.fail('impacket cannot read it: %s' % fault, octets)
    if size != len(octets) // 2:
        case.fail('impacket reads %d octets of %d' % (size, len(octets) // 2), octets)
    return values.described(call)


def check(case, answer):
    status, got = parsed(case, answer)
    octets = got.pop('octets', '')
    if status != '0':
        case.fail('src/dimsvc reads it with status %s' % status)
    if 'written' in got:
        case.fail('src/dimsvc writes it with status %s' % got['written'])
    compare(case, 'src/dimsvc', case.expected, got, octets)
    got = read_by_impacket(case, octets)
    compare(case, 'impacket', as_revision(case, got), got, octets)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    filler = values.Filler(SEED)
    all_cases = list(cases(filler))
    missing = values.wanted() - filler.seen
    if missing:
        sys.exit('these values were not among the calls: %s' % sorted(missing, key=str))
    for case, answer in zip(all_cases, echo(sys.argv[1], all_cases)):
        check(case, answer)
    print('%d requests, responses and calls of %d methods compared'
          % (len(all_cases), len(dimsvc_ndr.CALLS)))


if __name__ == '__main__':
    main()
