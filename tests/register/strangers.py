"""The program that strangers get, whole, as a module that tests can look into."""

import types

from tequio.register.formats import verifier

program = types.ModuleType("verify")
exec(compile(verifier(), "verify.py", "exec"), program.__dict__)
