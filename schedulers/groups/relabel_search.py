"""Who plays which role: a tabu search over swaps, with what every swap would change known at all times.

This is a quadratic assignment problem (E. Taillard, "Robust taboo search for the quadratic assignment
problem", 1991). For each player and each other one's role, the gains with that role's partners are kept as a
matrix; a swap changes only the columns of the two and of their partners. A swap that is undone by the next
one leads nowhere, so a player does not return for a while to a role given up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from schedulers.groups.constructions import NEVER

if TYPE_CHECKING:
    from schedulers.groups.relabel_worth import Cast, Worths
    from schedulers.problem import BoolArray, IntArray

# For how many steps, in parts of the number of players, a role given up stays closed.
TENURE = (0.2, 0.6)
LEAST_TENURE = 3
# Steps without a better cast, in players, before some of the best one's roles are shuffled.
PATIENCE = 20
SHUFFLED = 0.15
# Gains so small, in parts of what a role is worth, are errors of rounding.
TOO_LITTLE = 1e-9


class RelabelSearch:
    """Players and the roles they play.

    Attributes:
        role_of: Shape ``(players,)``: the role of each player.
        worth: What all meetings are worth.
        best: Roles of the best cast so far.
        most: What that one is worth.
    """

    def __init__(
        self,
        cast: Cast,
        met_in: IntArray,
        role_of: IntArray,
        random: np.random.Generator,
        *,
        is_pinned: BoolArray | None = None,
    ) -> None:
        """Begin.

        Args:
            cast: The players.
            met_in: Shape ``(roles, roles)``: the round in which two roles meet, -1 for never.
            role_of: Shape ``(players,)``: who plays which role at first.
            random: Source of shuffles and of ties.
            is_pinned: Shape ``(players,)``: who keeps their role; nobody by default.
        """
        self._layers = cast.layers
        self._layer_of = np.append(cast.layer_of, NEVER)
        self._roles_met_in = met_in
        self._random = random
        self._is_pinned = np.zeros(len(role_of), dtype=np.bool_) if is_pinned is None else is_pinned
        self._now = self._since = 0
        self._until = np.zeros((len(role_of), len(role_of)), dtype=np.int64)
        self.begin(role_of)
        self.best, self.most = self.role_of.copy(), self.worth

    def begin(self, role_of: IntArray) -> None:
        """Let players take the roles ``role_of``."""
        self.role_of = role_of.copy()
        self._met_in = self._roles_met_in[np.ix_(role_of, role_of)]
        layer = self._layer_of[self._met_in]
        players = len(role_of)
        self._earned = np.zeros((players, players))
        self._gains = np.zeros((players, players))
        for kind, worths in enumerate(self._layers):
            meets = layer == kind
            self._earned[meets] = worths[meets]
            self._gains += worths @ meets
        self.worth = float(self._earned.sum()) / 2.0

    def changes(self) -> Worths:
        """Return what each swap of two roles would add to ``worth``: shape ``(players, players)``.

        It is 0 for whoever keeps their role.
        """
        now = np.diagonal(self._gains)
        moved = self._gains - now[:, None]
        change: Worths = moved + moved.T + 2.0 * self._earned
        change[self._is_pinned] = change[:, self._is_pinned] = 0.0
        return change

    def step(self) -> None:
        """Make the best swap that is open, or better than all so far; shuffle where that leads no further."""
        change = self.changes()
        closed = self._until[:, self.role_of] > self._now
        closed &= closed.T
        np.fill_diagonal(closed, val=True)
        change[closed & (change <= self.most - self.worth)] = -np.inf
        np.fill_diagonal(change, -np.inf)
        change[self._is_pinned] = change[:, self._is_pinned] = -np.inf
        one, other = divmod(int(np.argmax(change)), len(change))
        self.swap(one, other)
        if not self._keep() and self._now - self._since > PATIENCE * len(change):
            self._shuffle()

    def _keep(self) -> bool:
        """Keep the cast if it is the best one so far; tell whether it is."""
        is_best = self.worth > self.most
        if is_best:
            self.best, self.most, self._since = self.role_of.copy(), self.worth, self._now
        return is_best

    def deal(self) -> bool:
        """Deal the roles of some players, of whom no two meet, to them anew as well as can be.

        What each is worth in each of these roles does not depend on who plays the others: one linear
        assignment decides. Tell whether it was worth anything.
        """
        some = self._strangers()
        worth = self._gains[np.ix_(some, some)]
        _, taken = linear_sum_assignment(worth, maximize=True)
        gain = float(worth[np.arange(len(some)), taken].sum() - np.trace(worth))
        if gain <= TOO_LITTLE * float(np.abs(worth).max(initial=0.0)):
            return False
        taken = some[taken]
        self._now += 1
        self.worth += gain
        for kind, worths in enumerate(self._layers):
            meets = self._layer_of[self._met_in[taken]] == kind
            self._gains += (worths[:, some] - worths[:, taken]) @ meets
        self._gains[:, some] = self._gains[:, taken]
        self._met_in[some] = self._met_in[taken]
        self._met_in[:, some] = self._met_in[:, taken]
        self.role_of[some] = self.role_of[taken]
        layer = self._layer_of[self._met_in[some]]
        earned = np.zeros(layer.shape)
        for kind, worths in enumerate(self._layers):
            earned[layer == kind] = worths[some][layer == kind]
        self._earned[some], self._earned[:, some] = earned, earned.T
        self._keep()
        return True

    def _strangers(self) -> IntArray:
        """Return players by chance of whom no two meet, as many as can be added one by one."""
        chosen, is_free = [], ~self._is_pinned
        for player in self._random.permutation(len(self.role_of)).tolist():
            if is_free[player]:
                chosen.append(player)
                is_free &= self._met_in[player] < 0
        return np.array(chosen, dtype=np.int64)

    def swap(self, one: int, other: int) -> None:
        """Let two players swap their roles."""
        players = len(self.role_of)
        tenure = self._random.uniform(*TENURE, 2) * players + LEAST_TENURE
        self._now += 1
        self._until[[one, other], self.role_of[[one, other]]] = self._now + tenure
        self.worth += self._change(one, other)
        for gone, come in ((one, other), (other, one)):
            self._replace(gone, come)
        pair, swapped = [one, other], [other, one]
        self.role_of[pair] = self.role_of[swapped]
        self._gains[:, pair] = self._gains[:, swapped]
        self._met_in[pair] = self._met_in[swapped]
        self._met_in[:, pair] = self._met_in[:, swapped]
        for player in pair:
            partners = np.flatnonzero(self._met_in[player] >= 0)
            layer = self._layer_of[self._met_in[player, partners]]
            self._earned[player] = self._earned[:, player] = 0.0
            self._earned[player, partners] = self._layers[layer, player, partners]
            self._earned[partners, player] = self._earned[player, partners]

    def _change(self, one: int, other: int) -> float:
        gains, earned = self._gains, self._earned[one, other]
        return float(
            gains[one, other] + gains[other, one] - gains[one, one] - gains[other, other] + 2.0 * earned
        )

    def _replace(self, gone: int, come: int) -> None:
        """Let those who meet the role of ``gone`` meet ``come`` there, and ``come`` meet ``gone``."""
        partners = np.flatnonzero(self._met_in[gone] >= 0)
        layer = self._layer_of[self._met_in[gone, partners]]
        self._gains[:, partners] += (self._layers[layer, come] - self._layers[layer, gone]).T

    def _shuffle(self) -> None:
        """Take up the best cast again with some of its roles dealt anew."""
        role_of = self.best.copy()
        free = np.flatnonzero(~self._is_pinned)
        count = max(2, int(SHUFFLED * len(free)))
        some = self._random.choice(free, min(count, len(free)), replace=False)
        role_of[some] = role_of[self._random.permutation(some)]
        self.begin(role_of)
        self._since = self._now
