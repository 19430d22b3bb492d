import assert from "node:assert/strict";
import { test } from "node:test";
import { move, openTables, people, proposed, swap, tilesShown } from "../../event_server/static/js/control/room_plan.js";
import { view } from "./control_views.mjs";

const room = view("room-talk-troubled");
const seats = (number) => room.tables.find((table) => table.number === number).people.map(({ id }) => id);
const walks = ({ moves }) => moves.map(({ id, from, to }) => [id, from, to]);

test("everybody in the room is known with their table, 0 for who sits out", () => {
  const tables = Object.fromEntries(people(room).map(({ id, table }) => [id, table]));
  assert.deepEqual([tables.zoe, tables.cleo, tables.ada], [1, 2, 0]);
});

test("two people who swap take each other's seat", () => {
  const [[one], [other, kept]] = [seats(1), seats(2)];
  const change = swap(room, one, other);
  assert.deepEqual(change.tables, [
    [1, [other, seats(1)[1]]],
    [2, [one, kept]],
  ]);
  assert.deepEqual(walks(change).sort(), [[one, 1, 2], [other, 2, 1]].sort());
});

test("who sits out takes the place of somebody who then sits out", () => {
  const change = swap(room, "hugo", "ada");
  assert.deepEqual(change.tables, [[1, ["zoe", "ada"]]]);
  assert.deepEqual(walks(change).sort(), [["ada", 0, 1], ["hugo", 1, 0]]);
});

test("a move names every table that changes", () => {
  assert.deepEqual(move(room, "zoe", 3).tables, [
    [1, ["hugo"]],
    [3, [...seats(3), "zoe"]],
  ]);
  assert.deepEqual(walks(move(room, "zoe", 0)), [["zoe", 1, 0]]);
  assert.deepEqual(move(room, "ada", 9).tables, [[9, ["ada"]]]);
  assert.deepEqual(move(room, "zoe", 1), { tables: [[1, ["hugo", "zoe"]]], moves: [] });
});

test("a proposal of the server says who walks before it is applied", () => {
  const { fix } = room.attention.find(({ kind }) => kind === "missing");
  const change = proposed(room, fix.tables);
  assert.deepEqual(change.tables, fix.tables);
  assert.deepEqual(walks(change).sort(), [["ada", 0, 1], ["hugo", 1, 0]]);
});

test("free places are tables of one and empty ones", () => {
  assert.deepEqual(openTables(room, 6), [5, 6]);
  const alone = { ...room, tables: [{ number: 1, people: room.tables[0].people.slice(1) }, ...room.tables.slice(1)] };
  assert.deepEqual(openTables(alone, 4), [1]);
});

test("trouble comes first on a phone, the most urgent before the rest", () => {
  const numbers = (options) => tilesShown(room, options).map(({ number }) => number);
  assert.deepEqual(numbers(), [1, 2, 3, 4]);
  assert.deepEqual(numbers({ isTroubleOnly: true }), [1, 2]);
  const turned = { ...room, tables: room.tables.toReversed() };
  assert.deepEqual(tilesShown(turned, { isTroubleFirst: true }).map(({ number }) => number), [1, 2, 4, 3]);
});
