"""Who may move a recommended date: operators, as the body that set it has told them."""

import rules

from apps.accounts.rules import is_operator

rules.add_perm("deadlines", is_operator)
for deed in ("view", "change"):
    rules.add_perm(f"deadlines.{deed}_deadline", is_operator)
