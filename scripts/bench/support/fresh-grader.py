"""Runs one program on the inputs it is given, with no protection: what a solver does that starts Python for each program."""

import json, sys

request = json.loads(sys.stdin.buffer.read())
scope = {'__name__': 'program'}
exec(compile(request['code'], '<program>', 'exec'), scope)
answers = [scope['solve'](grid) for grid in request['inputs']]
print(json.dumps([answer if type(answer) is list else answer.tolist() for answer in answers]))
